/** A report as MediaEval's sh_eval writes it: name, topic and value, each filled up to the widest of its column. */

import { printFixed } from '../trec/numbers.ts';
import type { PartsReport } from './evaluate-parts.ts';
import type { MediaEvalColumn } from './mediaeval-columns.ts';

/** Columns are filled up to 20 places at most. */
const WIDEST = 20;

/** Lines, without a newline after the last. */
export const formatMediaEval = ({ fileName, options, topics }: PartsReport): string => {
  const rows: [string, string, string][] = [
    ['runid', 'all', fileName.split('/').at(-1) ?? ''],
    ['size_bin', 'all', String(options.binSeconds)],
    ['tol_len', 'all', String(options.toleranceSeconds)],
    ['mark_relevant', 'all', '1'],
    ['mark_non_relevant', 'all', '0'],
    ['mark_relevant_seen', 'all', 's'],
    ['mark_non-relevant_seen', 'all', 'S'],
    ['mark_unjudged', 'all', '-'],
  ];
  for (const { topic, mediaEval } of topics) {
    for (const column of mediaEval) rows.push([column.name, topic, cellOf(column, column.value)]);
  }
  rows.push(['num_q', 'all', String(topics.length)]);
  for (const [n, column] of (topics[0]?.mediaEval ?? []).entries()) {
    const total = totalOf(
      column,
      topics.map(({ mediaEval }) => mediaEval[n]!.value as number),
    );
    if (total !== undefined) rows.push([column.name, 'all', cellOf(column, total)]);
  }
  const widths = [0, 1, 2].map((place) => Math.max(...rows.map((row) => Math.min(WIDEST, row[place]!.length))));
  return rows.map((row) => row.map((cell, place) => cell.padEnd(widths[place]!)).join('\t')).join('\n');
};

const cellOf = ({ kind }: MediaEvalColumn, value: number | string): string =>
  typeof value === 'string' ? value : kind === 'value' ? printFixed(value, 4) : String(Math.trunc(value));

const totalOf = ({ kind }: MediaEvalColumn, values: readonly number[]): number | undefined => {
  if (kind === 'text') return undefined;
  const sum = values.reduce((total, value) => total + value, 0);
  return kind === 'count' ? sum : sum / values.length;
};
