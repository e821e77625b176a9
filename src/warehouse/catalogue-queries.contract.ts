/** What the queries tell of items and pools, as they stand now. */

import { expect, it } from 'vitest';
import { fromTimestamp } from '#domain';
import { queries } from './queries/index.ts';
import { event, HOUR, insert, item, NOW, type WarehouseHarness } from './warehouse-harness.contract.ts';

export const catalogueQueriesContract = ({ open }: WarehouseHarness): void => {
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
};
