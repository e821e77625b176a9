/** The event log as it is kept: the warehouse, and the journal's tail that the warehouse may not have yet. */

import {
  DAY_MS,
  type EpochMs,
  type EventKind,
  type EventOf,
  fromRow,
  HOUR_MS,
  type ItemId,
  type ListenerEvent,
  type SlateId,
  toTimestamp,
  type UserId,
} from '#domain';
import { queries, type Warehouse } from '#warehouse';
import type { PoolChange } from './catalogue.ts';
import { itemOfRow } from './item-row.ts';
import type { CatalogueEntry, ListenerLog } from './listener-log.ts';

/** What of the journal is read here; the journal is one. */
export interface JournalTail {
  read(from: number, limit: number): readonly TailRecord[];
  status(): { readonly first: number };
}

interface TailRecord {
  readonly sequence: number;
  readonly kind: EventKind | 'item';
  readonly userId: UserId | '';
  readonly eventId: string;
  readonly row: string;
}

const TAIL_CHUNK = 1000;
const MOST_PLAYS = 2_000_000;
const MOST_ACTIONS = 200_000;
/** Weekly lists of this week and the four before. */
const WEEKLY_MS = 36 * DAY_MS;
const WEEKLY_LISTS = 50;
/** Slates that a running session may still answer to. */
const SESSION_MS = 6 * HOUR_MS;
const SESSION_SLATES = 100;

type Row = Readonly<Record<string, unknown>>;

/**
 * The tail is always read before the warehouse is asked: a record leaves the journal only when the warehouse has it, so
 * nothing falls between the two; what both have is told apart by its id, which is unique for the listener.
 */
export const createWarehouseLog = (warehouse: Warehouse, journal: JournalTail, now: () => EpochMs): ListenerLog => ({
  past: (userId) => readPast(warehouse, journal, userId, now()),
  slate: (slateId) => findSlate(warehouse, journal, slateId),
  itemCounts: async (itemId: ItemId) => {
    const [row] = await warehouse.query(queries.itemAudience, { item_id: itemId });
    return row ?? { listeners: 0, plays: 0 };
  },
  catalogue: () => readCatalogue(warehouse, journal),
  pools: () => readPools(warehouse, journal),
});

async function* readPast(
  warehouse: Warehouse,
  journal: JournalTail,
  userId: UserId,
  now: EpochMs,
): AsyncGenerator<readonly ListenerEvent[]> {
  const tail = [...tailOf(journal)].filter((record) => record.userId === userId);
  const inTail = new Set(tail.map((record) => record.eventId));
  const news = (kind: EventKind) => tail.filter((record) => record.kind === kind).map(eventOfTail);
  /** Rows the tail does not have, as events; columns that a query leaves out are filled with what they mean here. */
  const events = (kind: EventKind, rows: readonly Row[]) =>
    rows
      .filter((row) => !inTail.has(row['event_id'] as string))
      .map((row) => fromRow(kind, { user_id: userId, received_at: row['at'], ...row }));
  const slates = (surfaces: readonly string[], age: number, limit: number) =>
    warehouse.query(queries.userSlatesRecent, { user_id: userId, surfaces, since: toTimestamp(now - age), limit });
  yield news('slate');
  yield events('slate', asRows(await slates(['weekly_discovery'], WEEKLY_MS, WEEKLY_LISTS)));
  yield events('slate', asRows(await slates(['home', 'radio'], SESSION_MS, SESSION_SLATES)));
  const actions = await warehouse.query(queries.userActions, { user_id: userId, limit: MOST_ACTIONS });
  yield [...news('action').reverse(), ...events('action', asRows(actions))];
  yield* readTallies(warehouse, userId, tail);
  yield news('play').reverse();
  const plays = warehouse.stream(queries.userEvents, { user_id: userId, limit: MOST_PLAYS });
  for await (const rows of plays) yield events('play', asRows(rows));
}

/**
 * Counts are asked as sums, one an item. While single counts are still in the tail a sum may or may not hold them, so
 * then the counts are read one by one from the listener's export, which names each.
 */
async function* readTallies(
  warehouse: Warehouse,
  userId: UserId,
  tail: readonly TailRecord[],
): AsyncGenerator<readonly ListenerEvent[]> {
  const recent = tail.filter((record) => record.kind === 'tally');
  if (recent.length === 0) {
    const sums = await warehouse.query(queries.userTallies, { user_id: userId });
    yield sums.map(({ item_id, plays, at }) =>
      fromRow('tally', { user_id: userId, event_id: `tallies of ${item_id}`, item_id, plays, at, received_at: at }),
    );
    return;
  }
  const inTail = new Set(recent.map((record) => record.eventId));
  yield recent.map(eventOfTail);
  for await (const rows of warehouse.stream(queries.userExport, { user_id: userId })) {
    const tallies = rows.filter((row) => row.kind === 'tally').map((row) => JSON.parse(row.row) as Row);
    yield tallies.filter((row) => !inTail.has(row['event_id'] as string)).map((row) => fromRow('tally', row));
  }
}

const findSlate = async (
  warehouse: Warehouse,
  journal: JournalTail,
  slateId: SlateId,
): Promise<EventOf<'slate'> | null> => {
  for (const record of tailOf(journal)) {
    if (record.kind !== 'slate' || !record.row.includes(slateId)) continue;
    const slate = eventOfTail(record) as EventOf<'slate'>;
    if (slate.slateId === slateId) return slate;
  }
  const [row] = await warehouse.query(queries.slateById, { slate_id: slateId });
  return row === undefined ? null : (fromRow('slate', asRow(row)) as EventOf<'slate'>);
};

async function* readCatalogue(warehouse: Warehouse, journal: JournalTail): AsyncGenerator<readonly CatalogueEntry[]> {
  const tail = [...tailOf(journal)].filter((record) => record.kind === 'item');
  for await (const rows of warehouse.stream(queries.catalogue, {})) yield asRows(rows).map(itemOfRow);
  yield tail.map((record) => itemOfRow(JSON.parse(record.row) as Row));
}

const readPools = async (warehouse: Warehouse, journal: JournalTail): Promise<readonly PoolChange[]> => {
  const tail = [...tailOf(journal)].filter((record) => record.kind === 'editor');
  const pools = await warehouse.query(queries.pools, {});
  const standing = pools.map(
    ({ pool_id, title, purpose, items }): PoolChange => ({
      poolId: pool_id,
      change: 'put',
      ...(title === null ? {} : { title }),
      ...(purpose === null ? {} : { purpose }),
      items,
    }),
  );
  return [...standing, ...tail.map((record) => eventOfTail(record) as EventOf<'editor'>)];
};

/** The journal's records, oldest first. */
function* tailOf(journal: JournalTail): Generator<TailRecord> {
  let from = journal.status().first;
  for (;;) {
    const records = journal.read(from, TAIL_CHUNK);
    yield* records;
    if (records.length < TAIL_CHUNK) return;
    from = records.at(-1)!.sequence + 1;
  }
}

const eventOfTail = (record: TailRecord): ListenerEvent =>
  fromRow(record.kind as EventKind, JSON.parse(record.row) as Row);

/** Query rows are interfaces; reading them by column name needs them as records. */
const asRow = (row: object): Row => row as Row;
const asRows = (rows: readonly object[]): readonly Row[] => rows.map(asRow);
