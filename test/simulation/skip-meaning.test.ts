/**
 * Skips of four kinds, made up with known truth. What is seen at the moment of a skip is nearly the same for all kinds;
 * what follows tells them apart. Kinds must be told from the downstream, and cannot be told without it.
 *
 * Macro-F1 over 20,000 skips has a standard error below 0.004; the bounds (0.8 and 0.6) lie more than ten of them from
 * what is measured (0.86 and 0.38), so another seed would not change the outcome.
 */

import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '#math';
import {
  fitSkips,
  likeliestKind,
  SKIP_KINDS,
  type SkipEvidence,
  type SkipField,
  type SkipKind,
  skipPosterior,
  UPSTREAM_FIELDS,
} from '#units';

type Odds = Readonly<Record<string, number>>;

/** The world's own law, not the one that EM begins with. */
const WORLD: Readonly<Record<SkipKind, Readonly<Record<SkipField, Odds>>>> = {
  sampling: {
    played: { under_5s: 40, under_30s: 35, under_half: 20, later: 5 },
    session_age: { under_2min: 40, under_20min: 40, longer: 20 },
    streak: { none: 35, one_or_two: 35, more: 30 },
    recent_listens: { none: 65, one_to_three: 28, more: 7 },
    stance: { choosing: 60, played_to: 40 },
    next: { same_source: 92, other_source: 6, end: 2 },
    stayed: { yes: 95, no: 5 },
    kept: { yes: 80, no: 20 },
    heard_again: { yes: 8, no: 92 },
  },
  rejection: {
    played: { under_5s: 32, under_30s: 42, under_half: 20, later: 6 },
    session_age: { under_2min: 32, under_20min: 43, longer: 25 },
    streak: { none: 42, one_or_two: 35, more: 23 },
    recent_listens: { none: 70, one_to_three: 25, more: 5 },
    stance: { choosing: 40, played_to: 60 },
    next: { same_source: 75, other_source: 7, end: 18 },
    stayed: { yes: 12, no: 88 },
    kept: { yes: 2, no: 98 },
    heard_again: { yes: 2, no: 98 },
  },
  satiation: {
    played: { under_5s: 25, under_30s: 35, under_half: 28, later: 12 },
    session_age: { under_2min: 28, under_20min: 42, longer: 30 },
    streak: { none: 52, one_or_two: 33, more: 15 },
    recent_listens: { none: 30, one_to_three: 35, more: 35 },
    stance: { choosing: 45, played_to: 55 },
    next: { same_source: 90, other_source: 7, end: 3 },
    stayed: { yes: 92, no: 8 },
    kept: { yes: 6, no: 94 },
    heard_again: { yes: 88, no: 12 },
  },
  context_switch: {
    played: { under_5s: 22, under_30s: 30, under_half: 30, later: 18 },
    session_age: { under_2min: 26, under_20min: 40, longer: 34 },
    streak: { none: 55, one_or_two: 32, more: 13 },
    recent_listens: { none: 58, one_to_three: 32, more: 10 },
    stance: { choosing: 48, played_to: 52 },
    next: { same_source: 3, other_source: 92, end: 5 },
    stayed: { yes: 70, no: 30 },
    kept: { yes: 8, no: 92 },
    heard_again: { yes: 25, no: 75 },
  },
};
const SHARES: Odds = { sampling: 30, rejection: 35, satiation: 18, context_switch: 17 };

const draw = (odds: Odds, rng: Rng): string => {
  const names = Object.keys(odds);
  const sum = names.reduce((all, name) => all + (odds[name] ?? 0), 0);
  let left = rng.next() * sum;
  for (const name of names) {
    left -= odds[name] ?? 0;
    if (left < 0) return name;
  }
  return names.at(-1) ?? '';
};

const SKIPS = 20_000;
const rng = createRng('skip meaning');
const kinds = Array.from({ length: SKIPS }, () => draw(SHARES, rng) as SkipKind);
const skips = kinds.map(
  (kind) =>
    Object.fromEntries(
      Object.entries(WORLD[kind]).map(([field, odds]) => [field, draw(odds, rng)]),
    ) as unknown as SkipEvidence,
);

/** Mean of the F1 of each kind. */
const macroF1 = (told: readonly SkipKind[]): number => {
  const of = (kind: SkipKind): number => {
    const hits = told.filter((name, n) => name === kind && kinds[n] === kind).length;
    const named = told.filter((name) => name === kind).length;
    const real = kinds.filter((name) => name === kind).length;
    return (2 * hits) / (named + real);
  };
  return SKIP_KINDS.reduce((sum, kind) => sum + of(kind), 0) / SKIP_KINDS.length;
};

const learned = (fields?: readonly SkipField[]): number => {
  const { mixture } = fitSkips(skips, fields === undefined ? {} : { fields });
  return macroF1(skips.map((skip) => likeliestKind(skipPosterior(skip, mixture, fields))));
};

describe('the meaning of skips', () => {
  it('is told with macro-F1 of at least 0.8 when what followed is known', () => {
    expect(learned()).toBeGreaterThanOrEqual(0.8);
  });

  it('is told with macro-F1 below 0.6 by the moment of the skip alone', () => {
    expect(learned(UPSTREAM_FIELDS)).toBeLessThan(0.6);
  });
});
