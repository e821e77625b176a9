import { describe, expect, it } from 'vitest';
import type { ItemPage } from '#api';
import { factsOf, yoursWords } from './view.ts';

const now = Date.parse('2024-06-30T12:00:00Z');
const yours = (plays: number, last_at: string | null = null) => ({ plays, first_at: null, last_at, feeling: null });

describe('an item’s page', () => {
  it('tells what the listener made of it', () => {
    expect(yoursWords(yours(0), now)).toBe('You have not played this yet.');
    expect(yoursWords(yours(1), now)).toBe('You played it once.');
    expect(yoursWords(yours(12, '2024-06-09T12:00:00Z'), now)).toBe('You played it 12 times, last 3 weeks ago.');
    expect(yoursWords(null, now)).toBe('');
  });

  it('has no line for what is not known', () => {
    const page = { item: { album: null, tags: ['dub'] }, released_on: null, yours: null } as unknown as ItemPage;
    expect(factsOf(page)).toEqual([['Tags', 'dub']]);
  });
});
