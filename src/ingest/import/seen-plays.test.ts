import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeenPlays } from './seen-plays.ts';

const SEED = 20_261_124;
const AT = Date.UTC(2024, 2, 1, 12);

const play = (secondsLater: number, msPlayed: number, key = 'track:a') => ({
  key,
  at: AT + secondsLater * 1000,
  msPlayed,
  precisionMs: 1000,
});

describe('plays seen before', () => {
  it('are duplicates when all is the same, or when they overlap in time', () => {
    const seen = new SeenPlays();
    expect(seen.see(play(0, 200_000))).toEqual({ kind: 'new', nth: 0 });
    expect(seen.see(play(0, 200_000))).toEqual({ kind: 'duplicate' });
    expect(seen.see(play(150, 200_000))).toEqual({ kind: 'duplicate_other_time' });
    expect(seen.see(play(-198, 200_000))).toEqual({ kind: 'duplicate_other_time' });
  });

  it('are none when the track is on repeat, of another length, or another track', () => {
    const seen = new SeenPlays();
    seen.see(play(0, 200_400));
    // The next one ends 200.4 s later, which the clock writes as 200 or 201.
    expect(seen.see(play(200, 200_400)).kind).toBe('new');
    expect(seen.see(play(401, 200_400)).kind).toBe('new');
    expect(seen.see(play(10, 200_401)).kind).toBe('new');
    expect(seen.see(play(10, 200_400, 'track:b')).kind).toBe('new');
  });

  it('are counted within a minute, so that short plays keep ids of their own', () => {
    const seen = new SeenPlays();
    const kinds = [0, 5, 59, 60].map((second) => seen.see(play(second, 0)));
    expect(kinds).toEqual([0, 1, 2, 0].map((nth) => ({ kind: 'new', nth })));
  });

  it('are told as a list of all plays would tell them, in any order', () => {
    const some = fc.record({
      key: fc.constantFrom('track:a', 'track:b'),
      at: fc.integer({ min: 0, max: 900 }).map((s) => AT + s * 1000),
      msPlayed: fc.constantFrom(0, 1500, 60_000, 200_000),
      precisionMs: fc.constant(1000),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 40 }), (plays) => {
        const seen = new SeenPlays();
        const kept: (typeof plays)[number][] = [];
        for (const next of plays) {
          const same = kept.filter(({ key, msPlayed }) => key === next.key && msPlayed === next.msPlayed);
          const apart = same.map(({ at }) => Math.abs(at - next.at));
          const duplicate = apart.includes(0);
          const overlaps = apart.some((ms) => next.msPlayed - ms > 1000);
          const told = seen.see(next);
          const minute = (at: number) => Math.floor(at / 60_000);
          const nth = same.filter(({ at }) => minute(at) === minute(next.at)).length;
          if (duplicate) expect(told).toEqual({ kind: 'duplicate' });
          else if (overlaps) expect(told).toEqual({ kind: 'duplicate_other_time' });
          else expect(told).toEqual({ kind: 'new', nth });
          if (told.kind === 'new') kept.push(next);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('are remembered up to the limit, and then forgotten, not mistaken', () => {
    const plays = Array.from({ length: 100_000 }, (_, i) => play(i * 300, 200_000, `track:${i % 977}`));
    const repeats = (seen: SeenPlays): number => plays.filter((each) => seen.see(each).kind !== 'new').length;
    const roomy = new SeenPlays();
    expect(repeats(roomy)).toBe(0);
    expect(repeats(roomy)).toBe(plays.length);
    const tight = new SeenPlays({ maxPlays: 10_000 });
    expect(repeats(tight)).toBe(0);
    expect(repeats(tight)).toBe(0);
    expect(plays.slice(-10_000).filter((each) => tight.see(each).kind === 'duplicate')).toHaveLength(10_000);
  });
});
