/** What skips are taken to mean against what they meant. */

import type { Estimate } from '#domain';
import { argMax, type Rng } from '#math';
import { bootstrapEstimate } from '#stats';
import { SKIP_KINDS, type SkipKind } from '#units';
import type { ScoredRun } from './read-scored-run.ts';
import { playKey } from './read-truth.ts';

export interface ScoredSkips {
  /** Skips of music whose true kind is known. */
  readonly n: number;
  /** By kind; precision and recall are null where nothing was taken for it, or nothing was of it. */
  readonly kinds: readonly {
    readonly kind: SkipKind;
    readonly skips: number;
    readonly taken: number;
    readonly precision: number | null;
    readonly recall: number | null;
  }[];
  /** Mean over the kinds that occur of the harmonic mean of precision and recall. */
  readonly macroF1: Estimate;
  /** The same for who takes every skip for the commonest kind: what a guess is worth. */
  readonly commonest: Estimate;
}

const RESAMPLES = 500;
const SIZE = SKIP_KINDS.length;

/** True kind × taken kind, counted; row by row. */
type Confusion = Float64Array;

export const scoreSkips = (run: ScoredRun, rng: Rng): ScoredSkips => {
  const byListener = run.timelines.map(({ userId, skipKind }): Confusion => {
    const counts = new Float64Array(SIZE * SIZE);
    for (const [eventId, taken] of skipKind) {
      const truth = run.truth.plays.get(playKey(userId, eventId))?.skip;
      const from = SKIP_KINDS.indexOf(truth as SkipKind);
      if (from >= 0) counts[from * SIZE + SKIP_KINDS.indexOf(taken as SkipKind)]!++;
    }
    return counts;
  });
  const known = byListener.filter((counts) => counts.some((count) => count > 0));
  const all = sumOf(known);
  const estimate = (name: string, of: (counts: Confusion) => number): Estimate =>
    bootstrapEstimate(known.length, (drawn) => of(sumOf(Array.from(drawn, (n) => known[n]!))), rng.derive(name), {
      resamples: RESAMPLES,
      interval: 'percentile',
    });
  return {
    n: all.reduce((sum, count) => sum + count, 0),
    kinds: SKIP_KINDS.map((kind, n) => {
      const { hits, skips, taken } = kindOf(all, n);
      return {
        kind,
        skips,
        taken,
        precision: taken === 0 ? null : hits / taken,
        recall: skips === 0 ? null : hits / skips,
      };
    }),
    macroF1: estimate('macro-f1', macroF1),
    commonest: estimate('commonest', (counts) => macroF1(allCommonest(counts))),
  };
};

const sumOf = (each: readonly Confusion[]): Confusion => {
  const sum = new Float64Array(SIZE * SIZE);
  for (const counts of each) for (let n = 0; n < sum.length; n++) sum[n]! += counts[n]!;
  return sum;
};

const kindOf = (counts: Confusion, kind: number) => {
  let skips = 0;
  let taken = 0;
  for (let other = 0; other < SIZE; other++) {
    skips += counts[kind * SIZE + other]!;
    taken += counts[other * SIZE + kind]!;
  }
  return { hits: counts[kind * SIZE + kind]!, skips, taken };
};

const macroF1 = (counts: Confusion): number => {
  const scores = SKIP_KINDS.flatMap((_, kind) => {
    const { hits, skips, taken } = kindOf(counts, kind);
    return skips === 0 ? [] : [(2 * hits) / (skips + taken)];
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
};

const allCommonest = (counts: Confusion): Confusion => {
  const skips = SKIP_KINDS.map((_, kind) => kindOf(counts, kind).skips);
  const most = argMax(skips);
  const moved = new Float64Array(SIZE * SIZE);
  for (const [kind, count] of skips.entries()) moved[kind * SIZE + most] = count;
  return moved;
};
