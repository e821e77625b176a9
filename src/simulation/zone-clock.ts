/** The listener's wall clock turned into UTC, quickly: the calendar of a time zone is read once a day. */

import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, utcOffsetAt } from '#domain';

export interface ZoneClock {
  readonly timeZone: string;
  /** Local hour of that day as UTC; `day` counts days since 1970-01-01, an hour of 24 or more is on the next day. */
  toUtc(day: number, hour: number): EpochMs;
  /** Minutes east of UTC at local noon of that day: right but for the small hours of the two days of change a year. */
  offsetOn(day: number): number;
}

export const createZoneClock = (timeZone: string): ZoneClock => {
  const offsets = new Map<number, number>();
  const offsetOn = (day: number): number => {
    let offset = offsets.get(day);
    if (offset === undefined) {
      offset = utcOffsetAt(day * DAY_MS + HOUR_MS * 12, { timeZone });
      offsets.set(day, offset);
    }
    return offset;
  };
  return {
    timeZone,
    offsetOn,
    toUtc: (day, hour) => {
      const local = day * DAY_MS + Math.round(hour * HOUR_MS);
      const guess = local - offsetOn(day) * MINUTE_MS;
      // Only around a change of the clocks do the neighbours differ; then the calendar is asked exactly.
      if (offsetOn(day - 1) === offsetOn(day + 1)) return guess;
      return local - utcOffsetAt(guess, { timeZone }) * MINUTE_MS;
    },
  };
};

/** ISO weekday of a day counted since 1970-01-01, which was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
