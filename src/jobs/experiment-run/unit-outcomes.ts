/** Success of the units of an experiment: what each listener did in its window, judged by the definition. */

import type { EpochMs } from '#domain';
import { type Definition, isFor, type UnitOutcome } from '#success';
import type { IntentModel } from '#units';
import type { WarehouseRows } from '#warehouse';
import { neededBy, unitBatches } from '../success/assemble-units.ts';
import { runInTurns } from '../success/run-definition.ts';
import { type Stay, type StayOutcomes, StaySums } from './stay-sums.ts';

/** What judges: the definitions there are, and what was learned of intents. */
export interface Judges {
  readonly definitions: readonly Definition[];
  /** Null: the rules alone. */
  readonly intents: IntentModel | null;
}

/**
 * Mature outcomes of what the definition is for, one pair a stay: those that begin in it, and those that began before and
 * whose horizon was over when it began, so that no exposure can have moved them. O(events of these listeners).
 */
export const outcomesOfStays = async (
  warehouse: WarehouseRows,
  { definition, of }: { readonly definition: Definition; readonly of: 'rate' | 'value' },
  stays: readonly Stay[],
  { now, intents }: { readonly now: EpochMs; readonly intents: IntentModel | null },
): Promise<readonly StayOutcomes[]> => {
  const sums = new StaySums(stays);
  if (stays.length === 0) return sums.outcomes;
  const { horizonMs } = definition;
  const asked = {
    ...neededBy([definition]),
    from: sums.from,
    to: sums.to,
    listeners: sums.byUser.size,
    userIds: [...sums.byUser.keys()],
    now,
    intents,
  };
  for await (const batch of unitBatches(warehouse, asked)) {
    const units = batch.filter((unit) => isFor(definition, unit));
    for (const outcome of await runInTurns(definition, units)) {
      const counted = countOf(outcome, of);
      if (counted !== null) sums.add(outcome.user_id, outcome.start, horizonMs, counted, 1);
    }
  }
  return sums.outcomes;
};

/** What an outcome adds; null when it says nothing of the metric. */
const countOf = ({ mature, label, value }: UnitOutcome, of: 'rate' | 'value'): number | null => {
  if (!mature) return null;
  if (of === 'value') return value;
  return label === 'unknown' ? null : Number(label === 'achieved');
};
