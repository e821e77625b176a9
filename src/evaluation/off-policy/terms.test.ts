import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Estimate } from '#domain';
import { createRng } from '#math';
import { policyBootstraps, policyDelta } from './intervals.ts';
import { byGroup, type Parts, pointOf } from './terms.ts';

const anyParts: fc.Arbitrary<Parts> = fc
  .array(
    fc.tuple(
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.double({ min: 0.1, max: 3, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    ),
    { minLength: 4, maxLength: 30 },
  )
  .map((rows) => {
    const column = (at: 0 | 1 | 2) => Float64Array.from(rows, (row) => row[at]);
    const size = rows.length;
    return [
      { size, values: column(0), weights: undefined, base: undefined },
      { size, values: column(0), weights: column(1), base: undefined },
      { size, values: column(0), weights: column(1), base: column(2) },
    ];
  });

it('gives the same estimate in groups, and with groups of one the same interval', () => {
  fc.assert(
    fc.property(anyParts, fc.integer({ min: 1, max: 4 }), (parts, wide) => {
      const size = parts[0]!.size;
      const grouped = byGroup(
        parts,
        Uint32Array.from({ length: size }, (_, n) => Math.floor(n / wide)),
      );
      expect(pointOf(grouped)).toBeCloseTo(pointOf(parts)!, 9);
      if (wide > 1) return;
      const [alone, own] = [policyDelta(parts, {}), policyDelta(grouped, {})];
      if (!alone.ok || !own.ok) return expect(own).toEqual(alone);
      expect(own.interval.lower).toBeCloseTo(alone.interval.lower, 9);
      expect(own.interval.upper).toBeCloseTo(alone.interval.upper, 9);
    }),
    { seed: 35, numRuns: 200 },
  );
});

it('is wider when rounds of a group are alike, by bootstrap and by delta', () => {
  // 40 listeners with ten rounds each, all rewarded or none: 400 rounds that are worth 40.
  const rng = createRng('groups');
  const groups = Uint32Array.from({ length: 400 }, (_, n) => Math.floor(n / 10));
  const rewarded = Array.from({ length: 40 }, () => (rng.next() < 0.5 ? 1 : 0));
  const parts: Parts = [
    { size: 400, values: Float64Array.from(groups, (own) => rewarded[own]!), weights: undefined, base: undefined },
  ];
  const grouped = byGroup(parts, groups);
  const [alone, own] = policyBootstraps([parts], rng, { resamples: 1000 }).concat(
    policyBootstraps([grouped], rng, { resamples: 1000 }),
  );
  const width = (estimate: Estimate | undefined) =>
    estimate?.ok ? estimate.interval.upper - estimate.interval.lower : Number.NaN;
  expect(width(own) / width(alone)).toBeGreaterThan(2.5);
  expect(width(own) / width(alone)).toBeLessThan(4);
  const delta = width(policyDelta(grouped, {})) / width(policyDelta(parts, {}));
  // √10, but for 39 and 399 degrees of freedom.
  expect(delta).toBeCloseTo(Math.sqrt(10) * (2.0227 / 1.9659) * Math.sqrt(399 / 390), 2);
});

it('knows no interval where all rounds are the same', () => {
  const parts: Parts = [{ size: 5, values: new Float64Array(5), weights: undefined, base: undefined }];
  expect(policyDelta(parts, {})).toEqual({ ok: false, reason: 'no_variance' });
  expect(policyBootstraps([parts], createRng(1), { resamples: 100 })).toEqual([{ ok: false, reason: 'no_variance' }]);
});
