/** The warehouse under test, and the events and items that the parts of its contract put into it. */

import { fromRow, type ListenerEvent, parseEvent, parseItem, toItemRow, toRow } from '#domain';
import { queries } from './queries/index.ts';
import { withSequence } from './tables.ts';
import type { Warehouse } from './warehouse.ts';

export interface WarehouseHarness {
  open(): Promise<Warehouse>;
  /** Bytes of `text` found in what the warehouse keeps on disk; undefined where that cannot be looked at. */
  bytesOnDisk?(text: string): number;
}

export const NOW = Date.parse('2026-11-24T12:00:00Z');
export const HOUR = 3_600_000;

let sequence = 0;

/** Of the next record, or of an id that is made up: no two of a run have the same. */
export const nextSequence = (): number => ++sequence;

/** The last that was given. */
export const lastSequence = (): number => sequence;

export const event = (fields: Record<string, unknown>): ListenerEvent => {
  const parsed = parseEvent({ event_id: `e${nextSequence()}`, user_id: 'u', at: NOW - HOUR, ...fields }, NOW);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return parsed.event;
};

export const item = (fields: Record<string, unknown>, updatedAt: number): string => {
  const parsed = parseItem(fields, updatedAt);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return withSequence(toItemRow(parsed.item), nextSequence());
};

export const insert = async (warehouse: Warehouse, ...events: ListenerEvent[]): Promise<void> => {
  for (const one of events) await warehouse.insert(one.kind, [withSequence(toRow(one), nextSequence())]);
};

export const card = (item_id: string, slot: number, explored = false) => ({
  shelf: 'fresh',
  row: 0,
  slot,
  item_id,
  score: 1.25,
  propensity: 0.5,
  explored,
  source: 'fresh',
  stage: 'als',
  claim: null,
});

export const slate = (slate_id: string, fields: Record<string, unknown> = {}) => ({
  type: 'slate',
  event_id: slate_id,
  slate_id,
  surface: 'home',
  context: { daypart: 'morning', local_hour: 8, local_weekday: 1, intents: { quick_access: 0.5 } },
  policy: 'home@1',
  model: 'm1',
  seed: 'x',
  exploration: 0.1,
  log_propensity: -1.5,
  fallback: null,
  shelves: [{ shelf: 'fresh', need: 'n', title: 't', asked: 2 }],
  cards: [card('track:a', 0), card('track:b', 1, true)],
  candidates: { band: [1, 2, { deep: 'ü' }] },
  filtered: { disliked_item: 2 },
  ...fields,
});

/** One event of every kind, with all that it may say. */
export const oneOfEach = (user_id: string): ListenerEvent[] => [
  event({ ...slate(`s-${user_id}`), user_id, time_zone: 'Europe/Berlin', utc_offset_min: 60, device: 'speaker' }),
  event({
    type: 'impression',
    user_id,
    slate_id: 's',
    item_id: 'track:a',
    visible_ms: 1200,
    max_visible_fraction: 0.5,
  }),
  event({ type: 'play', user_id, item_id: 'track:a', ms_played: 31_000, skipped: false, source: 'radio', odd: [1] }),
  event({ type: 'tally', user_id, item_id: 'track:a', plays: 12 }),
  event({ type: 'action', user_id, action: 'tune', setting: 'exploration', value: 'more' }),
  event({ type: 'search', user_id, search_id: 'q', step: 'results', query: "it's", results: ['track:a', 'track:b'] }),
  event({
    type: 'dialogue',
    user_id,
    dialogue_id: 'd',
    turn: 0,
    speaker: 'user',
    utterance: 'play "a"\n',
    repair: true,
  }),
  event({ type: 'survey', user_id, satisfaction: 5, intents: ['focus'], probability_shown: 0.25 }),
  event({ type: 'assignment', user_id, experiment: 'x', arm: 'a', exposed: true }),
  event({ type: 'editor', user_id, pool_id: 'p', change: 'put', title: 'Calm', items: ['track:a'] }),
];

export const exported = async (warehouse: Warehouse, userId: string): Promise<ListenerEvent[]> => {
  const rows = await warehouse.query(queries.userExport, { user_id: userId });
  return rows.map(({ kind, row }) => fromRow(kind as ListenerEvent['kind'], JSON.parse(row)));
};
