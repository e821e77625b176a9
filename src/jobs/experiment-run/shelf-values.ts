/** What each kind of shelf is worth by a definition of success: the reward that orders the home. */

import { DAY_MS, type EpochMs } from '#domain';
import type { ShelfValues } from '#serving';
import { type Definition, isFor } from '#success';
import type { IntentModel } from '#units';
import type { WarehouseRows } from '#warehouse';
import { neededBy, unitBatches } from '../success/assemble-units.ts';
import { runInTurns } from '../success/run-definition.ts';

const BACK_DAYS = 28;
/** Listeners with the latest events: enough to tell shelves apart, few enough for seconds. */
const LISTENERS = 500;
/** Fewer judged cards tell nothing. */
const LEAST_CARDS = 100;
/** A shelf is credited with so many cards of the mean value, so that a few lucky ones do not lift it. */
const PRIOR_CARDS = 50;

/**
 * Mean value of the judged cards of each kind of shelf over the last 28 days, drawn towards the mean of all. The
 * definition judges impressions. Null when too few cards were judged.
 */
export const learnShelfValues = async (
  warehouse: WarehouseRows,
  definition: Definition,
  { now, intents }: { readonly now: EpochMs; readonly intents: IntentModel | null },
): Promise<ShelfValues | null> => {
  const sums = new Map<string, { cards: number; value: number }>();
  const all = { cards: 0, value: 0 };
  const asked = {
    ...neededBy([definition]),
    from: now - BACK_DAYS * DAY_MS,
    to: now,
    listeners: LISTENERS,
    userIds: undefined,
    now,
    intents,
  };
  for await (const batch of unitBatches(warehouse, asked)) {
    const units = batch.filter((unit) => isFor(definition, unit));
    for (const [place, { value, mature }] of (await runInTurns(definition, units)).entries()) {
      const shelf = units[place]!.unit.shelf?.split(':', 1)[0];
      if (!mature || value === null || shelf === undefined) continue;
      const held = sums.get(shelf) ?? { cards: 0, value: 0 };
      sums.set(shelf, { cards: held.cards + 1, value: held.value + value });
      all.cards++;
      all.value += value;
    }
  }
  if (all.cards < LEAST_CARDS) return null;
  const mean = all.value / all.cards;
  return {
    mean,
    of: new Map(
      [...sums].map(([shelf, { cards, value }]) => [shelf, (value + PRIOR_CARDS * mean) / (cards + PRIOR_CARDS)]),
    ),
  };
};
