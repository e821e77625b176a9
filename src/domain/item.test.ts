import { describe, expect, it } from 'vitest';
import { parseItem, toItemRow } from './item.ts';

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
});
