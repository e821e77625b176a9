/** A judged run in each form that `evaluate ranking` writes. */

import { formatReport, knownValue, type RankingReport, type ReportColumn } from '#evaluation';
import { csvLine } from './csv.ts';

export const REPORT_FORMATS = ['trec_eval', 'json', 'csv'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface Shown {
  readonly format: ReportFormat;
  /** Whether single topics are told, and the whole run. */
  readonly perTopic: boolean;
  readonly summary: boolean;
}

export const writeReport = (report: RankingReport, shown: Shown): string => {
  switch (shown.format) {
    case 'trec_eval':
      return formatReport(report, shown);
    case 'json':
      return JSON.stringify(toJson(report, shown));
    case 'csv':
      return toCsv(report, shown);
  }
};

type Values = readonly (number | string | undefined)[];

/** What is told of a topic or of the run: null where a deviation has no reference. */
const cells = (report: RankingReport, values: Values, wanted: (column: ReportColumn) => boolean) =>
  report.columns.flatMap((column, n): [string, number | string | null][] =>
    values[n] === undefined || !wanted(column) ? [] : [[column.name, knownValue(report, values[n]) ?? null]],
  );

/** Values at full precision. */
const toJson = (report: RankingReport, { perTopic, summary }: Shown): object => ({
  run_id: report.runId,
  z_scores: report.zScored,
  missing_topics: report.missing,
  ...(summary && {
    measures: Object.fromEntries(cells(report, report.summary, (column) => column.summary !== 'run_id')),
  }),
  ...(perTopic && {
    topics: report.topics.map(({ topic, values }) => ({
      topic,
      measures: Object.fromEntries(cells(report, values, (column) => column.perTopic)),
    })),
  }),
});

/** A line a value, at full precision; the topic of the whole run is `all`, as trec_eval has it. */
const toCsv = (report: RankingReport, { perTopic, summary }: Shown): string => {
  const lines = [csvLine(['measure', 'topic', 'value'])];
  const add = (topic: string, values: Values, wanted: (column: ReportColumn) => boolean): void => {
    for (const [measure, value] of cells(report, values, wanted)) lines.push(csvLine([measure, topic, value]));
  };
  if (perTopic) for (const { topic, values } of report.topics) add(topic, values, (column) => column.perTopic);
  if (summary) add('all', report.summary, () => true);
  return lines.join('\n');
};
