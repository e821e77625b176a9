/** A run of a system judged against relevance judgments, both in files. */

import {
  compareReports,
  createJudgmentsReader,
  createRunReader,
  createZScoresReader,
  evaluateRun,
  type JudgmentFormat,
  type PairedTestOptions,
  type RankingOptions,
  type RankingReport,
  type RunComparison,
} from '#evaluation';
import { readInto } from './read-into.ts';

/** Files of one evaluation. Those compressed with gzip are read as well. */
export interface EvaluateRankingOptions extends Omit<RankingOptions, 'zScores'> {
  /** Paths. */
  readonly qrels: string;
  readonly run: string;
  /** Means and deviations of other runs; values are told as deviations from them. */
  readonly zScores: string | undefined;
  readonly format: JudgmentFormat;
}

/** Reads the files and judges. @throws {EngineError} unreadable_file, and what `evaluateRun` throws. */
export const evaluateRanking = async (options: EvaluateRankingOptions): Promise<RankingReport> => {
  const { qrels, format } = options;
  const judgments = await readInto(qrels, createJudgmentsReader(qrels, format));
  const run = await readInto(options.run, createRunReader(options.run));
  const zScores =
    options.zScores === undefined ? undefined : await readInto(options.zScores, createZScoresReader(options.zScores));
  return evaluateRun(run, judgments, { ...options, zScores });
};

export interface ComparedRuns {
  readonly reports: { readonly of: RankingReport; readonly against: RankingReport };
  readonly comparison: RunComparison;
}

/** The run of the options against another one, both judged alike. Errors as `evaluateRanking` and `compareReports`. */
export const compareRuns = async (
  options: EvaluateRankingOptions,
  other: string,
  test: PairedTestOptions,
): Promise<ComparedRuns> => {
  const of = await evaluateRanking(options);
  const against = await evaluateRanking({ ...options, run: other });
  return { reports: { of, against }, comparison: compareReports(of, against, test) };
};
