/** What the cards of logged slates led to, and what of it would have happened without them. */

import { DAY_MS, type EpochMs, type EventOf, fromRow, fromTimestamp, toTimestamp } from '#domain';
import { chanceCards } from '#policy';
import { createTurns } from '#threads';
import { actsToward, downstreamActs, type Kin } from '#units';
import { queries, type WarehouseRows } from '#warehouse';
import { exactLaws } from '../off-policy/replayed-shelves.ts';
import { type PolicyLogRow, policyLogRows } from '../off-policy/slate-rewards.ts';
import type { ListenersDone } from '../success/assemble-units.ts';
import { readCatalogueItems } from '../success/catalogue-items.ts';
import { listenerLogs } from '../success/listener-logs.ts';
import { type DownstreamFigures, DownstreamTally, type TalliedSlate } from './downstream-tally.ts';

export interface DownstreamOptions {
  readonly surface: string;
  /** Slates made in [from, to). */
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** Newest slates that are looked at. */
  readonly limit: number;
  readonly level: number;
  /** Up to when events are known. */
  readonly now: EpochMs;
  readonly onProgress?: ListenersDone | undefined;
}

export interface DownstreamReport extends DownstreamFigures {
  /** At least a week old: younger ones may still lead to something. */
  readonly slates: number;
  /** Those whose logged propensities come out of their candidates again: only these count. */
  readonly replayed: number;
  readonly leftOut: readonly { readonly reason: 'unreadable' | 'inexact'; readonly slates: number }[];
  readonly sql: string;
}

/** How long after a slate an act may still come of it, and before one a touch may lie. */
const WEEK_MS = 7 * DAY_MS;

/** O(slates · candidates), and the reading of the logs of their listeners. @throws {EngineError} warehouse_unavailable */
export const downstreamReport = async (
  warehouse: WarehouseRows,
  { surface, from, to, limit, level, now, onProgress }: DownstreamOptions,
): Promise<DownstreamReport> => {
  const until = Math.min(to, now - WEEK_MS);
  const asked = { surface, since: toTimestamp(from), until: toTimestamp(Math.max(from, until)), limit };
  const rows = await policyLogRows(warehouse, asked);
  const leftOut = { unreadable: 0, inexact: 0 };
  const byUser = new Map<string, TalliedSlate[]>();
  const turn = createTurns();
  for (const row of rows) {
    await turn();
    const slate = talliedOf(row);
    if (typeof slate === 'string') leftOut[slate]++;
    else byUser.set(row.user_id, [...(byUser.get(row.user_id) ?? []), slate]);
  }
  const tally = new DownstreamTally();
  const itemOf = await readCatalogueItems(warehouse);
  const kinOf = (itemId: string): Kin => {
    const item = itemOf(itemId);
    return { artistId: item?.artist_id ?? undefined, albumId: item?.album_id ?? undefined };
  };
  const ids = [...byUser.keys()];
  const times = rows.map(({ at }) => fromTimestamp(at));
  const first = times.reduce((least, at) => Math.min(least, at), now);
  const last = times.reduce((most, at) => Math.max(most, at), first);
  let done = 0;
  // Whoever has a slate has a log, for it lies in the weeks around them; but for who was erased since.
  for await (const [userId, events] of listenerLogs(warehouse, ids, first - WEEK_MS, last + WEEK_MS + 1)) {
    const impressions = events.filter((event) => event.kind === 'impression');
    await turn();
    tally.add(userId, byUser.get(userId)!, actsToward(events, kinOf), downstreamActs(events, kinOf), impressions);
    onProgress?.({ done: ++done, total: ids.length, unit: 'listeners' });
  }
  if (done < ids.length) onProgress?.({ done: ids.length, total: ids.length, unit: 'listeners' });
  return {
    slates: rows.length,
    replayed: rows.length - leftOut.unreadable - leftOut.inexact,
    leftOut: (['unreadable', 'inexact'] as const).flatMap((reason) =>
      leftOut[reason] > 0 ? [{ reason, slates: leftOut[reason] }] : [],
    ),
    ...tally.figures({ level }),
    sql: queries.policyLog.sql,
  };
};

const talliedOf = (row: PolicyLogRow): TalliedSlate | 'unreadable' | 'inexact' => {
  const slate = fromRow('slate', { ...row }) as EventOf<'slate'>;
  const exact = exactLaws(slate);
  if (typeof exact === 'string') return exact;
  const chance = chanceCards(exact.input, slate.cards);
  if (chance === undefined) return 'inexact';
  return { slateId: row.slate_id, at: slate.at, cards: slate.cards, chance };
};
