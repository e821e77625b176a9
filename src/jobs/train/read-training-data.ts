/** The event log as training data. */

import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { fromTimestamp, IdTable, type Intent, type ItemId } from '#domain';
import { type IntentAnswer, type IntentEvidence, SESSION_GAP_MS, type SurveyAnswers } from '#units';
import { type Query, type QueryParams, queries, streamRows, type WarehouseRows } from '#warehouse';
import { createGrowingArray } from '../growing-array.ts';
import type { ItemColumns, TrainingData } from './training-data.ts';

export interface ReadOptions {
  /** With more listeners than that a random part of them is read: item factors need no more, and the cost is bounded. */
  readonly mostUsers: number;
  readonly onRows: (rows: number) => void;
  readonly signal: AbortSignal;
  /** Leaves the event loop to others most of the time. */
  readonly isBackground: boolean;
}

/** Items that are looked up in one turn of the event loop: about two milliseconds. */
const ITEMS_A_TURN = 4000;
/** After each piece of rows, which takes one or two milliseconds. */
const PAUSE_MS = 2;
/** The newest answers: enough for a reliability table, few enough to fit in seconds. */
const MOST_ANSWERS = 5000;

/**
 * Reads in blocks, so that the event loop stays free between them. Pairs that were never listened to, disliked or
 * hidden are left out: they are no example of what to recommend. Items that are not available stay only where they were
 * listened to. Cost: 20 bytes a pair, 4 a session play.
 */
export const readTrainingData = async (warehouse: WarehouseRows, options: ReadOptions): Promise<TrainingData> => {
  const [population] = await warehouse.query(queries.population, {});
  const samplePermille = permilleOf(population?.listeners ?? 0, options.mostUsers);
  const items = createItemTable();
  await readItems(warehouse, items, options);
  const pairs = await readPairs(warehouse, items, samplePermille, options);
  const sessions = await readSessions(warehouse, items, samplePermille, options);
  const described = await items.finish();
  const listeners =
    samplePermille < 1000 ? await readListeners(warehouse, items, described.items.length, options) : pairs.listeners();
  const answers = await readAnswers(warehouse);
  return { ...described, ...pairs.entries, ...sessions, listeners, samplePermille, answers };
};

/** What listeners said sessions were for, in order of time. */
const readAnswers = async (warehouse: WarehouseRows): Promise<SurveyAnswers> => {
  const rows = await warehouse.query(queries.intentAnswers, { limit: MOST_ANSWERS, gap_ms: SESSION_GAP_MS });
  const answers: IntentAnswer[] = [];
  let withoutProbability = 0;
  let withoutSession = 0;
  for (const { user_id, intents, probability_shown, evidence } of rows) {
    if (probability_shown === null) withoutProbability++;
    else if (evidence === '') withoutSession++;
    else {
      answers.push({
        userId: user_id,
        evidence: JSON.parse(evidence) as IntentEvidence,
        intents: intents as readonly Intent[],
        probabilityShown: probability_shown,
      });
    }
  }
  return { answers, withoutProbability, withoutSession };
};

/** Share of listeners to read, in thousandths, at least one. */
const permilleOf = (listeners: number, mostUsers: number): number =>
  listeners <= mostUsers ? 1000 : Math.max(1, Math.floor((1000 * mostUsers) / listeners));

/** An answer piece by piece. */
async function* piecesOf<Params extends QueryParams, Row>(
  warehouse: WarehouseRows,
  query: Query<Params, Row>,
  params: Params,
  { signal, onRows, isBackground }: ReadOptions,
): AsyncGenerator<readonly Row[]> {
  for await (const rows of streamRows(warehouse, query, params)) {
    signal.throwIfAborted();
    yield rows;
    onRows(rows.length);
    if (isBackground) await pause(PAUSE_MS);
  }
}

const readItems = async (warehouse: WarehouseRows, items: ItemTable, options: ReadOptions): Promise<void> => {
  for await (const rows of piecesOf(warehouse, queries.catalogue, {}, options)) {
    for (const row of rows) {
      const facts = { artist: row.artist_id ?? row.artist, album: row.album_id ?? row.album, tags: row.tags };
      items.describe(row.item_id as ItemId, facts, row.available !== false);
    }
  }
};

const readPairs = async (warehouse: WarehouseRows, items: ItemTable, samplePermille: number, options: ReadOptions) => {
  const pairs = createPairs(items);
  for await (const rows of piecesOf(warehouse, queries.interactions, { sample_permille: samplePermille }, options)) {
    for (const row of rows) if (row.listens > 0) pairs.add(row);
  }
  return pairs.finish();
};

type InteractionRow = typeof queries.interactions extends Query<infer _, infer Row> ? Row : never;
type PairRow = Pick<InteractionRow, 'user_id' | 'item_id' | 'listens' | 'last_at' | 'disliked' | 'hidden'>;

/** Pairs in the order in which they come: all of one listener together. */
const createPairs = (items: ItemTable) => {
  const userIndex = createGrowingArray((length) => new Uint32Array(length));
  const itemIndex = createGrowingArray((length) => new Uint32Array(length));
  const listens = createGrowingArray((length) => new Float32Array(length));
  const lastAt = createGrowingArray((length) => new Float64Array(length));
  /** By row of the table. */
  const listenersOf = createCounts();
  let users = 0;
  let userId: string | null = null;
  return {
    add: (row: PairRow): void => {
      const item = items.rowOf(row.item_id as ItemId);
      listenersOf.add(item);
      if (row.disliked || row.hidden) return;
      if (row.user_id !== userId) {
        userId = row.user_id;
        users++;
      }
      userIndex.push(users - 1);
      itemIndex.push(items.indexOf(item));
      listens.push(row.listens);
      lastAt.push(row.last_at === null ? Number.NaN : fromTimestamp(row.last_at));
    },
    finish: () => ({
      entries: {
        users,
        userIndex: userIndex.finish(),
        itemIndex: itemIndex.finish(),
        listens: listens.finish(),
        lastAt: lastAt.finish(),
      },
      /** Of each index. */
      listeners: (): Uint32Array => items.byIndex(listenersOf.of),
    }),
  };
};

/** The sample knows the listeners of the sample only; how many there are of all is asked. */
const readListeners = async (
  warehouse: WarehouseRows,
  items: ItemTable,
  count: number,
  options: ReadOptions,
): Promise<Uint32Array> => {
  const listeners = new Uint32Array(count);
  for await (const rows of piecesOf(warehouse, queries.itemListeners, {}, options)) {
    for (const row of rows) {
      const index = items.findIndex(row.item_id as ItemId);
      if (index !== undefined) listeners[index] = row.listeners;
    }
  }
  return listeners;
};

const readSessions = async (
  warehouse: WarehouseRows,
  items: ItemTable,
  samplePermille: number,
  options: ReadOptions,
) => {
  const sessionItems = createGrowingArray((length) => new Uint32Array(length));
  const sessionStarts = createGrowingArray((length) => new Uint32Array(length));
  const params = { gap_ms: SESSION_GAP_MS, sample_permille: samplePermille };
  for await (const rows of piecesOf(warehouse, queries.sessionItems, params, options)) {
    for (const row of rows) {
      sessionStarts.push(sessionItems.length);
      for (const item of row.items) sessionItems.push(items.indexOf(items.rowOf(item as ItemId)));
    }
  }
  sessionStarts.push(sessionItems.length);
  return { sessionItems: sessionItems.finish(), sessionStarts: sessionStarts.finish() };
};

interface ItemFacts {
  readonly artist: string | null;
  readonly album: string | null;
  readonly tags: readonly string[];
}

/** Every item seen has a row; those that are learned of have an index as well, in the order in which that showed. */
interface ItemTable {
  describe(id: ItemId, facts: ItemFacts, isAvailable: boolean): void;
  /** The row of the item, given on first sight. */
  rowOf(id: ItemId): number;
  /** The index of the item of a row, given when it is first asked for. */
  indexOf(row: number): number;
  /** Its index, if it has one. */
  findIndex(id: ItemId): number | undefined;
  /** A number for each index, of what `of` says of its row. */
  byIndex(of: (row: number) => number): Uint32Array;
  /** Some thousand items at a time, with room for others between them. */
  finish(): Promise<ItemColumns>;
}

const createItemTable = (): ItemTable => {
  const ids = new IdTable<ItemId>();
  const facts: (ItemFacts | undefined)[] = [];
  const indices: (number | undefined)[] = [];
  const rows = createGrowingArray((length) => new Uint32Array(length));
  const rowOf = (id: ItemId): number => {
    const row = ids.numberOf(id);
    if (row === indices.length) {
      indices.push(undefined);
      facts.push(undefined);
    }
    return row;
  };
  const indexOf = (row: number): number => {
    let index = indices[row];
    if (index === undefined) {
      index = rows.length;
      indices[row] = index;
      rows.push(row);
    }
    return index;
  };
  return {
    rowOf,
    indexOf,
    findIndex: (id) => {
      const row = ids.find(id);
      return row === undefined ? undefined : indices[row];
    },
    byIndex: (of) => rows.finish().map(of),
    describe: (id, known, isAvailable) => {
      const row = rowOf(id);
      facts[row] = known;
      if (isAvailable) indexOf(row);
    },
    finish: async () => {
      const items: ItemId[] = [];
      const artists: (string | null)[] = [];
      const albums: (string | null)[] = [];
      const tags: (readonly string[])[] = [];
      for (const row of rows.finish()) {
        if (items.length % ITEMS_A_TURN === 0) await nextTurn();
        const known = facts[row];
        items.push(ids.id(row));
        artists.push(known?.artist ?? null);
        albums.push(known?.album ?? null);
        tags.push(known?.tags ?? []);
      }
      return { items, artists, albums, tags };
    },
  };
};

/** How often each row was named. */
const createCounts = () => {
  const counts: number[] = [];
  return {
    add: (row: number): void => {
      while (counts.length <= row) counts.push(0);
      counts[row]!++;
    },
    of: (row: number): number => counts[row] ?? 0,
  };
};
