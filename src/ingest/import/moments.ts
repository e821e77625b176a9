/** Times as exports write them, to epoch milliseconds. What cannot be read is null, never a guess. */

import type { EpochMs } from '#domain';

/**
 * Epoch seconds, milliseconds, microseconds or nanoseconds, told apart by magnitude: 10^11 seconds is the year 5138,
 * 10^11 milliseconds is 1973, and so on a thousandfold.
 */
export const fromEpoch = (value: number): EpochMs | null => {
  if (!Number.isFinite(value) || value <= 0) return null;
  if (value < 1e11) return Math.round(value * 1000);
  if (value < 1e14) return Math.round(value);
  if (value < 1e17) return Math.round(value / 1e3);
  return Math.round(value / 1e6);
};

const ISO_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
const ISO_OFFSET = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;
const PLAIN = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?$/;
const DIGITS = /^\d{1,19}(?:\.\d{1,9})?$/;
const DAY_NAME = /^(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}),? (\d\d):(\d\d)$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Date.parse` turns 31 February into March; a day that does not exist is not a time. */
const existingDay = (text: string): boolean => {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number];
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
};

const parsed = (iso: string): EpochMs | null => {
  const at = Date.parse(iso);
  return Number.isNaN(at) || !existingDay(iso) ? null : at;
};

/** `YYYY-MM-DDThh:mm:ssZ`. */
export const fromIsoUtc = (text: string): EpochMs | null => (ISO_UTC.test(text) ? parsed(text) : null);

/** `YYYY-MM-DD hh:mm[:ss]` without a zone, taken as UTC. */
export const fromPlainUtc = (text: string): EpochMs | null =>
  PLAIN.test(text) ? parsed(`${text.replace(' ', 'T')}Z`) : null;

/** `DD MMM YYYY hh:mm`, UTC. */
export const fromDayName = (text: string): EpochMs | null => {
  const [, day, month, year, hour, minute] = DAY_NAME.exec(text) ?? [];
  const index = MONTHS.indexOf(month ?? '');
  if (day === undefined || index < 0) return null;
  return parsed(`${year}-${String(index + 1).padStart(2, '0')}-${day.padStart(2, '0')}T${hour}:${minute}:00Z`);
};

/** Any of the forms that tables use: epoch numbers, ISO 8601, plain UTC, `Date` of a Parquet column. */
export const fromAny = (value: unknown): EpochMs | null => {
  if (typeof value === 'bigint') return fromEpoch(Number(value));
  if (typeof value === 'number') return fromEpoch(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.getTime();
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (DIGITS.test(text)) return fromEpoch(Number(text));
  if (ISO_OFFSET.test(text)) return parsed(text.replace(' ', 'T').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return fromPlainUtc(text);
};
