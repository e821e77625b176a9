/** A report as trec_eval writes it: name, topic, value, parted by tabs, the name filled up to 22 places. */

import type { RankingReport, ReportColumn } from './evaluate-run.ts';
import { printFixed } from './numbers.ts';

export interface FormatOptions {
  /** Whether single topics are told. */
  readonly perTopic: boolean;
  /** Whether the whole run is. */
  readonly summary: boolean;
}

const NAME_WIDTH = 22;

/** Lines, without a newline after the last. */
export const formatReport = (report: RankingReport, { perTopic, summary }: FormatOptions): string => {
  const lines: string[] = [];
  const add = (topic: string, values: readonly (number | string | undefined)[], wanted: (c: ReportColumn) => boolean) =>
    report.columns.forEach((column, n) => {
      const value = values[n];
      if (value !== undefined && wanted(column)) lines.push(lineOf(column, topic, value, report.zScored));
    });
  if (perTopic) for (const { topic, values } of report.topics) add(topic, values, (column) => column.perTopic);
  if (summary) add('all', report.summary, () => true);
  return lines.join('\n');
};

const lineOf = (column: ReportColumn, topic: string, value: number | string, zScored: boolean): string => {
  const isScore = zScored && typeof value === 'number';
  const name = `${isScore ? 'Z' : ''}${column.name.padEnd(NAME_WIDTH)}`;
  return `${name}\t${topic}\t${cellOf(column, value, isScore)}`;
};

const cellOf = (column: ReportColumn, value: number | string, isScore: boolean): string => {
  if (typeof value === 'string') return column.summary === 'run_id' ? value : `'${value}'`;
  return column.whole && !isScore ? String(Math.trunc(value)) : printFixed(value, 4);
};
