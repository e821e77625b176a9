/** What the queries tell of slates and of what became of their cards. */

import { expect, it } from 'vitest';
import { fromRow, toRow, toTimestamp } from '#domain';
import { queries } from './queries/index.ts';
import { withSequence } from './tables.ts';
import {
  card,
  event,
  HOUR,
  insert,
  NOW,
  nextSequence,
  slate,
  type WarehouseHarness,
} from './warehouse-harness.contract.ts';

export const slateQueriesContract = ({ open }: WarehouseHarness): void => {
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
    await warehouse.insert('slate', [withSequence(JSON.stringify(before), nextSequence())]);
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
