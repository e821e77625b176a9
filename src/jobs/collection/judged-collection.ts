/** A test collection in memory: runs, pool, judgments, whatever its kind. */

import type { Agreement, Pool } from '#evaluation';
import type { CollectionConfig } from './config.ts';
import type { RunFile, TopicText } from './folder.ts';

/** Values of a run by measure, then by topic, in the order of `JudgedCollection.judgedTopics`. */
export type RunScores = ReadonlyMap<string, readonly number[]>;

export interface JudgedCollection {
  readonly config: CollectionConfig;
  readonly topics: readonly TopicText[];
  readonly runs: readonly RunFile[];
  /** Documents, or parts as `recording start end`. */
  readonly pool: Pool;
  /** How much of the pool each assessor has judged. */
  readonly progress: readonly { readonly assessor: string; readonly judged: number; readonly pooled: number }[];
  readonly agreements: readonly Agreement[];
  /** Topics with something relevant: the others tell systems apart by nothing. */
  readonly judgedTopics: readonly string[];
  /** The merged judgments as a file. */
  readonly qrels: string;
  /** Relevant documents (or seconds) of the pool, and those that one team alone brought in. */
  readonly relevant: number;
  readonly unique: number;
  /** Scores of a run; without what the team alone brought into the pool, when one is named. */
  readonly score: (run: RunFile, withoutTeam?: string) => RunScores;
}
