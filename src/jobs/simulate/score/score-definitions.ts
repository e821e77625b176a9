/** Standard definitions of success against the truth: does what they call success feel better? */

import type { Estimate } from '#domain';
import { auc } from '#evaluation';
import type { Rng } from '#math';
import { bootstrapEstimate } from '#stats';
import { type Definition, isAbout, nameOf, standardDefinitions, type Unit, type UnitOutcome } from '#success';
import { unitsIn } from '../../success/assemble-units.ts';
import { runByStream } from '../../success/run-definition.ts';
import type { ScoredRun } from './read-scored-run.ts';
import { playKey } from './read-truth.ts';

export interface ScoredDefinition {
  readonly name: string;
  readonly unit: string;
  /** Units of its kind, truly of the intents that it is for, in which something of known worth was played. */
  readonly units: number;
  readonly achieved: number;
  readonly failed: number;
  /** Neither: the definition could not tell, or not yet. */
  readonly untold: number;
  /** Chance that an achieved unit is truly worth more than a failed one, ties half; over listeners. */
  readonly auc: Estimate;
  /** Share of achieved units that were truly good: worth at least `GOOD`. */
  readonly precision: Estimate;
  /** Share of truly good units among all that were told: the precision of a coin. */
  readonly base: Estimate;
  /** Share achieved of what was told, by listener. */
  readonly rates: ReadonlyMap<string, number>;
}

/** Mean true utility from which on a unit was good. */
export const GOOD = 0.5;

const RESAMPLES = 300;

/** All standard definitions; those whose units or whose truth the world has not say so. */
export const scoreDefinitions = (run: ScoredRun, rng: Rng): readonly ScoredDefinition[] =>
  standardDefinitions().map((definition) => scoreDefinition(definition, run, rng.derive(definition.name)));

interface Judged {
  readonly worth: number;
  readonly label: UnitOutcome['label'];
}

const scoreDefinition = (definition: Definition, run: ScoredRun, rng: Rng): ScoredDefinition => {
  const { unit: kind, horizonMs, cells } = definition;
  const everything = {
    kind,
    itemTypes: cells.item_type,
    from: Number.NEGATIVE_INFINITY,
    to: Number.POSITIVE_INFINITY,
    horizonMs,
  };
  let found = 0;
  const byListener = run.timelines.map((timeline) => {
    const units = unitsIn(timeline, everything).filter((unit) => isMeant(definition, unit, run));
    found += units.length;
    return { userId: timeline.userId, judged: judgedOf(units, runByStream(definition, units), run) };
  });
  const all = byListener.flatMap(({ judged }) => judged);
  const count = (label: Judged['label']): number => all.filter((each) => each.label === label).length;
  const known = byListener.flatMap(({ userId, judged }) => {
    const told = judged.filter(({ label }) => label === 'achieved' || label === 'failed');
    return told.length === 0 ? [] : [{ userId, told }];
  });
  const estimate = (name: string, missing: string | null, of: (units: readonly Judged[]) => number): Estimate => {
    if (missing !== null) return { ok: false, reason: missing };
    const drawnUnits = (drawn: Uint32Array) => of(Array.from(drawn, (n) => known[n]!.told).flat());
    const options = { resamples: RESAMPLES, interval: 'percentile' } as const;
    return bootstrapEstimate(known.length, drawnUnits, rng.derive(name), options);
  };
  const nothing = found === 0 ? 'no_such_units_in_this_world' : all.length === 0 ? 'no_truth_of_such_units' : null;
  const onlyOne = count('achieved') === 0 ? 'nothing_achieved' : count('failed') === 0 ? 'nothing_failed' : null;
  return {
    name: nameOf(definition),
    unit: kind,
    units: all.length,
    achieved: count('achieved'),
    failed: count('failed'),
    untold: all.length - count('achieved') - count('failed'),
    auc: estimate('auc', nothing ?? onlyOne, separation),
    precision: estimate('precision', nothing ?? (count('achieved') === 0 ? 'nothing_achieved' : null), (units) =>
      shareGood(units.filter(({ label }) => label === 'achieved')),
    ),
    base: estimate('base', nothing, shareGood),
    rates: new Map(
      known.map(({ userId, told }) => [userId, told.filter(({ label }) => label === 'achieved').length / told.length]),
    ),
  };
};

const shareGood = (units: readonly Judged[]): number =>
  units.filter(({ worth }) => worth >= GOOD).length / units.length;

/** By the true intent, not by the guessed one: a definition is not to be blamed for a wrong guess. */
const isMeant = (definition: Definition, unit: Unit, { truth }: ScoredRun): boolean => {
  if (!isAbout(definition, unit)) return false;
  const { intent: meant } = definition.cells;
  if (meant === undefined) return true;
  return unit.plays.some(({ event_id }) => {
    const intent = truth.plays.get(playKey(unit.user_id, event_id))?.intent;
    return intent !== undefined && meant.includes(intent);
  });
};

const judgedOf = (units: readonly Unit[], outcomes: readonly UnitOutcome[], run: ScoredRun): readonly Judged[] =>
  units.flatMap((unit, n) => {
    const worth = worthOf(unit, run);
    return worth === null ? [] : [{ worth, label: outcomes[n]!.label }];
  });

/** Mean true utility of what was played in it; null when nothing of known worth was. */
const worthOf = (unit: Unit, { truth }: ScoredRun): number | null => {
  const worths = unit.plays.flatMap(({ event_id }) => truth.plays.get(playKey(unit.user_id, event_id))?.utility ?? []);
  return worths.length === 0 ? null : worths.reduce((sum, worth) => sum + worth, 0) / worths.length;
};

const separation = (units: readonly Judged[]): number => {
  const worths = Float64Array.from(units, ({ worth }) => worth);
  return (
    auc(
      worths,
      units.map(({ label }) => label === 'achieved'),
    ) ?? Number.NaN
  );
};
