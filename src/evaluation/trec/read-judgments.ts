/** Relevance judgments, in each form that trec_eval takes. */

import { EngineError } from '#domain';
import { textOf } from './bytes.ts';
import { leadingDecimal, leadingWhole } from './numbers.ts';
import { type Fields, type FileReader, type Layout, readWhole, type TextFile } from './rows.ts';
import { createTopicRowsReader, type TopicRows } from './topic-rows.ts';

/** One opinion, or those of several judges; levels of relevance, or levels that only say what is preferred to what. */
export const JUDGMENT_FORMATS = ['qrels', 'qrels_jg', 'prefs', 'qrels_prefs'] as const;
export type JudgmentFormat = (typeof JUDGMENT_FORMATS)[number];

/** Judgments: the value of a row is its level. A group is a judge, a subgroup one of the judge's rankings. */
export interface TopicJudgments extends TopicRows {
  readonly format: JudgmentFormat;
  readonly group: (row: number) => string;
  readonly subgroup: (row: number) => string;
}

const QRELS: Layout = { fields: ['topic', 'iteration', 'document', 'relevance'], more: false, blankLines: false };
const PREFS: Layout = {
  fields: ['topic', 'judge', 'ranking', 'document', 'level'],
  more: false,
  blankLines: false,
};
/** Counts by level are kept in an array of this length at most. */
const HIGHEST_LEVEL = 1_000_000;

/**
 * Reads `topic iteration document relevance` lines, or for prefs `topic judge ranking document level`, as they come.
 * Comments (`#`) are passed over; blank lines are faults, as in trec_eval. A relevance that is no whole number counts 0,
 * one that begins with a whole number is that number. @throws {EngineError} unreadable_file, from its parts.
 */
export const createJudgmentsReader = (name: string, format: JudgmentFormat): FileReader<TopicJudgments> => {
  const layout = format === 'prefs' ? PREFS : QRELS;
  const last = layout.fields.length - 1;
  const groups = createNameColumn();
  const subgroups = createNameColumn();
  const byJudge = format !== 'qrels';
  const { push, end } = createTopicRowsReader(name, layout, {
    document: last - 1,
    valueOf: format === 'qrels' || format === 'qrels_jg' ? relevanceOf(name, last) : levelOf(last),
    onRow: (fields, row) => {
      if (byJudge) groups.add(row, fields, 1);
      if (format === 'prefs') subgroups.add(row, fields, 2);
    },
  });
  return { push, end: () => ({ ...end(), format, group: groups.at, subgroup: subgroups.at }) };
};

/** Judgments from a file that is there whole. @throws {EngineError} unreadable_file. */
export const readJudgments = (file: TextFile, format: JudgmentFormat): TopicJudgments =>
  readWhole(file, createJudgmentsReader(file.name, format));

const ZERO = 48;

const relevanceOf =
  (name: string, field: number) =>
  ({ bytes, starts, ends }: Fields): number => {
    const start = starts[field]!;
    const end = ends[field]!;
    const digit = bytes[start]! - ZERO;
    if (end === start + 1 && digit >= 0 && digit <= 9) return digit;
    const text = textOf(bytes, start, end);
    const relevance = leadingWhole(text) ?? 0;
    if (relevance <= HIGHEST_LEVEL) return relevance;
    throw new EngineError('unreadable_file', `relevance ${text} in ${name}: expected at most ${HIGHEST_LEVEL}`);
  };

const levelOf =
  (field: number) =>
  ({ bytes, starts, ends }: Fields): number => {
    const level = leadingDecimal(textOf(bytes, starts[field]!, ends[field]!)) ?? 0;
    return Number.isNaN(level) ? 0 : level;
  };

/** A column of short names that repeat; each is kept once. A row without one has the empty name. */
const createNameColumn = () => {
  const names = new Map<string, string>();
  const column: string[] = [];
  const add = (row: number, { bytes, starts, ends }: Fields, field: number): void => {
    const name = textOf(bytes, starts[field]!, ends[field]!);
    if (!names.has(name)) names.set(name, name);
    column[row] = names.get(name)!;
  };
  return { add, at: (row: number): string => column[row] ?? '' };
};
