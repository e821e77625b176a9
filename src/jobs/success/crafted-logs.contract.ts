/** Crafted logs of five listeners, each in another part of the service, for tests of units cut from events. */

import { DAY_MS, HOUR_MS, MINUTE_MS, parseEvent, parseItem, SECOND_MS, toItemRow, toRow } from '#domain';
import { type Warehouse, withSequence } from '#warehouse';

/** Monday at nine. */
export const T = Date.parse('2026-03-02T09:00:00Z');
export const NOW = T + 70 * DAY_MS;

type Wire = Readonly<Record<string, unknown>>;

const card = (item_id: string, row: number, slot: number, explored: boolean) => ({
  shelf: `shelf-${row}`,
  row,
  slot,
  item_id,
  score: 1,
  propensity: explored ? 0.1 : 0.9,
  explored,
  source: 'similar_items',
  stage: 'als',
  claim: null,
});

/** Puts events and items into a warehouse one by one, as the wire has them. */
const writerTo = (warehouse: Warehouse) => {
  let sequence = 0;

  const put = async (user_id: string, type: string, at: number, fields: Wire): Promise<void> => {
    const parsed = parseEvent({ type, user_id, event_id: `${user_id}${++sequence}`, at, ...fields }, NOW + DAY_MS);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
    await warehouse.insert(parsed.event.kind, [withSequence(toRow(parsed.event), sequence)]);
  };
  const putItem = async (item_id: string, fields: Wire): Promise<void> => {
    const parsed = parseItem({ item_id, title: item_id, ...fields }, T);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
    await warehouse.insert('item', [withSequence(toItemRow(parsed.item), ++sequence)]);
  };
  const play = (user: string, at: number, item_id: string, ms_played: number, fields: Wire = {}) =>
    put(user, 'play', at, { item_id, ms_played, skipped: false, ...fields });
  const act = (user: string, at: number, action: string, fields: Wire) =>
    put(user, 'action', at, { action, ...fields });
  const seen = (user: string, at: number, slate_id: string, item_id: string, visible_ms: number, fields: Wire = {}) =>
    put(user, 'impression', at, { slate_id, item_id, visible_ms, ...fields });

  const slate = (user: string, at: number, slate_id: string, surface: string, cards: readonly Wire[]) =>
    put(user, 'slate', at, {
      slate_id,
      surface,
      context: { daypart: 'morning', local_hour: 9, local_weekday: 1, intents: {} },
      policy: 'p',
      model: 'm',
      seed: 's',
      exploration: 0.1,
      log_propensity: -1,
      fallback: null,
      shelves: [],
      cards,
      candidates: null,
      filtered: {},
    });

  return { putItem, put, play, act, seen, slate };
};
type Writer = ReturnType<typeof writerTo>;

/** Comes back to a show for a habit, and stays away in the end; tries another one once. */
const listenToShows = async ({ putItem, play, seen }: Writer): Promise<void> => {
  await putItem('show:s', { type: 'show' });
  await putItem('show:o', { type: 'show' });
  for (const n of [1, 2, 3, 4]) await putItem(`episode:${n}`, { type: 'episode', album_id: 'show:s' });
  await putItem('episode:o', { type: 'episode', album_id: 'show:o' });
  await seen('pod', T - DAY_MS, 'h0', 'show:s', 3000);
  for (const [n, day] of [0, 3, 8, 16].entries())
    await play('pod', T + day * DAY_MS, `episode:${n + 1}`, 30 * MINUTE_MS);
  await play('pod', T + HOUR_MS, 'episode:o', 6 * MINUTE_MS);
};

/** One card leads to much, one is not looked at, one is passed over. */
const lookAtHome = async ({ putItem, play, act, seen, slate }: Writer): Promise<void> => {
  for (const name of ['a', 'b', 'c']) await putItem(`track:${name}`, { type: 'track', artist_id: `artist:${name}` });
  const cards = [card('track:b', 0, 0, false), card('track:c', 0, 1, false), card('track:a', 1, 2, true)];
  await slate('home', T, 'h1', 'home', cards);
  await seen('home', T + SECOND_MS, 'h1', 'track:b', 400, { slot: 0 });
  await seen('home', T + 2 * SECOND_MS, 'h1', 'track:c', 4000, { slot: 1 });
  await seen('home', T + 3 * SECOND_MS, 'h1', 'track:a', 4000, { slot: 2, max_visible_fraction: 1 });
  await play('home', T + 10 * SECOND_MS, 'track:a', 2 * MINUTE_MS, { slate_id: 'h1' });
  await act('home', T + HOUR_MS, 'save', { item_id: 'track:a' });
  await act('home', T + 2 * HOUR_MS, 'follow', { item_id: 'artist:a' });
  await play('home', T + 3 * DAY_MS, 'track:a', 2 * MINUTE_MS);
};

/** Three lists: two saved from, skimmed, never opened. */
const openLists = async ({ play, act, slate }: Writer): Promise<void> => {
  for (const [week, name] of ['w1', 'w2', 'w3'].entries())
    await slate('week', T + week * 7 * DAY_MS, name, 'weekly_discovery', [card(`track:${name}`, 0, 0, false)]);
  for (const minute of [0, 4, 8])
    await play('week', T + HOUR_MS + minute * MINUTE_MS, `track:w1${minute}`, 3 * MINUTE_MS, { slate_id: 'w1' });
  for (const minute of [1, 5])
    await act('week', T + HOUR_MS + minute * MINUTE_MS, 'save', { item_id: `track:w1${minute}`, slate_id: 'w1' });
  for (const second of [0, 6, 12])
    await play('week', T + 8 * DAY_MS + second * SECOND_MS, 'track:w2', 5000, { slate_id: 'w2' });
};

/** Asked once and played; asked three times; not heard at all. */
const talk = async ({ put, play }: Writer): Promise<void> => {
  const say = (dialogue_id: string, at: number, turn: number, fields: Wire) =>
    put('talk', 'dialogue', at, { dialogue_id, turn, speaker: 'user', ...fields });
  await say('d1', T, 0, { act: 'play' });
  await play('talk', T + 3 * SECOND_MS, 'track:a', 90 * SECOND_MS, { source: 'voice' });
  const second = T + DAY_MS;
  for (const turn of [0, 1, 2])
    await say('d2', second + turn * 20 * SECOND_MS, turn, { act: 'play', ...(turn > 0 && { repair: true }) });
  await play('talk', second + 45 * SECOND_MS, 'track:b', 20 * SECOND_MS, { source: 'voice' });
  await say('d3', T + 2 * DAY_MS, 0, { confidence: 0.05 });
};

/** Finds it in the list of results and leaves; searches again two days later, and again a minute after that. */
const lookUp = async ({ put, play }: Writer): Promise<void> => {
  const step = (search_id: string, at: number, fields: Wire) => put('look', 'search', at, { search_id, ...fields });
  await step('q1', T, { step: 'key', query: 'a' });
  await step('q1', T + 4 * SECOND_MS, { step: 'click', item_id: 'track:a', position: 0 });
  await step('q2', T + 2 * DAY_MS, { step: 'key', query: 'b' });
  await step('q3', T + 2 * DAY_MS + MINUTE_MS, { step: 'key', query: 'bb' });
  await step('q3', T + 2 * DAY_MS + MINUTE_MS + SECOND_MS, { step: 'click', item_id: 'track:b', position: 0 });
  await play('look', T + 2 * DAY_MS + MINUTE_MS + 2 * SECOND_MS, 'track:b', 3 * MINUTE_MS);
};

/** All of the logs above, into an empty warehouse. */
export const writeCraftedLogs = async (warehouse: Warehouse): Promise<void> => {
  const writer = writerTo(warehouse);
  for (const make of [listenToShows, lookAtHome, openLists, talk, lookUp]) await make(writer);
};
