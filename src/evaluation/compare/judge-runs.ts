/** One run judged, or two compared, on measures that are means over topics. */

import { EngineError, type Estimate } from '#domain';
import { meanEstimate } from '#stats';
import { evaluateRun, type RankingOptions, type RankingReport } from '../trec/evaluate-run.ts';
import type { TopicJudgments } from '../trec/read-judgments.ts';
import type { Run } from '../trec/read-run.ts';
import { compareReports, type RunComparison } from './compare-reports.ts';
import type { PairedTestOptions } from './paired-test.ts';

export interface JudgedRuns {
  readonly report: RankingReport;
  readonly other: RankingReport | undefined;
  readonly comparison: RunComparison | undefined;
  /** By measure: the mean of each run over its topics with Student's interval. */
  readonly means: readonly {
    readonly measure: string;
    readonly of: Estimate;
    readonly against: Estimate | undefined;
  }[];
}

/** Errors as `evaluateRun` and `compareReports`; invalid_request when no measure is a mean over topics. */
export const judgeRuns = (
  judgments: TopicJudgments,
  run: Run,
  other: Run | undefined,
  options: RankingOptions & { readonly test: PairedTestOptions },
): JudgedRuns => {
  const report = evaluateRun(run, judgments, options);
  const against = other === undefined ? undefined : evaluateRun(other, judgments, options);
  const means = report.columns.flatMap(({ name, perTopic, summary }, column) => {
    if (!perTopic || summary !== 'mean') return [];
    const meanOf = ({ topics }: RankingReport): Estimate =>
      meanEstimate(topics.map(({ values }) => values[column] as number));
    return [{ measure: name, of: meanOf(report), against: against === undefined ? undefined : meanOf(against) }];
  });
  if (means.length === 0) {
    throw new EngineError('invalid_request', 'none of the measures is a mean over topics: nothing to show');
  }
  const comparison = against === undefined ? undefined : compareReports(report, against, options.test);
  return { report, other: against, comparison, means };
};
