import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { type AbsenceCounts, absenceQuantile, returnCurve } from './estimate-absence.ts';

/** Twenty groups of a hundred absences, each of which ends in a return after 1 to 100 hours. */
const GROUPS: readonly AbsenceCounts[] = (() => {
  const rng = createRng('absences');
  return Array.from({ length: 20 }, () => {
    const returned = new Map<number, number>();
    for (let n = 0; n < 100; n++) {
      const hours = 1 + Math.floor(-48 * Math.log(1 - rng.next()));
      returned.set(hours, (returned.get(hours) ?? 0) + 1);
    }
    const hours = [...returned.keys()].sort((a, b) => a - b);
    return { hours, returned: hours.map((one) => returned.get(one)!), censored: hours.map(() => 0) };
  });
})();

/** With one absence more in a group, as long as said. */
const withOne = (group: number, hours: number, isReturn: boolean): readonly AbsenceCounts[] =>
  GROUPS.map((one, g) =>
    g !== group
      ? one
      : {
          hours: [hours, ...one.hours],
          returned: [Number(isReturn), ...one.returned],
          censored: [Number(!isReturn), ...one.censored],
        },
  );

const quantile = (groups: readonly AbsenceCounts[], p: number) => {
  const estimate = absenceQuantile(groups, p);
  if (!estimate.ok) throw new Error(estimate.reason);
  return estimate;
};

describe('the time by which a share has come back', () => {
  it.each([0.05, 0.1, 0.2, 0.5, 0.8])('hardly knows of an absence that had just begun: p = %d', (p) => {
    const { value, interval } = quantile(GROUPS, p);
    expect(interval.lower).toBeGreaterThan(0.7 * value);
    for (const groups of [withOne(0, 0, false), withOne(0, 0.25, false), withOne(7, 0.25, true)]) {
      const other = quantile(groups, p);
      expect(Math.abs(other.value - value)).toBeLessThanOrEqual(1);
      expect(Math.abs(other.interval.lower - interval.lower)).toBeLessThanOrEqual(1);
    }
  });

  it('does not begin before the first return, however few groups there are', () => {
    // 0.025^(1/10) = 0.69 after 5 hours, when nobody was back: below the 0.8 that is asked for.
    const ten = GROUPS.slice(0, 10).map(({ hours, ...rest }) => ({ hours: hours.map((one) => one + 10), ...rest }));
    const first = {
      hours: [5, ...ten[0]!.hours],
      returned: [0, ...ten[0]!.returned],
      censored: [1, ...ten[0]!.censored],
    };
    expect(quantile([first, ...ten.slice(1)], 0.2).interval.lower).toBeGreaterThan(10);
  });
});

describe('the band of who is away', () => {
  const bandOf = (groups: readonly AbsenceCounts[], at: number) => {
    const drawn = returnCurve(groups);
    if (!drawn.ok) throw new Error(drawn.reason);
    return drawn.curve.points[at]!;
  };

  it('before the first return is the exact one of none among twenty groups: 0.025^(1/20)', () => {
    const { away, lower, upper } = bandOf(withOne(0, 0.25, false), 0);
    expect([away, upper]).toEqual([1, 1]);
    expect(lower).toBeCloseTo(0.025 ** (1 / 20), 12);
  });

  it('while one group alone has returned is that of a count of one: 0.0253 to 5.572', () => {
    // 1 of 2,001 is back: away^5.572 to away^0.0253.
    const { away, lower, upper } = bandOf(withOne(7, 0.25, true), 0);
    expect(away).toBeCloseTo(2000 / 2001, 12);
    expect(Math.log(lower) / Math.log(away)).toBeCloseTo(5.5716, 4);
    expect(Math.log(upper) / Math.log(away)).toBeCloseTo(0.025318, 6);
  });

  it('is open once everybody is back', () => {
    expect(bandOf(GROUPS, returnPoints(GROUPS) - 1)).toMatchObject({ away: 0, lower: 0, upper: 1 });
  });
});

const returnPoints = (groups: readonly AbsenceCounts[]): number => new Set(groups.flatMap(({ hours }) => hours)).size;
