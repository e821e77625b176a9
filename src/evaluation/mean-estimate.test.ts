import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { meanEstimate } from './mean-estimate.ts';

describe('meanEstimate', () => {
  it('is done by hand', () => {
    // 1, 2, 3, 6: mean 3, variance (4 + 1 + 0 + 9) / 3 = 14/3, standard error √(14/3/4) = 1.080123.
    const estimate = meanEstimate([1, undefined, 2, 3, undefined, 6]);
    expect(estimate).toEqual({
      ok: true,
      value: 3,
      interval: { lower: expect.closeTo(3 - 2.117003, 5), upper: expect.closeTo(3 + 2.117003, 5) },
      level: 0.95,
      n: 4,
      method: 'mean, normal interval',
    });
  });

  it('says why there is none', () => {
    expect(meanEstimate([undefined])).toEqual({ ok: false, reason: 'no_units' });
    expect(meanEstimate([0.5])).toEqual({ ok: false, reason: 'one_unit' });
  });

  it('covers the truth as often as it says', () => {
    // 2,000 worlds of 200 uniform values. Coverage 0.95 ± 4·√(0.95·0.05/2000) = ± 0.0195: a false alarm in 1 of 16,000.
    const rng = createRng('coverage');
    let covered = 0;
    for (let world = 0; world < 2000; world++) {
      const estimate = meanEstimate(Array.from({ length: 200 }, () => rng.next()));
      if (estimate.ok && estimate.interval.lower <= 0.5 && estimate.interval.upper >= 0.5) covered++;
    }
    expect(Math.abs(covered / 2000 - 0.95)).toBeLessThan(0.0195);
  });
});
