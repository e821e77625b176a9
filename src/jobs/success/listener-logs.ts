/** Logs of listeners out of the warehouse, event by event in order of time. */

import { type EpochMs, fromRow, type ListenerEvent, toTimestamp } from '#domain';
import { LOG_COLUMNS, queries, streamRows, type WarehouseRows } from '#warehouse';

/** Listeners a query asks for: beginning one takes the embedded engine as long as reading thirty logs of 300 events. */
export const LISTENERS_A_QUERY = 100;

type ListenerEvents = readonly [userId: string, events: readonly ListenerEvent[]];

/** Events in [since, until), listener by listener; those without any are left out. Memory: the log of one of them. */
export async function* listenerLogs(
  warehouse: WarehouseRows,
  userIds: readonly string[],
  since: EpochMs,
  until: EpochMs,
): AsyncGenerator<ListenerEvents, void, undefined> {
  for (let place = 0; place < userIds.length; place += LISTENERS_A_QUERY) {
    yield* logsOf(warehouse, userIds.slice(place, place + LISTENERS_A_QUERY), since, until);
  }
}

/** In order of id. */
async function* logsOf(
  warehouse: WarehouseRows,
  userIds: readonly string[],
  since: EpochMs,
  until: EpochMs,
): AsyncGenerator<ListenerEvents, void, undefined> {
  const params = { user_ids: userIds, since: toTimestamp(since), until: toTimestamp(until) };
  let [userId, events]: [string, ListenerEvent[]] = ['', []];
  for await (const rows of streamRows(warehouse, queries.listenerLog, params)) {
    for (const { kind, user_id, row } of rows) {
      if (user_id !== userId) {
        if (events.length > 0) yield [userId, events];
        [userId, events] = [user_id, []];
      }
      events.push(fromRow(kind, named(LOG_COLUMNS[kind], JSON.parse(row) as readonly unknown[])));
    }
  }
  if (events.length > 0) yield [userId, events];
}

const named = (columns: readonly string[], values: readonly unknown[]): Record<string, unknown> => {
  const row: Record<string, unknown> = {};
  for (let n = 0; n < columns.length; n++) row[columns[n]!] = values[n];
  return row;
};
