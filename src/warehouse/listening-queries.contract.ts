/** What the queries tell of plays, tallies and opinions, and of sessions. */

import { expect, it } from 'vitest';
import { fromTimestamp, isListen, toRow, toTimestamp } from '#domain';
import { queries } from './queries/index.ts';
import { withSequence } from './tables.ts';
import {
  event,
  HOUR,
  insert,
  lastSequence,
  NOW,
  nextSequence,
  type WarehouseHarness,
} from './warehouse-harness.contract.ts';

export const listeningQueriesContract = ({ open }: WarehouseHarness): void => {
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
      events.map((one) => withSequence(toRow(one), nextSequence())),
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
    expect(await warehouse.query(queries.userTallies, { user_id: 'u', before: lastSequence() + 1 })).toEqual([
      { item_id: 'track:a', plays: 7, at: toTimestamp(at(4)) },
    ]);
    // The second count came nine records before the last one.
    expect(await warehouse.query(queries.userTallies, { user_id: 'u', before: lastSequence() - 9 })).toEqual([
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
};
