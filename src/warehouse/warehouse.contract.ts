/** What every warehouse must do. `open` opens the warehouse of the running test, again after a close. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  EVENT_KINDS,
  fromRow,
  fromTimestamp,
  isListen,
  type ListenerEvent,
  parseEvent,
  parseItem,
  toItemRow,
  toRow,
  toTimestamp,
  type UserId,
} from '#domain';
import { queries } from './queries/index.ts';
import { withSequence } from './tables.ts';
import type { Warehouse } from './warehouse.ts';

export interface WarehouseHarness {
  open(): Promise<Warehouse>;
  /** Bytes of `text` found in what the warehouse keeps on disk; undefined where that cannot be looked at. */
  bytesOnDisk?(text: string): number;
}

const NOW = Date.parse('2026-11-24T12:00:00Z');
const HOUR = 3_600_000;

let sequence = 0;
const event = (fields: Record<string, unknown>): ListenerEvent => {
  const parsed = parseEvent({ event_id: `e${++sequence}`, user_id: 'u', at: NOW - HOUR, ...fields }, NOW);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return parsed.event;
};

const item = (fields: Record<string, unknown>, updatedAt: number): string => {
  const parsed = parseItem(fields, updatedAt);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return withSequence(toItemRow(parsed.item), ++sequence);
};

const insert = async (warehouse: Warehouse, ...events: ListenerEvent[]): Promise<void> => {
  for (const one of events) await warehouse.insert(one.kind, [withSequence(toRow(one), ++sequence)]);
};

const card = (item_id: string, slot: number, explored = false) => ({
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

const slate = (slate_id: string, fields: Record<string, unknown> = {}) => ({
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
const unitRow = (user_id: string): string => {
  const at = toTimestamp(NOW);
  const row = { batch: 'b', unit_id: `u-${user_id}`, kind: 'session', user_id, start: at, observed_until: at };
  return JSON.stringify(row);
};

const oneOfEach = (user_id: string): ListenerEvent[] => [
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

const exported = async (warehouse: Warehouse, userId: string): Promise<ListenerEvent[]> => {
  const rows = await warehouse.query(queries.userExport, { user_id: userId });
  return rows.map(({ kind, row }) => fromRow(kind as ListenerEvent['kind'], JSON.parse(row)));
};

const totals = async (warehouse: Warehouse): Promise<Record<string, number>> => {
  const rows = await warehouse.query(queries.overview, {});
  return Object.fromEntries(rows.filter((row) => row.row_count > 0).map((row) => [row.kind, row.row_count]));
};

/** The engine lays out long types over several lines. */
const oneLine = (type: string): string => type.replace(/\(\n\s+/g, '(').replace(/,\n\s+/g, ', ');

export const warehouseContract = ({ open, bytesOnDisk }: WarehouseHarness): void => {
  it('gives every kind of event back as it was, also after opening again', async () => {
    let warehouse = await open();
    const events = oneOfEach('u1');
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(EVENT_KINDS));
    await insert(warehouse, ...events);
    for (let round = 0; round < 2; round++) {
      const found = await exported(warehouse, 'u1');
      for (const one of events) {
        expect(found.find(({ eventId }) => eventId === one.eventId)).toMatchObject(one);
      }
      expect(found).toHaveLength(events.length);
      await warehouse.close();
      warehouse = await open();
    }
    await warehouse.close();
  });

  it('keeps unknown as unknown', async () => {
    const warehouse = await open();
    await insert(warehouse, event({ type: 'play', user_id: 'bare', item_id: 'track:a' }));
    const [play] = await warehouse.query(queries.userEvents, { user_id: 'bare', limit: 10 });
    expect(play).toMatchObject({ ms_played: null, skipped: null, source: null, slot: null, time_zone: null });
    await warehouse.close();
  });

  it('keeps any text, and binds values instead of reading them as SQL', async () => {
    const warehouse = await open();
    const texts = [
      ...fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), { seed: 7, numRuns: 60 }),
      "it's",
      'a\\',
      '\\N',
      '\0',
      '{x:String}',
      'a\tb\nc',
    ];
    const distinct = [...new Set(texts)];
    const rows = distinct.map((text, index) =>
      withSequence(
        toRow(event({ type: 'play', user_id: text, item_id: 'track:a', event_id: `t${index}` })),
        ++sequence,
      ),
    );
    await warehouse.insert('play', rows);
    for (const [index, text] of distinct.entries()) {
      const found = await warehouse.query(queries.userEvents, { user_id: text, limit: 10 });
      expect(found.map(({ event_id }) => event_id)).toEqual([`t${index}`]);
    }
    await warehouse.close();
  });

  it('takes half of a surrogate pair, which is legal JSON text', async () => {
    const warehouse = await open();
    await insert(warehouse, event({ type: 'play', user_id: 'half', item_id: 'track:a', note: '\ud800' }));
    expect(await warehouse.query(queries.userEvents, { user_id: 'half', limit: 10 })).toHaveLength(1);
    await warehouse.close();
  });

  it('refuses a row that is at fault, whole batch and all', async () => {
    const warehouse = await open();
    const good = toRow(event({ type: 'play', user_id: 'mixed', item_id: 'track:a' }));
    const bad = JSON.stringify({ ...JSON.parse(good), ms_played: 'long' });
    await expect(warehouse.insert('play', [withSequence(good, 1), withSequence(bad, 2)])).rejects.toMatchObject({
      code: 'invalid_data',
    });
    const odd = JSON.stringify({ ...JSON.parse(good), no_such_column: 1 });
    await expect(warehouse.insert('play', [withSequence(odd, 3)])).rejects.toMatchObject({ code: 'invalid_data' });
    expect(await warehouse.query(queries.userEvents, { user_id: 'mixed', limit: 10 })).toEqual([]);
    await warehouse.close();
  });

  it('takes a batch over all years there can be', async () => {
    const warehouse = await open();
    const rows = Array.from({ length: 27 }, (_, index) =>
      withSequence(
        toRow(event({ type: 'play', user_id: 'old', item_id: 'track:a', at: Date.UTC(2000 + index, 5, 1) })),
        ++sequence,
      ),
    );
    await warehouse.insert('play', rows);
    expect(await warehouse.query(queries.userEvents, { user_id: 'old', limit: 100 })).toHaveLength(27);
    await warehouse.close();
  });

  it('tells which sequences of a range a table has', async () => {
    const warehouse = await open();
    const row = (): string => toRow(event({ type: 'play', user_id: 'seq', item_id: 'track:a' }));
    await warehouse.insert(
      'play',
      [900_001, 900_003, 900_009].map((at) => withSequence(row(), at)),
    );
    expect(await warehouse.query(queries.sequencesPresent, { table: 'play', from: 900_001, to: 900_009 })).toEqual([
      { sequence: 900_001 },
      { sequence: 900_003 },
    ]);
    await warehouse.close();
  });

  it('streams what it answers, block after block', async () => {
    const warehouse = await open();
    const rows = Array.from({ length: 3000 }, (_, index) =>
      withSequence(
        toRow(event({ type: 'play', user_id: `many${index % 7}`, item_id: `track:${index}`, ms_played: 40_000 })),
        ++sequence,
      ),
    );
    await warehouse.insert('play', rows);
    const whole = await warehouse.query(queries.interactions, { sample_permille: 1000 });
    const streamed = [];
    for await (const block of warehouse.stream(queries.interactions, { sample_permille: 1000 }))
      streamed.push(...block);
    expect(streamed).toEqual(whole);
    expect(whole.filter(({ user_id }) => user_id.startsWith('many'))).toHaveLength(3000);

    // Left in the middle, it lets go; two at once do not meet.
    for await (const _ of warehouse.stream(queries.interactions, { sample_permille: 1000 })) break;
    const both = await Promise.all(
      [1, 2].map(async () => {
        let count = 0;
        for await (const block of warehouse.stream(queries.interactions, { sample_permille: 1000 }))
          count += block.length;
        return count;
      }),
    );
    expect(both).toEqual([whole.length, whole.length]);
    await warehouse.close();
  });

  it('stops a query that would cost too much, and answers the next one', async () => {
    const warehouse = await open();
    const endless = { ...queries.overview, sql: 'SELECT max(sipHash64(number)) FROM numbers(1000000000000)' };
    await expect(warehouse.query(endless, {})).rejects.toMatchObject({
      code: 'warehouse_unavailable',
      message: expect.stringContaining('overview'),
    });
    await expect(
      (async () => {
        for await (const _ of warehouse.stream(endless, {})) break;
      })(),
    ).rejects.toMatchObject({ code: 'warehouse_unavailable' });
    await warehouse.query(queries.overview, {});
    await warehouse.close();
  });

  it('says which query was wrong when one is', async () => {
    const warehouse = await open();
    const wrong = { ...queries.overview, name: 'wrong_one', sql: 'SELECT no_such_column FROM play' };
    await expect(warehouse.query(wrong, {})).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringMatching(/wrong_one.*no_such_column/s),
    });
    await warehouse.close();
  });

  it('erases a user from every table and from the disk, and nobody else', async () => {
    const warehouse = await open();
    await warehouse.clear();
    const secret = 'erase-me-7f3a';
    await insert(warehouse, ...oneOfEach(secret), ...oneOfEach('stays'));
    await warehouse.insert('unit', [unitRow(secret), unitRow('stays')]);
    const removed = await warehouse.eraseUser(secret as UserId);
    expect(removed).toEqual({ ...Object.fromEntries(EVENT_KINDS.map((kind) => [kind, 1])), item: 0, unit: 1 });
    expect(await exported(warehouse, secret)).toEqual([]);
    expect(await exported(warehouse, 'stays')).toHaveLength(EVENT_KINDS.length);
    expect(Object.values(await warehouse.eraseUser(secret as UserId)).every((rows) => rows === 0)).toBe(true);
    if (bytesOnDisk !== undefined) {
      await expect.poll(() => bytesOnDisk(secret), { timeout: 90_000, interval: 500 }).toBe(0);
    }
    await warehouse.close();
  });

  it('is empty when cleared, and takes rows again', async () => {
    const warehouse = await open();
    await insert(warehouse, ...oneOfEach('u'));
    await warehouse.insert('item', [item({ item_id: 'track:a', title: 'A' }, NOW)]);
    await warehouse.clear();
    expect(await totals(warehouse)).toEqual({});
    await insert(warehouse, event({ type: 'play', item_id: 'track:a' }));
    expect(await totals(warehouse)).toEqual({ play: 1 });
    await warehouse.close();
  });

  it('answers a ping while it is open, and says when it is not', async () => {
    const warehouse = await open();
    await warehouse.ping();
    await warehouse.close();
    await warehouse.close();
    for (const call of [() => warehouse.ping(), () => warehouse.query(queries.overview, {})]) {
      await expect((async () => call())()).rejects.toMatchObject({ code: 'warehouse_unavailable' });
    }
  });

  it('knows the queries of the catalogue by example, with the columns they declare', async () => {
    const warehouse = await open();
    expect(Object.values(queries).length).toBeGreaterThan(15);
    for (const query of Object.values(queries)) {
      const asked = query as unknown as typeof queries.overview;
      await warehouse.query(asked, query.example as Record<string, never>);
      const described = await warehouse.query(
        { ...asked, sql: `DESCRIBE (${query.sql}\n)` },
        query.example as Record<string, never>,
      );
      const found = (described as unknown as { name: string; type: string }[]).map(({ name, type }) => [
        name,
        oneLine(type),
      ]);
      expect(found, query.name).toEqual(Object.entries(query.columns));
    }
    await warehouse.close();
  });

  it('counts listens as the domain does', async () => {
    const warehouse = await open();
    await warehouse.clear();
    const choices = [undefined, 0, 17_999, 18_000, 29_999, 30_000, 200_000];
    const plays = choices.flatMap((ms_played) =>
      [undefined, 0, 20_000, 300_000].flatMap((duration_ms) =>
        [undefined, true, false].map((skipped) => ({ ms_played, duration_ms, skipped })),
      ),
    );
    const events = plays.map((fields, index) =>
      event({ type: 'play', item_id: `track:${index}`, ...JSON.parse(JSON.stringify(fields)) }),
    );
    await warehouse.insert(
      'play',
      events.map((one) => withSequence(toRow(one), ++sequence)),
    );
    const found = await warehouse.query(queries.interactions, { sample_permille: 1000 });
    const listens = new Map(found.map((row) => [row.item_id, row.listens]));
    for (const [index, one] of events.entries()) {
      const expected = isListen(one as Parameters<typeof isListen>[0]) ? 1 : 0;
      expect(listens.get(`track:${index}`), JSON.stringify(plays[index])).toBe(expected);
    }
    await warehouse.close();
  });

  it('sums up plays, tallies and opinions of a user and an item', async () => {
    const warehouse = await open();
    await warehouse.clear();
    const at = (minutes: number) => NOW - HOUR + minutes * 60_000;
    const act = (action: string, minutes: number, item_id = 'track:a') =>
      event({ type: 'action', action, item_id, at: at(minutes) });
    await insert(
      warehouse,
      event({ type: 'play', item_id: 'track:a', ms_played: 60_000, at: at(1) }),
      event({ type: 'play', item_id: 'track:a', ms_played: 1000, at: at(2) }),
      event({ type: 'tally', item_id: 'track:a', plays: 5, at: at(3) }),
      event({ type: 'tally', item_id: 'track:a', plays: 2, at: at(4) }),
      act('like', 5),
      act('hide', 6),
      act('unhide', 7),
      act('dislike', 5, 'track:b'),
      act('like', 6, 'track:c'),
      act('dislike', 7, 'track:c'),
      act('hide', 1, 'track:d'),
      act('like', 1, 'track:e'),
      act('unlike', 2, 'track:e'),
    );
    const rows = await warehouse.query(queries.interactions, { sample_permille: 1000 });
    const brief = rows.map(({ item_id, listens, plays, last_at, liked, disliked, hidden }) => [
      item_id,
      listens,
      plays,
      last_at === null ? null : fromTimestamp(last_at),
      `${liked ? 'l' : ''}${disliked ? 'd' : ''}${hidden ? 'h' : ''}`,
    ]);
    expect(brief).toEqual([
      ['track:a', 8, 9, at(4), 'l'],
      ['track:b', 0, 0, null, 'd'],
      ['track:c', 0, 0, null, 'd'],
      ['track:d', 0, 0, null, 'h'],
      ['track:e', 0, 0, null, ''],
    ]);
    expect(await warehouse.query(queries.itemAudience, { item_id: 'track:a' })).toEqual([{ listeners: 1, plays: 9 }]);
    expect(await warehouse.query(queries.userTallies, { user_id: 'u', before: sequence + 1 })).toEqual([
      { item_id: 'track:a', plays: 7, at: toTimestamp(at(4)) },
    ]);
    // The second count came nine records before the last one.
    expect(await warehouse.query(queries.userTallies, { user_id: 'u', before: sequence - 9 })).toEqual([
      { item_id: 'track:a', plays: 5, at: toTimestamp(at(3)) },
    ]);
    expect(await warehouse.query(queries.usersSearch, { prefix: '', limit: 5 })).toEqual([
      { user_id: 'u', plays: 9, last_at: toTimestamp(at(2)) },
    ]);
    expect(await warehouse.query(queries.population, {})).toEqual([{ listeners: 1, items: 0, items_played: 1 }]);
    expect(await warehouse.query(queries.playsSince, { since: toTimestamp(NOW - 1) })).toEqual([{ plays: 4 }]);
    expect(await warehouse.query(queries.playsSince, { since: toTimestamp(NOW) })).toEqual([{ plays: 0 }]);
    await warehouse.close();
  });

  it('cuts plays into sessions where nothing begins for longer than the gap', async () => {
    const warehouse = await open();
    await warehouse.clear();
    const plays = [0, 10, 40, 71, 80, 200].map((minutes, index) =>
      event({ type: 'play', item_id: `track:${index}`, at: NOW - 5 * HOUR + minutes * 60_000 }),
    );
    const other = event({ type: 'play', user_id: 'v', item_id: 'track:x', at: NOW - 5 * HOUR });
    // In any order of arrival: sessions follow the time of the plays.
    await insert(warehouse, ...[plays[3]!, plays[0]!, plays[5]!, plays[1]!, plays[4]!, plays[2]!, other]);
    const sessions = await warehouse.query(queries.sessionItems, { gap_ms: 30 * 60_000, sample_permille: 1000 });
    expect(sessions.map(({ items }) => items.join(' '))).toEqual(['track:0 track:1 track:2', 'track:3 track:4']);
    await warehouse.close();
  });

  it('gives the latest version of an item, fields that became unknown included', async () => {
    const warehouse = await open();
    await warehouse.clear();
    await warehouse.insert('item', [
      item({ item_id: 'track:a', title: 'Old', artist: 'X', tags: ['rock'] }, NOW - 2000),
      item({ item_id: 'track:a', title: 'New', available: false }, NOW),
      item({ item_id: 'track:a', title: 'Middle', artist: 'Y' }, NOW - 1000),
      item({ item_id: 'album:b', title: 'B' }, NOW),
    ]);
    const rows = await warehouse.query(queries.catalogue, {});
    expect(
      rows.map(({ item_id, title, artist, tags, available, added_at }) => [
        item_id,
        title,
        artist,
        tags,
        available,
        fromTimestamp(added_at),
      ]),
    ).toEqual([
      ['album:b', 'B', null, [], null, NOW],
      ['track:a', 'New', null, [], false, NOW - 2000],
    ]);
    await warehouse.close();
  });

  it('knows the pools as they stand', async () => {
    const warehouse = await open();
    await warehouse.clear();
    const change = (pool_id: string, fields: Record<string, unknown>, minutes: number) =>
      event({ type: 'editor', user_id: 'ed', pool_id, change: 'put', at: NOW - HOUR + minutes * 60_000, ...fields });
    await insert(
      warehouse,
      change('calm', { title: 'Old', items: ['track:a'] }, 1),
      change('calm', { title: 'Calm', items: ['track:b', 'track:a'] }, 2),
      change('gone', { title: 'Gone' }, 1),
      change('gone', { change: 'remove' }, 2),
    );
    const rows = await warehouse.query(queries.pools, {});
    expect(rows.map(({ pool_id, title, items }) => [pool_id, title, items])).toEqual([
      ['calm', 'Calm', ['track:b', 'track:a']],
    ]);
    await warehouse.close();
  });

  it('finds slates, and what became of their cards', async () => {
    const warehouse = await open();
    await warehouse.clear();
    await insert(
      warehouse,
      event({ ...slate('s1'), at: NOW - 3 * HOUR }),
      event({ ...slate('s2'), user_id: 'v', surface: 'radio', at: NOW - 2 * HOUR }),
      event({ type: 'impression', slate_id: 's1', item_id: 'track:a', visible_ms: 500 }),
      event({ type: 'impression', slate_id: 's1', item_id: 'track:a' }),
      event({ type: 'play', slate_id: 's1', item_id: 'track:a', ms_played: 1000 }),
      event({ type: 'play', slate_id: 's2', item_id: 'track:a', ms_played: 9000 }),
      event({ type: 'action', slate_id: 's1', item_id: 'track:b', action: 'like', at: NOW - 10 }),
      event({ type: 'action', slate_id: 's1', item_id: 'track:b', action: 'hide', at: NOW - 5 }),
    );
    expect(await warehouse.query(queries.slateOutcomes, { slate_id: 's1' })).toEqual([
      { item_id: 'track:a', impressions: 2, visible_ms: 500, plays: 1, ms_played: 1000, actions: [] },
      { item_id: 'track:b', impressions: 0, visible_ms: null, plays: 0, ms_played: null, actions: ['like', 'hide'] },
    ]);
    const before = toTimestamp(NOW);
    const ids = async (params: object) =>
      (await warehouse.query(queries.slatesRecent, { user_id: '', surface: '', before, limit: 10, ...params })).map(
        (row) => `${row.slate_id} ${row.cards} ${row.explored}`,
      );
    expect(await ids({})).toEqual(['s2 2 1', 's1 2 1']);
    expect(await ids({ user_id: 'u' })).toEqual(['s1 2 1']);
    expect(await ids({ surface: 'radio' })).toEqual(['s2 2 1']);
    expect(await ids({ before: toTimestamp(NOW - 2 * HOUR) })).toEqual(['s1 2 1']);
    const [found] = await warehouse.query(queries.slateById, { slate_id: 's2' });
    expect(JSON.parse(found!.candidates)).toEqual({ band: [1, 2, { deep: 'ü' }] });
    expect(await warehouse.query(queries.slateById, { slate_id: 'no' })).toEqual([]);
    const recent = async (home: number, radio: number) => {
      const since = [toTimestamp(home), toTimestamp(radio)];
      const params = { user_id: 'u', surfaces: ['home', 'radio'], since, limit: 5 };
      return (await warehouse.query(queries.userSlatesRecent, params)).map(({ slate_id }) => slate_id);
    };
    expect(await recent(0, 0)).toEqual(['s1']);
    expect(await recent(0, NOW)).toEqual(['s1']);
    expect(await recent(NOW, 0)).toEqual([]);
    await warehouse.close();
  });

  it('reads cards that lie as a list, as rows of before have them, the same as cards in columns', async () => {
    const warehouse = await open();
    await warehouse.clear();
    const seen = event({
      ...slate('s1'),
      cards: [card('track:a', 0), { ...card('track:b', 1, true), shelf: 'picked' }],
    });
    if (seen.kind !== 'slate') throw new Error('expected a slate');
    const row = JSON.parse(toRow(seen)) as Record<string, unknown>;
    const list = seen.cards.map(({ itemId, ...rest }) => ({ ...rest, item_id: itemId }));
    const before = { ...row, event_id: 's2', slate_id: 's2', cards: JSON.stringify(list) };
    await insert(warehouse, seen);
    await warehouse.insert('slate', [withSequence(JSON.stringify(before), ++sequence)]);
    for (const slate_id of ['s1', 's2']) {
      await insert(warehouse, event({ type: 'impression', slate_id, item_id: 'track:b', visible_ms: 2000 }));
    }
    const span = { from: toTimestamp(NOW - 24 * HOUR).slice(0, 10), to: toTimestamp(NOW + 24 * HOUR).slice(0, 10) };
    const [since, until] = [toTimestamp(NOW - 24 * HOUR), toTimestamp(NOW)];

    const places = await warehouse.query(queries.metricPlaces, {
      ...span,
      by_surface: false,
      by_intent: false,
      by_device: false,
    });
    expect(places.map(({ place, delivered, examined }) => [place, delivered, examined])).toEqual([
      [0, 2, 0],
      [1, 2, 2],
    ]);
    const clicks = await warehouse.query(queries.slateClicks, { experiment: '', from: since, until });
    expect(clicks.map(({ delivered, examined }) => [delivered, examined])).toEqual([
      [2, 1],
      [2, 1],
    ]);
    const looked = { surface: 'home', since, until, examined_ms: 1000, examined_fraction: 0.5 };
    expect(await warehouse.query(queries.browsingAlongShelves, looked)).toEqual([
      { device: 'unknown', deepest: 2, at_end: true, visits: 2 },
    ]);
    expect(await warehouse.query(queries.browsingDownPages, looked)).toEqual([
      { device: 'unknown', deepest: 1, at_end: true, visits: 2 },
    ]);
    const recent = { user_id: '', surface: '', before: until, limit: 10 };
    const summaries = await warehouse.query(queries.slatesRecent, recent);
    expect(summaries.map(({ cards, explored }) => [cards, explored])).toEqual([
      [2, 1],
      [2, 1],
    ]);
    const log = await warehouse.query(queries.listenerLog, { user_ids: ['u'], since, until });
    const told = log.flatMap(({ kind, row: text }) => (kind === 'slate' ? [JSON.parse(text).at(-1) as string] : []));
    expect(told[0]).toBe(told[1]);
    expect(JSON.parse(told[0]!)).toEqual([
      { item_id: 'track:a', row: 0, slot: 0, shelf: 'fresh', explored: false },
      { item_id: 'track:b', row: 0, slot: 1, shelf: 'picked', explored: true },
    ]);
    for (const slate_id of ['s1', 's2']) {
      const outcomes = await warehouse.query(queries.slateOutcomes, { slate_id });
      expect(outcomes.map(({ item_id, impressions }) => [item_id, impressions])).toEqual([
        ['track:a', 0],
        ['track:b', 1],
      ]);
      const [found] = await warehouse.query(queries.slateById, { slate_id });
      expect(fromRow('slate', { ...found })).toMatchObject({ cards: seen.cards });
    }
    await warehouse.close();
  });
};
