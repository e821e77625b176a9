import { describe, expect, it } from 'vitest';
import type { Card, Slate } from '#api';
import { viewWeekly, weekStart, weekWords } from './view.ts';

const card = (slot: number) => ({ slot, item: { item_id: `track:${slot}` } }) as Card;

describe('the weekly list', () => {
  it('sets the five closest apart, by their slot even when one of them was hidden', () => {
    const slate = {
      shelves: [{ short_because: 'only 7 tracks are new to you', cards: [0, 1, 2, 3, 4, 5, 6].map(card) }],
    } as unknown as Slate;
    const view = viewWeekly(slate, new Set(['track:1']));
    expect(view.closest.map(({ slot }) => slot)).toEqual([0, 2, 3, 4]);
    expect(view.further.map(({ slot }) => slot)).toEqual([5, 6]);
    expect(view.short).toEqual(['only 7 tracks are new to you']);
  });

  it('begins on Monday at six', () => {
    // 2024-12-09 is a Monday.
    const monday = new Date(2024, 11, 9, 6);
    for (const moment of [
      monday,
      new Date(2024, 11, 11, 12),
      new Date(2024, 11, 15, 23, 59),
      new Date(2024, 11, 16, 5, 59),
    ])
      expect(weekStart(moment)).toEqual(monday);
    expect(weekStart(new Date(2024, 11, 16, 6))).toEqual(new Date(2024, 11, 16, 6));
  });

  it('says how long it stands', () => {
    expect(weekWords(new Date(2024, 11, 11, 12))).toEqual({ since: 'Monday 9 December', daysLeft: 5 });
    expect(weekWords(new Date(2024, 11, 16, 5))).toEqual({ since: 'Monday 9 December', daysLeft: 0 });
  });
});
