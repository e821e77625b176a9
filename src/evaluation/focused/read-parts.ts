/** Judgments and runs of parts, as MediaEval's Search and Hyperlinking tasks write them. */

import { EngineError } from '#domain';
import { compareKeys, keyOf, textOf } from '../trec/bytes.ts';
import { leadingDecimal, leadingWhole } from '../trec/numbers.ts';
import { type Fields, type FileReader, type Layout, RowScanner } from '../trec/rows.ts';
import type { JudgedPart, RetrievedPart } from './parts.ts';

/** Parts by topic; topics are in the order of their names' bytes. */
export interface PartTopics<P> {
  readonly fileName: string;
  readonly topics: readonly { readonly key: string; readonly name: string; readonly parts: readonly P[] }[];
}

const JUDGMENTS: Layout = {
  fields: ['topic', 'Q0', 'recording', 'start', 'end', 'relevance'],
  more: false,
  blankLines: true,
};

/** Judgments: `topic Q0 recording start end relevance`. @throws {EngineError} unreadable_file, from its parts. */
export const createJudgedPartsReader = (name: string): FileReader<PartTopics<JudgedPart>> =>
  createReader(name, JUDGMENTS, (fields) => ({
    ...partOf(name, fields),
    relevance: wholeAt(name, fields, 5, 'relevance'),
  }));

const RUN: Layout = {
  fields: ['topic', 'Q0', 'recording', 'start', 'end', '[jump-in point]', 'rank', 'score'],
  more: true,
  blankLines: true,
};
const JUMP_IN = 5;

/**
 * Runs: `topic Q0 recording start end rank score run`, or with a jump-in point before the rank. Which of them a file is
 * its lines tell: a time has a point and a rank has none. Parts of a topic stand by rank, equal ones as in the file.
 * @throws {EngineError} unreadable_file, from its parts.
 */
export const createRetrievedPartsReader = (name: string): FileReader<PartTopics<RetrievedPart>> => {
  const { push, end } = createReader(name, RUN, (fields): RetrievedPart => {
    const part = partOf(name, fields);
    const hasJumpIn = textAt(fields, JUMP_IN).includes('.');
    const jumpIn = hasJumpIn ? timeAt(name, fields, JUMP_IN, 'jump-in point') : part.start;
    return { ...part, jumpIn, rank: wholeAt(name, fields, hasJumpIn ? JUMP_IN + 1 : JUMP_IN, 'rank') };
  });
  return {
    push,
    end: () => {
      const { fileName, topics } = end();
      const ranked = topics.map((topic) => ({ ...topic, parts: topic.parts.toSorted((a, b) => a.rank - b.rank) }));
      return { fileName, topics: ranked };
    },
  };
};

const createReader = <P>(name: string, layout: Layout, partFrom: (fields: Fields) => P): FileReader<PartTopics<P>> => {
  const topics = new Map<string, { key: string; name: string; parts: P[] }>();
  const scanner = new RowScanner(name, layout, (fields) => {
    const { bytes, starts, ends } = fields;
    const key = keyOf(bytes, starts[0]!, ends[0]!);
    const topic = topics.get(key) ?? { key, name: textOf(bytes, starts[0]!, ends[0]!), parts: [] };
    topics.set(key, topic);
    topic.parts.push(partFrom(fields));
  });
  return {
    push: (bytes) => scanner.push(bytes),
    end: () => {
      scanner.end();
      return { fileName: name, topics: [...topics.values()].sort((a, b) => compareKeys(a.key, b.key)) };
    },
  };
};

const textAt = ({ bytes, starts, ends }: Fields, field: number): string => textOf(bytes, starts[field]!, ends[field]!);

const partOf = (name: string, fields: Fields) => ({
  source: textAt(fields, 2),
  start: timeAt(name, fields, 3, 'start'),
  end: timeAt(name, fields, 4, 'end'),
});

/** MINUTES.SECONDS: 21.33 is 21 minutes and 33 seconds, 20.0 is 20 minutes. */
const timeAt = (name: string, fields: Fields, field: number, what: string): number => {
  const text = textAt(fields, field);
  const [, minutes, seconds] = /^(\d+)\.(\d+)$/.exec(text) ?? [];
  if (minutes !== undefined && seconds !== undefined && Number(seconds) <= 60) {
    return Number(minutes) * 60 + Number(seconds);
  }
  throw wrong(name, fields, `${what} "${text}"`, 'MINUTES.SECONDS, as in 21.33');
};

const wholeAt = (name: string, fields: Fields, field: number, what: string): number => {
  const text = textAt(fields, field);
  const whole = leadingWhole(text);
  if (whole !== undefined && leadingDecimal(text) === whole) return whole;
  throw wrong(name, fields, `${what} "${text}"`, 'a whole number');
};

const wrong = (name: string, fields: Fields, what: string, expected: string): EngineError =>
  new EngineError('unreadable_file', `${what} of ${textAt(fields, 2)} in ${name}: expected ${expected}`);
