/** Success of the units of an experiment: what each listener did in its window, judged by the definition. */

import type { EpochMs } from '#domain';
import { type Definition, isFor, type UnitOutcome } from '#success';
import type { IntentModel } from '#units';
import type { Warehouse } from '#warehouse';
import { neededBy, unitBatches } from '../success/assemble-units.ts';
import { runByStream } from '../success/run-definition.ts';
import type { Pair } from './unit-windows.ts';

/** What judges: the definitions there are, and what was learned of intents. */
export interface Judges {
  readonly definitions: readonly Definition[];
  /** Null: the rules alone. */
  readonly intents: IntentModel | null;
}

/** A unit of an experiment: from its exposure until it ends, for one of its users. */
export interface Stay {
  readonly userId: string;
  /** Of the days before it. */
  readonly before: EpochMs;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

export interface StayOutcomes {
  /** Achieved of achieved and failed, or values of those that have one. */
  readonly after: Pair;
  readonly before: Pair;
}

interface Sums {
  numerator: number;
  denominator: number;
}

/**
 * Mature outcomes of what the definition is for, one pair a stay: those that begin in it, and those that began before and
 * whose horizon was over when it began, so that no exposure can have moved them. O(events of these listeners).
 */
export const outcomesOfStays = async (
  warehouse: Warehouse,
  { definition, of }: { readonly definition: Definition; readonly of: 'rate' | 'value' },
  stays: readonly Stay[],
  { now, intents }: { readonly now: EpochMs; readonly intents: IntentModel | null },
): Promise<readonly StayOutcomes[]> => {
  const outcomes = stays.map((): { after: Sums; before: Sums } => ({
    after: { numerator: 0, denominator: 0 },
    before: { numerator: 0, denominator: 0 },
  }));
  if (stays.length === 0) return outcomes;
  const byUser = placesByUser(stays);
  const { horizonMs } = definition;
  const asked = {
    ...neededBy([definition]),
    from: stays.reduce((least, { before }) => Math.min(least, before), Number.POSITIVE_INFINITY),
    to: stays.reduce((most, { to }) => Math.max(most, to), 0),
    listeners: byUser.size,
    userIds: [...byUser.keys()],
    now,
    intents,
  };
  for await (const batch of unitBatches(warehouse, asked)) {
    const units = batch.filter((unit) => isFor(definition, unit));
    for (const outcome of runByStream(definition, units)) {
      const counted = countOf(outcome, of);
      if (counted === null) continue;
      for (const place of byUser.get(outcome.user_id)!) {
        const side = sideOf(stays[place]!, outcome.start, horizonMs);
        if (side !== null) add(outcomes[place]![side], counted);
      }
    }
  }
  return outcomes;
};

const placesByUser = (stays: readonly Stay[]): ReadonlyMap<string, readonly number[]> => {
  const byUser = new Map<string, number[]>();
  for (const [place, { userId }] of stays.entries()) {
    const held = byUser.get(userId);
    if (held === undefined) byUser.set(userId, [place]);
    else held.push(place);
  }
  return byUser;
};

const sideOf = ({ before, from, to }: Stay, start: EpochMs, horizonMs: number): 'after' | 'before' | null => {
  if (start >= from && start < to) return 'after';
  return start >= before && start + horizonMs <= from ? 'before' : null;
};

/** What an outcome adds; null when it says nothing of the metric. */
const countOf = ({ mature, label, value }: UnitOutcome, of: 'rate' | 'value'): number | null => {
  if (!mature) return null;
  if (of === 'value') return value;
  return label === 'unknown' ? null : Number(label === 'achieved');
};

const add = (sums: Sums, counted: number): void => {
  sums.numerator += counted;
  sums.denominator++;
};
