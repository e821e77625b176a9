/** What the runs of a collection are worth, and what the collection itself is. */

import { EngineError } from '#domain';
import {
  type Agreement,
  type Leaderboard,
  leaderboard,
  type PairedTestOptions,
  type ReusabilityReport,
  reusability,
} from '#evaluation';
import type { CollectionConfig, CollectionKind } from './config.ts';
import type { JudgedCollection } from './judged-collection.ts';

/** Significance of a report: the level after Holm's correction over all pairs of runs. */
export const REPORT_LEVEL = 0.05;

export interface CollectionReport {
  readonly config: CollectionConfig;
  readonly topics: number;
  readonly judgedTopics: readonly string[];
  readonly runs: number;
  readonly pooled: number;
  readonly progress: JudgedCollection['progress'];
  readonly agreements: readonly Agreement[];
  /** By measure, in the order of the configuration. */
  readonly leaderboards: readonly Leaderboard[];
  /** Of the first measure. */
  readonly reusability: ReusabilityReport;
  /** What relevant things are counted in. */
  readonly unit: Readonly<Record<CollectionKind, string>>[CollectionKind];
}

const UNITS: Readonly<Record<CollectionKind, string>> = { graded: 'documents', interval: 'seconds' };

/** Leaderboards of all measures. @throws {EngineError} invalid_data when there is nothing to score. */
export const scoreCollection = (collection: JudgedCollection, options: PairedTestOptions): Leaderboard[] => {
  const { runs, judgedTopics } = collection;
  if (runs.length === 0)
    throw new EngineError('invalid_data', 'the collection has no runs: expected runs/TEAM/RUN.txt');
  if (judgedTopics.length === 0) {
    throw new EngineError('invalid_data', 'no topic has a relevant judgment: expected assessments/NAME.qrels');
  }
  const scores = runs.map((run) => ({ ...run, scores: collection.score(run) }));
  return [...scores[0]!.scores.keys()].map((measure) =>
    leaderboard(
      measure,
      scores.map(({ team, run, scores }) => ({ team, run, values: scores.get(measure) ?? [] })),
      { ...options, level: REPORT_LEVEL },
    ),
  );
};

export const reportCollection = (collection: JudgedCollection, options: PairedTestOptions): CollectionReport => {
  const { config, topics, judgedTopics, runs, pool, progress, agreements, relevant, unique } = collection;
  const leaderboards = scoreCollection(collection, options);
  const { measure } = leaderboards[0]!;
  const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const measured = runs.map((run) => ({
    team: run.team,
    run: run.run,
    value: meanOf(collection.score(run).get(measure) ?? []),
    asStranger: meanOf(collection.score(run, run.team).get(measure) ?? []),
  }));
  return {
    config,
    topics: topics.length,
    judgedTopics,
    runs: runs.length,
    pooled: [...pool.values()].reduce((sum, documents) => sum + documents.size, 0),
    progress,
    agreements,
    leaderboards,
    reusability: reusability(measure, measured, { unique, relevant }),
    unit: UNITS[config.kind],
  };
};
