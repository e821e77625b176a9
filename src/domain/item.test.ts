import { describe, expect, it } from 'vitest';
import { fromItemRow, parseItem, toItemRow } from './item.ts';

describe('parseItem', () => {
  it('reads an item, keeps unknown fields and leaves absent ones unknown', () => {
    const parsed = parseItem({ item_id: 'track:a', title: 'A', mood: 'calm' }, 1000);
    expect(parsed).toEqual({
      ok: true,
      item: { itemId: 'track:a', type: 'track', title: 'A', updatedAt: 1000, extra: { mood: 'calm' } },
    });
  });

  it('names what is wrong', () => {
    const parsed = parseItem({ item_id: 'song:a', tags: 'rock', released_on: '12/1999' }, 0);
    expect(!parsed.ok && parsed.fields.map(({ field }) => field)).toEqual(['item_id', 'title', 'tags', 'released_on']);
    expect(parseItem(null, 0).ok).toBe(false);
  });

  it('writes the row of its table', () => {
    const parsed = parseItem({ item_id: 'track:a', title: 'A', duration_ms: 5, album_id: 'album:x' }, 0);
    expect(parsed.ok && JSON.parse(toItemRow(parsed.item))).toEqual({
      item_id: 'track:a',
      type: 'track',
      title: 'A',
      duration_ms: 5,
      album_id: 'album:x',
      updated_at: '1970-01-01 00:00:00.000',
      extra: '{}',
    });
  });

  it('is read back from its row, without columns that are null or no fields of an item', () => {
    const wire = {
      item_id: 'album:a',
      title: 'A',
      artist: 'B',
      artist_id: 'artist:b',
      album: 'A',
      album_id: 'album:a',
      tags: ['rock', 'calm'],
      duration_ms: 5,
      released_on: '1999-12-31',
      explicit: false,
      audio_url: 'https://a.example/a.mp3',
      image_url: 'https://a.example/a.png',
      external_ids: ['isrc:1'],
      available: true,
      mood: { of_day: 'calm' },
    };
    const parsed = parseItem(wire, 1_700_000_000_123);
    if (!parsed.ok) throw new Error('the item is one');
    const row = JSON.parse(toItemRow(parsed.item));
    expect(fromItemRow(row)).toStrictEqual(parsed.item);
    const { updatedAt, ...known } = fromItemRow({ ...row, artist: null, extra: '{}', sequence: 7, added_at: 'x' });
    expect(updatedAt).toBe(1_700_000_000_123);
    expect(known).toStrictEqual({ ...known, extra: {} });
    expect(Object.keys(known)).not.toContain('artist');
    expect(Object.keys(known)).toHaveLength(Object.keys(parsed.item).length - 2);
  });
});
