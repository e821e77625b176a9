/** Logs of listeners out of the warehouse, event by event in order of time. */

import { type EpochMs, fromRow, type ListenerEvent, toTimestamp } from '#domain';
import { LOG_COLUMNS, queries, type Warehouse } from '#warehouse';

/** Events in [since, until) by listener; those without any are left out. Memory of all of it: ask for a few at a time. */
export const listenerLogs = async (
  warehouse: Warehouse,
  userIds: readonly string[],
  since: EpochMs,
  until: EpochMs,
): Promise<ReadonlyMap<string, readonly ListenerEvent[]>> => {
  const logs = new Map<string, ListenerEvent[]>();
  const params = { user_ids: userIds, since: toTimestamp(since), until: toTimestamp(until) };
  for await (const rows of warehouse.stream(queries.listenerLog, params)) {
    for (const { kind, user_id, row } of rows) {
      const event = fromRow(kind, named(LOG_COLUMNS[kind], JSON.parse(row) as readonly unknown[]));
      const held = logs.get(user_id);
      if (held === undefined) logs.set(user_id, [event]);
      else held.push(event);
    }
  }
  return logs;
};

const named = (columns: readonly string[], values: readonly unknown[]): Record<string, unknown> => {
  const row: Record<string, unknown> = {};
  for (let n = 0; n < columns.length; n++) row[columns[n]!] = values[n];
  return row;
};
