import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '#domain';
import { JOURNEY_STAGES, journeyOf, type Touch } from './journey.ts';

const day = (n: number): number => n * DAY_MS;
const touch = (n: number, kind: Touch['kind']): Touch => ({ at: day(n), kind });
const stages = (touches: readonly Touch[], until: number) =>
  journeyOf(touches, day(until)).map(({ stage, at }) => [stage, at / DAY_MS]);

describe('a journey', () => {
  it('goes from seen to sampled to engaged by two listens in a week', () => {
    const touches = [touch(0, 'seen'), touch(1, 'listen'), touch(5, 'listen')];
    expect(stages(touches, 6)).toEqual([
      ['unaware', 0],
      ['exposed', 0],
      ['sampled', 1],
      ['engaged', 5],
    ]);
  });

  it('of two listens more than a week apart stays sampled', () => {
    expect(stages([touch(0, 'listen'), touch(8, 'listen')], 9).at(-1)).toEqual(['sampled', 0]);
  });

  it('becomes adopted by a save and habitual by listens in three of four weeks', () => {
    const touches = [touch(0, 'listen'), touch(0.5, 'adopt'), touch(8, 'listen'), touch(15, 'listen')];
    expect(stages(touches, 16).slice(-2)).toEqual([
      ['adopted', 0.5],
      ['habitual', 15],
    ]);
  });

  it('is saturated by three skips in a row, not by three with a listen between', () => {
    const begun = [touch(0, 'listen'), touch(1, 'listen')];
    const skips = [touch(2, 'skip'), touch(3, 'skip'), touch(4, 'skip')];
    expect(stages([...begun, ...skips], 5).at(-1)).toEqual(['saturated', 4]);
    const between = [touch(2, 'skip'), touch(3, 'skip'), touch(3.5, 'listen'), touch(4, 'skip')];
    expect(stages([...begun, ...between], 5).at(-1)).toEqual(['engaged', 1]);
  });

  it('falls asleep after four weeks, is lost after ninety days, and can be taken up again', () => {
    expect(stages([touch(0, 'listen')], 100).slice(-2)).toEqual([
      ['dormant', 28],
      ['lost', 90],
    ]);
    expect(stages([touch(0, 'listen'), touch(40, 'listen')], 41).slice(-2)).toEqual([
      ['dormant', 28],
      ['re_engaged', 40],
    ]);
  });

  it('of no touch does not exist', () => {
    expect(journeyOf([], day(1))).toEqual([]);
    expect(journeyOf([touch(2, 'listen')], day(1))).toEqual([]);
  });

  it('is in order of time, never enters the same stage twice in a row, and needs no order of its touches', () => {
    const touches = fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 200 }).map(day),
        kind: fc.constantFrom<Touch['kind']>('seen', 'listen', 'skip', 'adopt'),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(touches, (some) => {
        const entries = journeyOf(some, day(220));
        for (const [n, { stage, at }] of entries.entries()) {
          expect(JOURNEY_STAGES).toContain(stage);
          if (n > 0) {
            expect(at).toBeGreaterThanOrEqual(entries[n - 1]!.at);
            expect(stage).not.toBe(entries[n - 1]!.stage);
          }
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
