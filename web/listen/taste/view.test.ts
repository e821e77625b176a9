import { describe, expect, it } from 'vitest';
import type { Profile } from '#api';
import { fillMonths, monthsWords, viewErasure, wholeWords } from './view.ts';

const profile = (part: Partial<Profile>) =>
  ({ plays: 1204, first_at: null, listened_ms: null, ...part }) as unknown as Profile;

describe('my taste', () => {
  it('tells only what is known', () => {
    expect(wholeWords(profile({}))).toBe('1,204 plays.');
    expect(wholeWords(profile({ first_at: '2019-05-03T10:00:00Z', listened_ms: 62 * 3_600_000 }))).toBe(
      '1,204 plays since 3 May 2019, 62 hours of listening.',
    );
  });

  it('fills the months between', () => {
    expect(
      fillMonths([
        { month: '2023-11', plays: 4 },
        { month: '2024-02', plays: 1 },
      ]),
    ).toEqual([
      { month: '2023-11', plays: 4 },
      { month: '2023-12', plays: 0 },
      { month: '2024-01', plays: 0 },
      { month: '2024-02', plays: 1 },
    ]);
    expect(fillMonths([])).toEqual([]);
  });

  it('names the fullest month', () => {
    expect(
      monthsWords([
        { month: '2024-02', plays: 7 },
        { month: '2024-03', plays: 1 },
      ]),
    ).toBe('Over 2 months; most in February 2024, with 7 plays.');
  });

  it('claims an erasure only when nothing is left', () => {
    const removed = { play: 3, journal: 2, impression: 0 };
    expect(viewErasure({ user_id: 'me', removed, left: 0 })).toEqual({
      proven: true,
      words: '5 records removed. Then every place was looked through again: nothing is left.',
      places: [
        ['Play', '3'],
        ['Journal', '2'],
      ],
    });
    expect(viewErasure({ user_id: 'me', removed, left: 1 }).proven).toBe(false);
  });
});
