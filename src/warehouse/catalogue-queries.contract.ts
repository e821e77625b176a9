/** What the queries tell of items and pools, as they stand now. */

import { expect, it } from 'vitest';
import { fromTimestamp, indexedFieldsOf, itemOfList, parseItem, readCatalogueLines } from '#domain';
import { queries } from './queries/index.ts';
import { event, HOUR, insert, item, NOW, type WarehouseHarness } from './warehouse-harness.contract.ts';

export const catalogueQueriesContract = ({ open }: WarehouseHarness): void => {
  it('gives the latest version of an item, fields that became unknown included', async () => {
    const warehouse = await open();
    await warehouse.clear();
    const tied = [item({ item_id: 'track:c', title: 'First' }, NOW), item({ item_id: 'track:c', title: 'Last' }, NOW)];
    await warehouse.insert('item', [
      item({ item_id: 'track:a', title: 'New', available: false }, NOW),
      item({ item_id: 'album:b', title: 'B' }, NOW),
      tied[1]!,
    ]);
    // In a part of its own: what came in later may be older.
    await warehouse.insert('item', [
      item({ item_id: 'track:a', title: 'Old', artist: 'X', tags: ['rock'] }, NOW - 2000),
      item({ item_id: 'track:a', title: 'Middle', artist: 'Y' }, NOW - 1000),
      tied[0]!,
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
      ['track:c', 'Last', null, [], null, NOW],
    ]);
    const traits = await warehouse.query(queries.itemTraits, {});
    expect(traits.map(({ item_id, tags }) => [item_id, tags])).toEqual([
      ['track:c', []],
      ['track:a', []],
      ['album:b', []],
    ]);
    await warehouse.close();
  });

  it('gives the catalogue as lines that are read as the items that came in', async () => {
    const warehouse = await open();
    await warehouse.clear();
    const wires = [
      { item_id: 'track:a', title: 'Before' },
      {
        item_id: 'track:a',
        title: 'Ä "quoted" [1] /\n',
        artist: 'X',
        artist_id: 'artist:x',
        album: 'Y',
        album_id: 'album:y',
        tags: ['rock', 'calm'],
        duration_ms: 2 ** 40,
        released_on: '1899-12-31',
        explicit: false,
        audio_url: 'https://a.example/a.mp3',
        image_url: 'https://a.example/a.png',
        external_ids: ['isrc:1'],
        available: true,
        mood: { of_day: ['calm'] },
      },
      { item_id: 'album:b', title: 'B', tags: [], external_ids: [] },
    ];
    const parsed = wires.map((wire, n) => parseItem(wire, NOW - 1000 + n));
    const items = parsed.flatMap((each) => (each.ok ? [each.item] : []));
    await warehouse.insert(
      'item',
      wires.map((wire, n) => item(wire, NOW - 1000 + n)),
    );
    const entries = [];
    for await (const block of warehouse.stream(queries.catalogueLines, {})) {
      for (const each of readCatalogueLines(block)) entries.push(...each);
    }
    expect(entries.map(({ list }) => itemOfList(new TextDecoder().decode(list)))).toEqual([items[2], items[1]]);
    expect(entries.map(({ fields }) => fields)).toEqual([items[2]!, items[1]!].map(indexedFieldsOf));
    expect(entries.map(({ addedAt }) => addedAt)).toEqual([NOW - 998, NOW - 1000]);
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
