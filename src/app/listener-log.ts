/**
 * The past as serving reads it: the warehouse and the tail of the journal as one log that names each event once.
 *
 * The tail is always read first. The writer may carry a record from the journal to the warehouse at any moment: read in
 * this order it is found in one of them or in both, never in none.
 */

import {
  type Clock,
  DAY_MS,
  EngineError,
  type EpochMs,
  type EventOf,
  fromItemRow,
  fromRow,
  HOUR_MS,
  type Item,
  type ItemId,
  type ItemRow,
  type ListenerEvent,
  type SlateId,
  toCatalogueLines,
  toTimestamp,
  type UserId,
} from '#domain';
import type { Journal, JournalRecord } from '#journal';
import type { ItemCounts, ListenerLog } from '#serving';
import { createTurns } from '#threads';
import { queries, streamRows, type Warehouse } from '#warehouse';
import { eventOf, tailOfUser, tailRecords } from './journal-tail.ts';

/** More plays than a long life holds; a bound all the same. */
const MOST_EVENTS = 5_000_000;
/** Of a surface. */
const MOST_SLATES = 2000;
/** Items of the tail that are handed on at once. */
const TAIL_BLOCK = 10_000;
/** Four lists back, and a day for a clock that was set. */
const WEEKLY_LOOK_BACK_MS = 36 * DAY_MS;
/** As long as a session can still stand: what was handed out in it is not handed out again. */
const SESSION_LOOK_BACK_MS = 6 * HOUR_MS;
/** Surfaces, and how far back their slates are wanted. */
const LOOK_BACK: Readonly<Record<string, number>> = {
  home: SESSION_LOOK_BACK_MS,
  radio: SESSION_LOOK_BACK_MS,
  weekly_discovery: WEEKLY_LOOK_BACK_MS,
};

export interface LogSources {
  readonly journal: Journal;
  readonly warehouse: Warehouse;
  readonly clock: Clock;
}

export const createListenerLog = (sources: LogSources): ListenerLog => ({
  past: (userId) => pastOf(sources, userId),
  slate: (slateId) => findSlate(sources, slateId),
  itemCounts: (itemId) => countItem(sources, itemId),
  catalogue: () => readCatalogue(sources),
  pools: () => readPools(sources),
});

async function* pastOf({ journal, warehouse, clock }: LogSources, userId: UserId) {
  const records = await tailOfUser(journal, userId);
  // What was before it has been carried away, trimmed, and is in the warehouse; nothing else may be summed there, as a sum names no event.
  const { first } = journal.status();
  const tail: ListenerEvent[] = [];
  const turn = createTurns();
  for (const record of records) {
    const event = record.sequence >= first ? eventOf(record) : null;
    if (event !== null) tail.push(event);
    await turn();
  }
  const seen = new Set<string>(tail.map((event) => event.eventId));
  const fresh = (kind: 'play' | 'action' | 'slate', rows: readonly Row[]): ListenerEvent[] =>
    rows.filter((row) => !seen.has(row['event_id'] as string)).map((row) => eventFromRow(kind, userId, row));

  const params = { user_id: userId, limit: MOST_EVENTS };
  for await (const rows of streamRows(warehouse, queries.userEvents, params)) yield fresh('play', asRows(rows));
  for await (const rows of streamRows(warehouse, queries.userActions, params)) yield fresh('action', asRows(rows));
  const slates = {
    user_id: userId,
    surfaces: Object.keys(LOOK_BACK),
    since: Object.values(LOOK_BACK).map((ms) => toTimestamp(clock.now() - ms)),
    limit: MOST_SLATES,
  };
  for await (const rows of streamRows(warehouse, queries.userSlatesRecent, slates)) yield fresh('slate', asRows(rows));
  const tallies = await warehouse.query(queries.userTallies, { user_id: userId, before: first });
  yield tallies.map((row) =>
    eventFromRow('tally', userId, { ...row, event_id: `sum:${row.item_id}`, received_at: row.at }),
  );
  yield tail;
}

type Row = Readonly<Record<string, unknown>>;
const asRows = (rows: readonly object[]): readonly Row[] => rows as readonly Row[];

const eventFromRow = (kind: ListenerEvent['kind'], userId: UserId, row: Row): ListenerEvent =>
  fromRow(kind, { ...row, user_id: userId });

const findSlate = async ({ journal, warehouse }: LogSources, slateId: SlateId): Promise<EventOf<'slate'> | null> => {
  for await (const record of tailRecords(journal)) {
    if (record.kind !== 'slate' || !record.row.includes(slateId)) continue;
    const event = eventOf(record);
    if (event?.kind === 'slate' && event.slateId === slateId) return event;
  }
  const [row] = await warehouse.query(queries.slateById, { slate_id: slateId });
  return row === undefined ? null : (fromRow('slate', row as unknown as Row) as EventOf<'slate'>);
};

const countItem = async ({ warehouse }: LogSources, itemId: ItemId): Promise<ItemCounts> => {
  const [row] = await warehouse.query(queries.itemAudience, { item_id: itemId });
  if (row === undefined) throw new EngineError('internal', 'the audience of an item is one row, and none came');
  return row;
};

async function* readCatalogue({ journal, warehouse }: LogSources): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const tail = await tailOf('item', journal);
  yield* warehouse.stream(queries.catalogueLines, {});
  for (let from = 0; from < tail.length; from += TAIL_BLOCK) {
    yield toCatalogueLines(tail.slice(from, from + TAIL_BLOCK).map(entryOf));
  }
}

const entryOf = (record: JournalRecord): { item: Item; addedAt: EpochMs } => {
  const item = fromItemRow(JSON.parse(record.row.toString()) as ItemRow);
  return { item, addedAt: item.updatedAt };
};

const tailOf = async (kind: JournalRecord['kind'], journal: Journal): Promise<JournalRecord[]> => {
  const records: JournalRecord[] = [];
  for await (const record of tailRecords(journal)) if (record.kind === kind) records.push(record);
  return records;
};

const readPools = async ({ journal, warehouse }: LogSources): Promise<readonly EventOf<'editor'>[]> => {
  const tail = (await tailOf('editor', journal)).map(eventOf);
  const standing = await warehouse.query(queries.pools, {});
  const puts = standing.map((row) =>
    fromRow('editor', {
      ...row,
      event_id: `pool:${row.pool_id}`,
      user_id: 'editor',
      change: 'put',
      received_at: row.at,
    }),
  );
  return [...puts, ...tail].filter((event): event is EventOf<'editor'> => event?.kind === 'editor');
};
