import { describe, expect, it } from 'vitest';
import { DAY_MS, localTime } from '#domain';
import { createZoneClock, weekdayOf } from './zone-clock.ts';

const ZONES = ['Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata', 'Australia/Sydney', 'Pacific/Kiritimati'];

describe('createZoneClock', () => {
  it('agrees with the calendar on every day of a year, days of change included', () => {
    for (const timeZone of ZONES) {
      const clock = createZoneClock(timeZone);
      for (let day = 20_453; day < 20_453 + 365; day++) {
        for (const hour of [4, 7.25, 12, 18.5, 23, 28]) {
          const local = localTime(clock.toUtc(day, hour), { timeZone });
          const expected = new Date(day * DAY_MS + hour * 3_600_000);
          expect(local.hour).toBe(expected.getUTCHours());
          expect(local.minute).toBe(expected.getUTCMinutes());
        }
      }
    }
  });

  it('knows weekdays', () => {
    // 1970-01-01 was a Thursday, 2026-11-24 is a Tuesday.
    expect(weekdayOf(0)).toBe(4);
    expect(weekdayOf(Date.UTC(2026, 10, 24) / DAY_MS)).toBe(2);
  });
});
