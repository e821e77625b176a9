/** Two runs compared, in each form that `evaluate ranking --compare` writes. */

import type { MeasureComparison, RunComparison } from '#evaluation';
import { csvLine } from './csv.ts';
import type { Shown } from './ranking-report.ts';

export const writeComparison = (comparison: RunComparison, shown: Shown): string => {
  switch (shown.format) {
    case 'trec_eval':
      return table(
        comparison,
        shown,
        (cells) => `${String(cells[0]).padEnd(22)}\t${cells.slice(1).map(fixed).join('\t')}`,
      );
    case 'json':
      return JSON.stringify(toJson(comparison, shown));
    case 'csv':
      return table(comparison, shown, csvLine);
  }
};

type Cell = string | number | undefined;

const HEAD = ['measure', 'topic', 'run', 'other', 'difference', 'lower', 'upper', 'p', 'p_holm', 'p_bh', 'test'];

/** Values to four places, p-values to as many digits; a dash where there is none. */
const fixed = (cell: Cell, place: number): string => {
  if (cell === undefined) return '-';
  if (typeof cell === 'string') return cell;
  const isProbability = place >= HEAD.indexOf('p') - 1;
  return isProbability ? cell.toPrecision(4) : cell.toFixed(4);
};

/** A line a measure, single topics before the means: they have differences and no test. */
const table = (
  { measures, topics }: RunComparison,
  { perTopic, summary }: Shown,
  lineOf: (cells: readonly Cell[]) => string,
): string => {
  const lines = [lineOf(HEAD)];
  if (perTopic) {
    for (const { topic, of, against } of topics) {
      for (const [n, { measure }] of measures.entries()) {
        const rest = HEAD.slice(5).map(() => undefined);
        lines.push(lineOf([measure, topic, of[n], against[n], of[n]! - against[n]!, ...rest]));
      }
    }
  }
  if (summary) for (const measure of measures) lines.push(lineOf([measure.measure, 'all', ...cellsOf(measure)]));
  return lines.join('\n');
};

const cellsOf = ({ of, against, difference, test, holm, benjaminiHochberg }: MeasureComparison): Cell[] => [
  of,
  against,
  of - against,
  difference.ok ? difference.interval.lower : undefined,
  difference.ok ? difference.interval.upper : undefined,
  test.ok ? test.pValue : undefined,
  holm,
  benjaminiHochberg,
  test.ok ? test.method : test.reason,
];

const toJson = (comparison: RunComparison, { perTopic, summary }: Shown): object => ({
  run_id: comparison.of,
  other_run_id: comparison.against,
  unpaired_topics: comparison.unpaired,
  ...(summary && {
    measures: comparison.measures.map(({ measure, of, against, difference, test, holm, benjaminiHochberg }) => ({
      measure,
      run: of,
      other: against,
      difference,
      test: test.ok ? { ok: true, statistic: test.statistic, p_value: test.pValue, method: test.method } : test,
      p_holm: holm ?? null,
      p_benjamini_hochberg: benjaminiHochberg ?? null,
    })),
  }),
  ...(perTopic && {
    topics: comparison.topics.map(({ topic, of, against }) => ({
      topic,
      measures: Object.fromEntries(
        comparison.measures.map(({ measure }, n) => [
          measure,
          { run: of[n], other: against[n], difference: of[n]! - against[n]! },
        ]),
      ),
    })),
  }),
});
