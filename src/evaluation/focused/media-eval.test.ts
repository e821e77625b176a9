import { describe, expect, it } from 'vitest';
import { mergeJudged, statusesByBin, statusesByOverlap, statusesByTolerance } from './part-relevance.ts';
import type { Part } from './parts.ts';
import { segmentPrecision } from './segment-precision.ts';

const part = (start: number, end: number, source = 'a'): Part => ({ source, start, end });
const judged = (start: number, end: number, relevance: number, source = 'a') => ({ source, start, end, relevance });

describe('parts judged one by one', () => {
  const opinions = [judged(15, 25, 1), judged(25, 28, 1), judged(40, 50, 1), judged(0, 10, 0)];
  const merged = mergeJudged(opinions);

  it('relevant ones that touch are one', () => {
    expect(merged.relevant.get('a')).toMatchObject([part(15, 28), part(40, 50)]);
    expect(merged.relevantCount).toBe(2);
  });

  it('by overlap: a single point will do, relevant before not', () => {
    const ranking = [part(28, 30), part(5, 15), part(5, 14), part(30, 39), part(15, 20, 'b')];
    expect(statusesByOverlap(ranking, merged).join('')).toBe('110--');
  });

  it('by tolerance: relevant within it, and heard before', () => {
    // In at 3: nothing begins before 13. At 8: 15 comes in time, heard to 28. At 20: heard. At 2: reaches into what was heard.
    const ranking = [part(3, 6), part(8, 12), part(20, 22), part(2, 9), part(35, 36)];
    expect(statusesByTolerance(ranking, merged, 10).join('')).toBe('01sS1');
  });

  it('by bins: each once, where it is first ranked', () => {
    const { statuses, relevantCount } = statusesByBin([part(0, 21), part(30, 60), part(5, 9)], opinions, 10);
    // Bins 0 1 2, then 3 4 5; 1, 2 and 4 are relevant, 0 is judged not to be.
    expect(statuses.join('')).toBe('011-1-');
    expect(relevantCount).toBe(3);
  });
});

describe('segment precision', () => {
  const relevant = new Map([['a', [part(10, 20), part(40, 50)]]]);

  it('is precision in seconds as each point of recall is passed', () => {
    // Heard 0-20: relevant second k after 10 + k seconds. Then 30 s of nothing, then 45-50 after 50 s: 10 + k of 50 + k.
    const { average, relevantSeconds, retrievedSeconds, foundSeconds } = segmentPrecision(
      [part(0, 15), part(0, 30, 'b'), part(45, 46)],
      relevant,
    );
    expect([relevantSeconds, retrievedSeconds, foundSeconds]).toEqual([20, 55, 15]);
    const first = Array.from({ length: 10 }, () => 0.5);
    const second = Array.from({ length: 5 }, () => 15 / 55);
    // Rising precision is interpolated to the best that follows; 21 points, 1 at no recall, 0 for what was not found.
    expect(average).toBeCloseTo([1, ...first, ...second].reduce((sum, value) => sum + value, 0) / 21, 12);
  });

  it('gains nothing from what was heard, and 0 from nothing', () => {
    const twice = segmentPrecision([part(10, 20), part(10, 20)], relevant);
    expect(twice.foundSeconds).toBe(10);
    expect(twice.retrievedSeconds).toBe(20);
    expect(segmentPrecision([part(0, 5)], relevant).average).toBe(0);
  });

  it('counts hundredths of long recordings', () => {
    const long = new Map([['a', [part(0, 1000)]]]);
    const { average, afterHundredths } = segmentPrecision([part(0, 300)], long);
    // The listener stays to the end of what is relevant.
    expect(average).toBeCloseTo(1, 12);
    expect(afterHundredths(20)).toBe(1);
    expect(afterHundredths(100)).toBe(0);
  });
});
