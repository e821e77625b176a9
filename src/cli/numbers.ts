/** Numbers in options, and estimates as a person reads them. */

import { InvalidArgumentError } from 'commander';
import type { Estimate } from '#domain';
import { momentOf } from '#jobs';

/** Parses a finite number; `check` says what else it must be. */
export const numberOption =
  (expected: string, check: (value: number) => boolean = () => true) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && check(value)) return value;
    throw new InvalidArgumentError(`expected ${expected}`);
  };

export const levelOption = numberOption('a level between 0 and 1, e.g. 0.95', (value) => value > 0 && value < 1);

/** Parses numbers parted by commas. */
export const numbersOption = (text: string): readonly number[] =>
  text.split(',').map(numberOption('numbers from 0 on, parted by commas', (value) => value >= 0));

/** Parses a moment, to epoch milliseconds. */
export const dateOption = (text: string): number => {
  const moment = momentOf(text);
  if (moment !== undefined) return moment;
  throw new InvalidArgumentError('expected a date like 1997-09-30 or 19970930, or a time');
};

/** Four significant digits or so, without an exponent where that can be read. */
export const shortNumber = (value: number): string => {
  if (value === Number.POSITIVE_INFINITY) return '∞';
  if (value === Number.NEGATIVE_INFINITY) return '−∞';
  const size = Math.abs(value);
  if (size >= 1000) return value.toFixed(1);
  return size !== 0 && size < 1e-3 ? value.toExponential(3) : value.toFixed(size >= 10 ? 3 : 4);
};

/** Value and interval, or the reason in words. */
export const estimateCells = (estimate: Estimate): readonly [string, string] =>
  estimate.ok
    ? [
        shortNumber(estimate.value),
        `${shortNumber(estimate.interval.lower)} to ${shortNumber(estimate.interval.upper)}`,
      ]
    : ['–', estimate.reason.replaceAll('_', ' ')];

/** An estimate as JSON says it. JSON knows no infinity: an open end is null. */
export const estimateJson = (estimate: Estimate): object => {
  if (!estimate.ok) return { ok: false, reason: estimate.reason };
  const { value, interval, level, n, method } = estimate;
  const known = (end: number): number | null => (Number.isFinite(end) ? end : null);
  return {
    ok: true,
    value: known(value),
    lower: known(interval.lower),
    upper: known(interval.upper),
    level,
    n,
    method,
  };
};
