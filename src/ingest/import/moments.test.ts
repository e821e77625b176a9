import { describe, expect, it } from 'vitest';
import { fromAny, fromDayName, fromEpoch, fromIsoUtc, fromPlainUtc } from './moments.ts';

const AT = Date.UTC(2021, 2, 2, 18, 5, 11);

describe('times of exports', () => {
  it('in epoch units are told apart by magnitude', () => {
    for (const unit of [1e-3, 1, 1e3, 1e6]) expect(fromEpoch(AT * unit)).toBe(AT);
    expect(fromEpoch(1_614_708_311.25)).toBe(AT + 250);
    for (const none of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(fromEpoch(none)).toBeNull();
  });

  it('are read in the forms they have, and in no other', () => {
    expect(fromIsoUtc('2021-03-02T18:05:11Z')).toBe(AT);
    expect(fromPlainUtc('2021-03-02 18:05')).toBe(AT - 11_000);
    expect(fromDayName('02 Mar 2021 18:05')).toBe(AT - 11_000);
    expect(fromDayName('2 Mar 2021, 18:05')).toBe(AT - 11_000);
    for (const text of ['2021-03-02T18:05:11Z', '2021-03-02 19:05:11+01:00', '2021-03-02T13:05:11-0500']) {
      expect(fromAny(text)).toBe(AT);
    }
    for (const value of [AT, String(AT), AT / 1000, BigInt(AT), new Date(AT)]) expect(fromAny(value)).toBe(AT);
    for (const text of ['yesterday', '2021-03-02', '18:05', '', '2021-03-02T18:05:11'])
      expect(fromIsoUtc(text)).toBeNull();
    for (const value of [null, undefined, {}, 'Tue Mar 02 2021', new Date(Number.NaN)])
      expect(fromAny(value)).toBeNull();
  });

  it('of days that do not exist are none', () => {
    expect(fromIsoUtc('2021-02-31T00:00:00Z')).toBeNull();
    expect(fromIsoUtc('2021-00-10T00:00:00Z')).toBeNull();
    expect(fromIsoUtc('2021-02-01T25:00:00Z')).toBeNull();
    expect(fromDayName('30 Feb 2021 18:05')).toBeNull();
    expect(fromDayName('02 Mrz 2021 18:05')).toBeNull();
    expect(fromIsoUtc('2024-02-29T00:00:00Z')).toBe(Date.UTC(2024, 1, 29));
  });
});
