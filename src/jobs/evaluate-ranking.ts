/** A run of a system judged against relevance judgments, both in files. */

import {
  createJudgmentsReader,
  createRunReader,
  createZScoresReader,
  evaluateRun,
  type JudgmentFormat,
  type RankingOptions,
  type RankingReport,
} from '#evaluation';
import { readInto } from './read-into.ts';

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
