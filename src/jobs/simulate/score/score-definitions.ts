/** Standard definitions of success against the truth: does what they call success feel better? */

import type { Estimate } from '#domain';
import { auc } from '#evaluation';
import type { Rng } from '#math';
import { bootstrapEstimate } from '#stats';
import { type Definition, isAbout, nameOf, standardDefinitions, type Unit, type UnitOutcome } from '#success';
import { unitsIn } from '../../success/assemble-units.ts';
import { runByStream } from '../../success/run-definition.ts';
import { playKey, type ScoredRun } from './read-scored-run.ts';

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
}

/** Kinds of units in which plays, whose worth is known, take place. */
const KINDS = ['session', 'play'] as const;
const RESAMPLES = 300;

export const scoreDefinitions = (run: ScoredRun, rng: Rng): readonly ScoredDefinition[] =>
  standardDefinitions()
    .filter(({ unit }) => KINDS.some((kind) => kind === unit))
    .map((definition) => scoreDefinition(definition, run, rng.derive(definition.name)));

interface Judged {
  readonly worth: number;
  readonly label: UnitOutcome['label'];
}

const scoreDefinition = (definition: Definition, run: ScoredRun, rng: Rng): ScoredDefinition => {
  const { unit: kind, horizonMs } = definition;
  const everything = { kind, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, horizonMs };
  const byListener = run.timelines.map((timeline) => {
    const units = unitsIn(timeline, everything).filter((unit) => isMeant(definition, unit, run));
    return judgedOf(units, runByStream(definition, units), run);
  });
  const all = byListener.flat();
  const count = (label: Judged['label']): number => all.filter((each) => each.label === label).length;
  const told = byListener.map((own) => own.filter(({ label }) => label === 'achieved' || label === 'failed'));
  const known = told.filter((own) => own.length > 0);
  return {
    name: nameOf(definition),
    unit: kind,
    units: all.length,
    achieved: count('achieved'),
    failed: count('failed'),
    untold: all.length - count('achieved') - count('failed'),
    auc: bootstrapEstimate(known.length, (drawn) => separation(drawn, known), rng, {
      resamples: RESAMPLES,
      interval: 'percentile',
    }),
  };
};

/** By the true intent, not by the guessed one: a definition is not to be blamed for a wrong guess. */
const isMeant = (definition: Definition, unit: Unit, { playIntent }: ScoredRun): boolean => {
  if (!isAbout(definition, unit)) return false;
  const { intent: meant } = definition.cells;
  if (meant === undefined) return true;
  return unit.plays.some(({ event_id }) => {
    const intent = playIntent.get(playKey(unit.user_id, event_id));
    return intent !== undefined && meant.includes(intent);
  });
};

const judgedOf = (units: readonly Unit[], outcomes: readonly UnitOutcome[], run: ScoredRun): readonly Judged[] =>
  units.flatMap((unit, n) => {
    const worth = worthOf(unit, run);
    return worth === null ? [] : [{ worth, label: outcomes[n]!.label }];
  });

/** Mean true utility of what was played in it; null when nothing of known worth was. */
const worthOf = (unit: Unit, { playUtility }: ScoredRun): number | null => {
  const worths = unit.plays.flatMap(({ event_id }) => playUtility.get(playKey(unit.user_id, event_id)) ?? []);
  return worths.length === 0 ? null : worths.reduce((sum, worth) => sum + worth, 0) / worths.length;
};

const separation = (drawn: Uint32Array, byListener: readonly (readonly Judged[])[]): number => {
  const units = Array.from(drawn, (n) => byListener[n]!).flat();
  const worths = Float64Array.from(units, ({ worth }) => worth);
  return (
    auc(
      worths,
      units.map(({ label }) => label === 'achieved'),
    ) ?? Number.NaN
  );
};
