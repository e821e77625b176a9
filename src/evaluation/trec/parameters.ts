/** Parameters of measures, as they stand after the point in `ndcg_cut.5,10`. */

import { EngineError } from '#domain';
import { leadingDecimal, leadingWhole } from './numbers.ts';

/** Ranks, from 1 up, in ascending order. @throws {EngineError} invalid_request. */
export const parseCutoffs = (measure: string, text: string): number[] => {
  const cutoffs = text.split(',').map((part) => leadingWhole(part) ?? 0);
  if (cutoffs.some((cutoff) => cutoff < 1)) throw wrong(measure, text, 'cutoffs from 1 up, parted by commas');
  return ascending(measure, text, cutoffs);
};

/** Numbers in ascending order. @throws {EngineError} invalid_request. */
export const parseFractions = (measure: string, text: string): number[] =>
  ascending(measure, text, parseNumbers(measure, text));

/** Numbers in the order given. @throws {EngineError} invalid_request. */
export const parseNumbers = (measure: string, text: string): number[] =>
  text.split(',').map((part) => {
    const value = leadingDecimal(part);
    if (value === undefined || !Number.isFinite(value)) throw wrong(measure, text, 'numbers, parted by commas');
    return value;
  });

/** Pairs `name=number`. @throws {EngineError} invalid_request, also for a name that `isName` does not know. */
export const parsePairs = (
  measure: string,
  text: string,
  isName: (name: string) => boolean,
  expected: string,
): Map<string, number> => {
  const pairs = new Map<string, number>();
  for (const part of text.split(',')) {
    const [name = '', number = '', ...rest] = part.split('=');
    const value = leadingDecimal(number);
    if (value === undefined || !Number.isFinite(value) || rest.length > 0 || !isName(name) || pairs.has(name)) {
      throw wrong(measure, text, expected);
    }
    pairs.set(name, value);
  }
  return pairs;
};

const ascending = (measure: string, text: string, values: readonly number[]): number[] => {
  if (new Set(values).size < values.length) throw wrong(measure, text, 'none of them twice');
  return [...values].sort((a, b) => a - b);
};

const wrong = (measure: string, text: string, expected: string): EngineError =>
  new EngineError('invalid_request', `parameters "${text}" of measure ${measure}: expected ${expected}`);
