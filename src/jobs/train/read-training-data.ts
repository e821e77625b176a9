/** The event log as training data. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { fromTimestamp, type Intent, type ItemId } from '#domain';
import { type IntentAnswer, type IntentEvidence, SESSION_GAP_MS, type SurveyAnswers } from '#units';
import { type Query, queries, type Warehouse } from '#warehouse';
import { createGrowingArray } from './growing-array.ts';
import type { ItemColumns, TrainingData } from './training-data.ts';

export interface ReadOptions {
  /** With more listeners than that a random part of them is read: item factors need no more, and the cost is bounded. */
  readonly mostUsers: number;
  readonly onRows: (rows: number) => void;
  readonly signal: AbortSignal;
}

/** Items that are looked up in one turn of the event loop: about two milliseconds. */
const ITEMS_A_TURN = 4000;
/** The newest answers: enough for a reliability table, few enough to fit in seconds. */
const MOST_ANSWERS = 5000;

/**
 * Reads in blocks, so that the event loop stays free between them. Pairs that were never listened to, disliked or
 * hidden are left out: they are no example of what to recommend. Items that are not available stay only where they were
 * listened to. Cost: 20 bytes a pair, 4 a session play.
 */
export const readTrainingData = async (warehouse: Warehouse, options: ReadOptions): Promise<TrainingData> => {
  const [population] = await warehouse.query(queries.population, {});
  const samplePermille = permilleOf(population?.listeners ?? 0, options.mostUsers);
  const items = createItemTable();
  await readItems(warehouse, items, options);
  const pairs = await readPairs(warehouse, items, samplePermille, options);
  const sessions = await readSessions(warehouse, items, samplePermille, options);
  const described = await items.finish();
  const counts = samplePermille < 1000 ? await readListeners(warehouse, options) : pairs.listenersByItem;
  const listeners = new Uint32Array(described.items.length);
  for (const [index, id] of described.items.entries()) {
    if (index % ITEMS_A_TURN === 0) await nextTurn();
    listeners[index] = counts.get(id) ?? 0;
  }
  const answers = await readAnswers(warehouse);
  return { ...described, ...pairs.entries, ...sessions, listeners, samplePermille, answers };
};

/** What listeners said sessions were for, in order of time. */
const readAnswers = async (warehouse: Warehouse): Promise<SurveyAnswers> => {
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

const readItems = async (warehouse: Warehouse, items: ItemTable, options: ReadOptions): Promise<void> => {
  for await (const rows of warehouse.stream(queries.catalogue, {})) {
    options.signal.throwIfAborted();
    for (const row of rows) {
      const facts = { artist: row.artist_id ?? row.artist, album: row.album_id ?? row.album, tags: row.tags };
      items.describe(row.item_id as ItemId, facts, row.available !== false);
    }
    options.onRows(rows.length);
  }
};

const readPairs = async (warehouse: Warehouse, items: ItemTable, samplePermille: number, options: ReadOptions) => {
  const pairs = createPairs(items);
  for await (const rows of warehouse.stream(queries.interactions, { sample_permille: samplePermille })) {
    options.signal.throwIfAborted();
    for (const row of rows) if (row.listens > 0) pairs.add(row);
    options.onRows(rows.length);
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
  const listenersByItem = new Map<string, number>();
  let users = 0;
  let userId: string | null = null;
  return {
    add: (row: PairRow): void => {
      listenersByItem.set(row.item_id, (listenersByItem.get(row.item_id) ?? 0) + 1);
      if (row.disliked || row.hidden) return;
      if (row.user_id !== userId) {
        userId = row.user_id;
        users++;
      }
      userIndex.push(users - 1);
      itemIndex.push(items.indexOf(row.item_id as ItemId));
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
      listenersByItem,
    }),
  };
};

/** The sample knows the listeners of the sample only; how many there are of all is asked. */
const readListeners = async (warehouse: Warehouse, options: ReadOptions): Promise<ReadonlyMap<string, number>> => {
  const counts = new Map<string, number>();
  for await (const rows of warehouse.stream(queries.itemListeners, {})) {
    options.signal.throwIfAborted();
    for (const row of rows) counts.set(row.item_id, row.listeners);
    options.onRows(rows.length);
  }
  return counts;
};

const readSessions = async (warehouse: Warehouse, items: ItemTable, samplePermille: number, options: ReadOptions) => {
  const sessionItems = createGrowingArray((length) => new Uint32Array(length));
  const sessionStarts = createGrowingArray((length) => new Uint32Array(length));
  const params = { gap_ms: SESSION_GAP_MS, sample_permille: samplePermille };
  for await (const rows of warehouse.stream(queries.sessionItems, params)) {
    options.signal.throwIfAborted();
    for (const row of rows) {
      sessionStarts.push(sessionItems.length);
      for (const item of row.items) sessionItems.push(items.indexOf(item as ItemId));
    }
    options.onRows(rows.length);
  }
  sessionStarts.push(sessionItems.length);
  return { sessionItems: sessionItems.finish(), sessionStarts: sessionStarts.finish() };
};

interface ItemFacts {
  readonly artist: string | null;
  readonly album: string | null;
  readonly tags: readonly string[];
}

interface ItemTable {
  describe(id: ItemId, facts: ItemFacts, isAvailable: boolean): void;
  /** The index of the item, given on first sight. */
  indexOf(id: ItemId): number;
  /** Some thousand items at a time, with room for others between them. */
  finish(): Promise<ItemColumns>;
}

const createItemTable = (): ItemTable => {
  const indices = new Map<ItemId, number>();
  const facts = new Map<ItemId, ItemFacts>();
  const indexOf = (id: ItemId): number => {
    let index = indices.get(id);
    if (index === undefined) {
      index = indices.size;
      indices.set(id, index);
    }
    return index;
  };
  return {
    indexOf,
    describe: (id, known, isAvailable) => {
      facts.set(id, known);
      if (isAvailable) indexOf(id);
    },
    finish: async () => {
      const items: ItemId[] = [];
      const artists: (string | null)[] = [];
      const albums: (string | null)[] = [];
      const tags: (readonly string[])[] = [];
      for (const id of indices.keys()) {
        if (items.length % ITEMS_A_TURN === 0) await nextTurn();
        const known = facts.get(id);
        items.push(id);
        artists.push(known?.artist ?? null);
        albums.push(known?.album ?? null);
        tags.push(known?.tags ?? []);
      }
      return { items, artists, albums, tags };
    },
  };
};
