/** The results file of a system: what it retrieved for each topic. */

import { EngineError } from '#domain';
import { textOf } from './bytes.ts';
import { leadingDecimal } from './numbers.ts';
import { type Fields, type FileReader, type Layout, readWhole, type TextFile } from './rows.ts';
import { createTopicRowsReader, type TopicRows } from './topic-rows.ts';

/** A run: the value of a row is its score. */
export interface Run extends TopicRows {
  /** The run's name, from the last line. */
  readonly runId: string;
}

const LAYOUT: Layout = {
  fields: ['topic', 'Q0', 'document', 'rank', 'score', 'run'],
  more: true,
  blankLines: true,
};
const DOCUMENT = 2;
const SCORE = 4;
const RUN = 5;

/**
 * Reads `topic Q0 document rank score run` lines as they come. As in trec_eval the rank is not looked at, a score that is
 * no number counts 0, and blank lines, comments (`#`) and what follows the run name are passed over. A score that is not
 * a number by name (`nan`) has no place in an order and is refused. @throws {EngineError} unreadable_file, from its parts.
 */
export const createRunReader = (name: string): FileReader<Run> => {
  let piece: Uint8Array = new Uint8Array(0);
  let start = 0;
  let stop = 0;
  const { push, end } = createTopicRowsReader(name, LAYOUT, {
    document: DOCUMENT,
    valueOf: (fields) => scoreOf(name, fields),
    onRow: ({ bytes, starts, ends }) => {
      piece = bytes;
      start = starts[RUN]!;
      stop = ends[RUN]!;
    },
  });
  return {
    push: (bytes) => {
      push(bytes);
      // The piece that the last row came in may be written over: its name is kept apart.
      piece = piece.slice(start, stop);
      stop -= start;
      start = 0;
    },
    end: () => ({ ...end(), runId: textOf(piece, start, stop) }),
  };
};

/** A run from a file that is there whole. @throws {EngineError} unreadable_file. */
export const readRun = (file: TextFile): Run => readWhole(file, createRunReader(file.name));

const scoreOf = (name: string, { bytes, starts, ends }: Fields): number => {
  const plain = plainDecimal(bytes, starts[SCORE]!, ends[SCORE]!);
  if (!Number.isNaN(plain)) return plain;
  const score = leadingDecimal(textOf(bytes, starts[SCORE]!, ends[SCORE]!)) ?? 0;
  if (Number.isNaN(score)) {
    const document = textOf(bytes, starts[DOCUMENT]!, ends[DOCUMENT]!);
    throw new EngineError('unreadable_file', `the score of ${document} in ${name} is nan: expected a number`);
  }
  return score;
};

const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const POWERS = Array.from({ length: 16 }, (_, n) => 10 ** n);

/**
 * Digits with at most one point, at most 15 of them: both the digits and the power of ten are exact, and so their
 * quotient is the nearest number. NaN for anything else, which the slow way reads.
 */
const plainDecimal = (bytes: Uint8Array, start: number, end: number): number => {
  const first = bytes[start] === MINUS ? start + 1 : start;
  let digits = 0;
  let count = 0;
  let decimals = -1;
  for (let at = first; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (bytes[at] === POINT && decimals === -1) {
      decimals = 0;
      continue;
    }
    if (digit < 0 || digit > 9) return Number.NaN;
    digits = digits * 10 + digit;
    count++;
    if (decimals !== -1) decimals++;
  }
  if (count === 0 || count > 15) return Number.NaN;
  const size = digits / POWERS[Math.max(decimals, 0)]!;
  return first === start ? size : -size;
};
