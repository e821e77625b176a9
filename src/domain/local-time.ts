/** The listener's own clock: hour, weekday and daypart from a time zone or an offset. */

import { DAY_MS, type EpochMs, MINUTE_MS } from './clock.ts';
import type { Daypart } from './vocabulary.ts';

/** Where the listener's clock stands: an IANA zone where known, else minutes east of UTC. */
export interface Place {
  readonly timeZone?: string;
  readonly utcOffsetMin?: number;
}

export interface LocalTime {
  /** 0–23. */
  readonly hour: number;
  readonly minute: number;
  /** ISO weekday: 1 Monday … 7 Sunday. */
  readonly weekday: number;
  /** Local calendar day, YYYY-MM-DD. */
  readonly day: string;
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** By day of UTC: the offset of the whole day, or null where it changes within. */
  readonly offsets: Map<number, number | null>;
}

/** By every name met, the zone database's own one among them. */
const zones = new Map<string, Zone>();
/** More than the zone database has; beyond, all are forgotten: each letter case is a name, and a zone takes some 30 KB. */
const MAX_NAMES = 1000;

/** @throws {RangeError} where the zone database has no such zone. */
const zoneOf = (name: string): Zone => {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const ownName = format.resolvedOptions().timeZone;
  const zone = zones.get(ownName) ?? { format, offsets: new Map() };
  if (zones.size >= MAX_NAMES) zones.clear();
  zones.set(ownName, zone);
  zones.set(name, zone);
  return zone;
};

export const isTimeZone = (name: string): boolean => {
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
};

/** Minutes east of UTC at that moment; unknown places stand at UTC. */
export const utcOffsetAt = (at: EpochMs, { timeZone, utcOffsetMin = 0 }: Place): number => {
  if (timeZone === undefined) return utcOffsetMin;
  const { format, offsets } = zoneOf(timeZone);
  const day = Math.floor(at / DAY_MS);
  let offset = offsets.get(day);
  if (offset === undefined) {
    const first = askOffset(day * DAY_MS, format);
    offset = first === askOffset((day + 1) * DAY_MS - 1, format) ? first : null;
    offsets.set(day, offset);
  }
  return offset ?? askOffset(at, format);
};

const askOffset = (at: EpochMs, format: Intl.DateTimeFormat): number => {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  const { year, month, day, hour, minute, second } = part as Record<
    'year' | 'month' | 'day' | 'hour' | 'minute' | 'second',
    number
  >;
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((local - Math.floor(at / 1000) * 1000) / MINUTE_MS);
};

export const localTime = (at: EpochMs, place: Place): LocalTime => {
  const shifted = new Date(at + utcOffsetAt(at, place) * MINUTE_MS);
  return {
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    weekday: shifted.getUTCDay() || 7,
    day: shifted.toISOString().slice(0, 10),
  };
};

/** First hour of each daypart, in order; before the first it is still late night (five blocks after Heggli et al. 2021). */
const DAYPART_STARTS: readonly (readonly [number, Daypart])[] = [
  [5, 'morning'],
  [11, 'afternoon'],
  [17, 'evening'],
  [21, 'night'],
];

export const daypartOf = (hour: number): Daypart => {
  let daypart: Daypart = 'late_night';
  for (const [start, name] of DAYPART_STARTS) if (hour >= start) daypart = name;
  return daypart;
};
