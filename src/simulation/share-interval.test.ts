import { describe, expect, it } from 'vitest';
import { Moments, meanEstimate } from '#stats';
import { cutTo, onLogitScale } from './share-interval.ts';

const intervalOf = (values: readonly number[]) => {
  const estimate = onLogitScale(meanEstimate(Moments.of(values)));
  if (!estimate.ok) throw new Error(estimate.reason);
  return estimate;
};

describe('the interval of a share', () => {
  it('stays within 0 and 1 where the symmetric one does not', () => {
    const plain = meanEstimate(Moments.of([0.99, 0.7, 0.98]));
    expect(plain.ok && plain.interval.upper).toBeGreaterThan(1);
    const { value, interval } = intervalOf([0.99, 0.7, 0.98]);
    expect(interval.lower).toBeGreaterThan(0);
    expect(interval.lower).toBeLessThan(value);
    expect(interval.upper).toBeLessThan(1);
    expect(interval.upper).toBeGreaterThan(value);
  });

  it('is the symmetric one, nearly, in the middle and when it is narrow', () => {
    const plain = meanEstimate(Moments.of([0.5, 0.51, 0.49, 0.5]));
    const { interval } = intervalOf([0.5, 0.51, 0.49, 0.5]);
    expect(plain.ok && Math.abs(plain.interval.lower - interval.lower)).toBeLessThan(1e-4);
  });

  it('is a point where every world has the same, and has no number where there is none', () => {
    expect(intervalOf([1, 1, 1]).interval).toEqual({ lower: 1, upper: 1 });
    expect(onLogitScale({ ok: false, reason: 'one_unit' })).toEqual({ ok: false, reason: 'one_unit' });
  });
});

it('cuts what a quantity cannot be, and keeps what it can', () => {
  const plain = meanEstimate(Moments.of([-0.9, 0.8, 0.9]));
  expect(plain.ok && plain.interval.upper).toBeGreaterThan(1);
  const cut = cutTo(plain, -1, 1);
  expect(cut.ok && cut.interval).toEqual({ lower: -1, upper: 1 });
  expect(cutTo(plain, -9, 9)).toEqual(plain);
});
