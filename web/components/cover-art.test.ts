import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverArt } from './cover-art.ts';

const ids = fc.string({ minLength: 1, maxLength: 40 });

describe('a drawn cover', () => {
  it('is the same for the same ids', () => {
    fc.assert(
      fc.property(ids, ids, (item, artist) => {
        expect(coverArt(item, artist)).toEqual(coverArt(item, artist));
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('is made of finite numbers only', () => {
    fc.assert(
      fc.property(ids, ids, (item, artist) => {
        const { figures } = coverArt(item, artist);
        expect(figures.length).toBeGreaterThan(0);
        expect(figures.every(({ d }) => /^M/.test(d) && !/NaN|Infinity|undefined/.test(d))).toBe(true);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('shares its ground with the artist’s other recordings', () => {
    expect(coverArt('track:a', 'artist:x').ground).toBe(coverArt('track:b', 'artist:x').ground);
    expect(coverArt('track:a', 'artist:x').ground).not.toBe(coverArt('track:a', 'artist:y').ground);
  });

  it('differs between recordings', () => {
    const drawings = Array.from({ length: 100 }, (_, n) => JSON.stringify(coverArt(`track:${n}`, 'artist:x').figures));
    expect(new Set(drawings).size).toBe(100);
  });
});
