import { describe, expect, it } from 'vitest';
import { activeClock, hourWeights } from './active-clock.ts';

const HOUR = 3_600_000;
/** Nobody begins before 8; from 8 to 24 as many each hour. */
const DAYTIME = Array.from({ length: 24 }, (_, hour) => (hour < 8 ? 0 : 1e9));

describe('the active-hours clock', () => {
  it('keeps a day at 24 hours, whatever hour it begins at', () => {
    const clock = activeClock(hourWeights(DAYTIME));
    for (const at of [0, 5.5 * HOUR, 13.25 * HOUR, -31 * HOUR, 1_790_000_000_000]) {
      expect(clock(at, at + 24 * HOUR)).toBeCloseTo(24, 6);
    }
  });
  it('hardly runs at night: from ten in the evening to nine in the morning three of sixteen hours count', () => {
    const clock = activeClock(hourWeights(DAYTIME));
    expect(clock(22 * HOUR, 33 * HOUR)).toBeCloseTo((3 * 24) / 16, 4);
    expect(clock(0, 8 * HOUR)).toBeCloseTo(0, 4);
    expect(clock(12.5 * HOUR, 13 * HOUR)).toBeCloseTo((0.5 * 24) / 16, 4);
  });
  it('is the plain clock while nothing is known of the hours', () => {
    const clock = activeClock(hourWeights(new Array(24).fill(0)));
    expect(clock(3.25 * HOUR, 100 * HOUR)).toBeCloseTo(96.75, 9);
  });
  it('takes 24 counts', () => {
    expect(() => hourWeights([1, 2])).toThrow('expected 24');
  });
});
