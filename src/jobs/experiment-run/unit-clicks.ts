/** Click-through of the units of an experiment: plays from the slates they got in their window. */

import { type EpochMs, toTimestamp } from '#domain';
import { queries, type WarehouseRows } from '#warehouse';
import { type Stay, type StayOutcomes, StaySums } from './stay-sums.ts';

export interface ClicksAsked {
  readonly form: 'naive' | 'examined';
  /** Whose listeners; everybody's slates when empty. */
  readonly experiment: string;
  readonly until: EpochMs;
}

/** Clicks over cards, delivered or looked at, one pair a stay and one of the days before it. O(slates). */
export const clicksOfStays = async (
  warehouse: WarehouseRows,
  stays: readonly Stay[],
  { form, experiment, until }: ClicksAsked,
): Promise<readonly StayOutcomes[]> => {
  const sums = new StaySums(stays);
  if (stays.length === 0) return sums.outcomes;
  const rows = await warehouse.query(queries.slateClicks, {
    experiment,
    from: toTimestamp(sums.from),
    until: toTimestamp(until),
  });
  for (const { user_id, at_ms, ...of } of rows) {
    const [clicks, cards] = form === 'naive' ? [of.clicks, of.delivered] : [of.examined_clicks, of.examined];
    sums.add(user_id, at_ms, 0, clicks, cards);
  }
  return sums.outcomes;
};
