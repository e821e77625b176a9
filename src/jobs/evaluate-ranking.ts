/** A run of a system judged against relevance judgments, both in files. */

import { readFile } from 'node:fs/promises';
import { EngineError } from '#domain';
import {
  evaluateRun,
  type JudgmentFormat,
  type RankingOptions,
  type RankingReport,
  readJudgments,
  readRun,
  readZScores,
  type TextFile,
} from '#evaluation';

export interface EvaluateRankingOptions extends Omit<RankingOptions, 'zScores'> {
  /** Paths. */
  readonly qrels: string;
  readonly run: string;
  /** Means and deviations of other runs; values are told as deviations from them. */
  readonly zScores: string | undefined;
  readonly format: JudgmentFormat;
}

/**
 * Reads the files whole (at most 2 GiB each) and judges.
 * @throws {EngineError} unreadable_file, and what `evaluateRun` throws.
 */
export const evaluateRanking = async (options: EvaluateRankingOptions): Promise<RankingReport> => {
  const judgments = readJudgments(await readText(options.qrels), options.format);
  const run = readRun(await readText(options.run));
  const zScores = options.zScores === undefined ? undefined : readZScores(await readText(options.zScores));
  return evaluateRun(run, judgments, { ...options, zScores });
};

const readText = async (path: string): Promise<TextFile> => {
  try {
    return { name: path, bytes: await readFile(path) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EngineError('unreadable_file', `${path} cannot be read: ${reason}`, { cause });
  }
};
