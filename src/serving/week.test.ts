import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, localTime, MINUTE_MS, utcOffsetAt } from '#domain';
import { nextWeekStart, weekStart } from './week.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const FROM = Date.parse('2005-01-01T00:00:00Z');
const TO = Date.parse('2035-01-01T00:00:00Z');

const wall = (at: number, timeZone: string) => {
  const { weekday, hour, minute, day } = localTime(at, { timeZone });
  return `${day} ${weekday} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
};

/** By brute force: the last minute ≤ `at`, going back, at which the wall first is Monday 06:00 or beyond. */
const bruteForce = (at: number, timeZone: string): number => {
  const passed = (moment: number) => {
    const local = moment + utcOffsetAt(moment, { timeZone }) * MINUTE_MS;
    // Weeks of wall time that have begun: 1970-01-05 06:00 was a Monday.
    return Math.floor((local - 4 * DAY_MS - 6 * HOUR_MS) / (7 * DAY_MS));
  };
  const now = Math.max(...[0, 1, 2, 3, 4, 5, 6].map((hours) => passed(at - hours * 15 * MINUTE_MS)));
  let minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  let first = minute;
  for (let back = 0; back < 9 * 24 * 4; back++) {
    if (passed(minute) >= now) first = minute;
    minute -= 15 * MINUTE_MS;
  }
  for (let back = 0; back < 15; back++) {
    if (passed(first - MINUTE_MS) >= now) first -= MINUTE_MS;
  }
  return first;
};

describe('weekStart', () => {
  it('is Monday 06:00 of the own clock in every zone, summer and winter', () => {
    expect(ZONES.length).toBeGreaterThan(400);
    for (const timeZone of ZONES) {
      for (const at of ['2026-01-14T12:00:00Z', '2026-07-15T12:00:00Z']) {
        expect([timeZone, wall(weekStart(Date.parse(at), { timeZone }), timeZone).slice(11)]).toEqual([
          timeZone,
          '1 06:00',
        ]);
      }
    }
  });

  it('lies at or before the moment, the next one after it, and is the same all week', () => {
    const moment = fc.record({ timeZone: fc.constantFrom(...ZONES), at: fc.integer({ min: FROM, max: TO }) });
    fc.assert(
      fc.property(moment, ({ timeZone, at }) => {
        const start = weekStart(at, { timeZone });
        const next = nextWeekStart(at, { timeZone });
        expect(start).toBeLessThanOrEqual(at);
        expect(next).toBeGreaterThan(at);
        expect(weekStart(start, { timeZone })).toBe(start);
        expect(weekStart(next - 1, { timeZone })).toBe(start);
        expect(weekStart(next, { timeZone })).toBe(next);
        expect(Math.abs(next - start - 7 * DAY_MS)).toBeLessThanOrEqual(25 * HOUR_MS);
      }),
      { seed: 6, numRuns: 1500 },
    );
  });

  it('agrees with counting minutes back', () => {
    const moment = fc.record({ timeZone: fc.constantFrom(...ZONES), at: fc.integer({ min: FROM, max: TO }) });
    fc.assert(
      fc.property(moment, ({ timeZone, at }) => {
        expect(weekStart(at, { timeZone })).toBe(bruteForce(at, timeZone));
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  it.each([
    // Clocks went forward on Sunday 29 March: the week before has 167 hours.
    ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-23T05:00:00Z', '2026-03-30T04:00:00Z'],
    // And back on Sunday 25 October: 169 hours.
    ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-19T04:00:00Z', '2026-10-26T05:00:00Z'],
    ['Asia/Kolkata', '2026-11-24T00:00:00Z', '2026-11-23T00:30:00Z', '2026-11-30T00:30:00Z'],
    ['Asia/Kathmandu', '2026-11-24T00:00:00Z', '2026-11-23T00:15:00Z', '2026-11-30T00:15:00Z'],
    ['Australia/Lord_Howe', '2026-10-04T12:00:00Z', '2026-09-27T19:30:00Z', '2026-10-04T19:00:00Z'],
    // Samoa had no Friday 30 December 2011: six days from Monday to Monday.
    ['Pacific/Apia', '2011-12-31T00:00:00Z', '2011-12-26T16:00:00Z', '2012-01-01T16:00:00Z'],
    ['Pacific/Kiritimati', '2026-11-22T16:00:00Z', '2026-11-22T16:00:00Z', '2026-11-29T16:00:00Z'],
  ])('%s at %s', (timeZone, at, start, next) => {
    expect(new Date(weekStart(Date.parse(at), { timeZone })).toISOString()).toBe(start.replace('Z', '.000Z'));
    expect(new Date(nextWeekStart(Date.parse(at), { timeZone })).toISOString()).toBe(next.replace('Z', '.000Z'));
  });

  it('rests on the offset where no zone is known, and on UTC without either', () => {
    const at = Date.parse('2026-11-24T00:00:00Z');
    expect(weekStart(at, { utcOffsetMin: -300 })).toBe(Date.parse('2026-11-23T11:00:00Z'));
    expect(weekStart(at, {})).toBe(Date.parse('2026-11-23T06:00:00Z'));
  });
});
