/** Relevance judgments, in each form that trec_eval takes. */

import { EngineError } from '#domain';
import { textOf } from './bytes.ts';
import { leadingDecimal, leadingWhole } from './numbers.ts';
import type { Fields, Layout, TextFile } from './rows.ts';
import { readTopicRows, type TopicRows } from './topic-rows.ts';

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
 * Reads `topic iteration document relevance` lines, or for prefs `topic judge ranking document level`. Comments (`#`)
 * are passed over; blank lines are faults, as in trec_eval. A relevance that is no whole number counts 0, one that
 * begins with a whole number is that number.
 * @throws {EngineError} unreadable_file.
 */
export const readJudgments = (file: TextFile, format: JudgmentFormat): TopicJudgments => {
  const layout = format === 'prefs' ? PREFS : QRELS;
  const last = layout.fields.length - 1;
  const groups = createNameColumn(file.bytes);
  const subgroups = createNameColumn(file.bytes);
  const byJudge = format !== 'qrels';
  const rows = readTopicRows(file, layout, {
    document: last - 1,
    valueOf: format === 'qrels' || format === 'qrels_jg' ? relevanceOf(file.name, last) : levelOf(last),
    onRow: (fields, row) => {
      if (byJudge) groups.add(row, fields.starts[1]!, fields.ends[1]!);
      if (format === 'prefs') subgroups.add(row, fields.starts[2]!, fields.ends[2]!);
    },
  });
  return { ...rows, format, group: groups.at, subgroup: subgroups.at };
};

const relevanceOf =
  (name: string, field: number) =>
  (bytes: Uint8Array, { starts, ends }: Fields): number => {
    const text = textOf(bytes, starts[field]!, ends[field]!);
    const relevance = leadingWhole(text) ?? 0;
    if (relevance <= HIGHEST_LEVEL) return relevance;
    throw new EngineError('unreadable_file', `relevance ${text} in ${name}: expected at most ${HIGHEST_LEVEL}`);
  };

const levelOf =
  (field: number) =>
  (bytes: Uint8Array, { starts, ends }: Fields): number => {
    const level = leadingDecimal(textOf(bytes, starts[field]!, ends[field]!)) ?? 0;
    return Number.isNaN(level) ? 0 : level;
  };

/** A column of short names that repeat; each is kept once. A row without one has the empty name. */
const createNameColumn = (bytes: Uint8Array) => {
  const names = new Map<string, string>();
  const column: string[] = [];
  const add = (row: number, start: number, end: number): void => {
    const name = textOf(bytes, start, end);
    if (!names.has(name)) names.set(name, name);
    column[row] = names.get(name)!;
  };
  return { add, at: (row: number): string => column[row] ?? '' };
};
