import { describe, expect, it } from 'vitest';
import { type ClusterArms, weightedDifference } from './weighted-difference.ts';

const cluster = (w1: number, y1: number, w0: number, y0: number): ClusterArms => ({
  treated: { weight: w1, outcome: y1 },
  control: { weight: w0, outcome: y0 },
});

describe('the difference of weighted means', () => {
  it('is by hand what the formula says', () => {
    // Means 3/4 and 1/2. d: (1 - .75·2)/4 - (1 - .5·1)/4 = -.25; (2 - .75·2)/4 - (1 - .5·3)/4 = .25. Σ d²·2/1 = .25.
    const estimate = weightedDifference([cluster(2, 1, 1, 1), cluster(2, 2, 3, 1)]);
    expect(estimate).toMatchObject({ ok: true, value: 0.25, n: 2 });
    // t(0.975, 1) = 12.7062.
    expect(estimate.ok && estimate.interval.upper).toBeCloseTo(0.25 + 12.706204736 * 0.5, 6);
  });

  it('does not change when all weights of an arm are scaled', () => {
    const clusters = [cluster(1, 1, 1, 0), cluster(2, 1, 1, 1), cluster(1, 0, 2, 1)];
    const scaled = clusters.map(({ treated, control }) =>
      cluster(treated.weight, treated.outcome, 7 * control.weight, 7 * control.outcome),
    );
    const [a, b] = [weightedDifference(clusters), weightedDifference(scaled)];
    expect(a.ok && b.ok && [b.value, b.interval.lower]).toEqual(
      a.ok && [expect.closeTo(a.value, 12), expect.closeTo(a.interval.lower, 12)],
    );
  });

  it('says why there is none', () => {
    expect(weightedDifference([])).toEqual({ ok: false, reason: 'no_units' });
    expect(weightedDifference([cluster(1, 1, 1, 1)])).toEqual({ ok: false, reason: 'one_unit' });
    expect(weightedDifference([cluster(1, 1, 0, 0), cluster(1, 1, 0, 0)])).toEqual({
      ok: false,
      reason: 'zero_denominator',
    });
  });
});
