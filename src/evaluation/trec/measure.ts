/** What a measure of trec_eval is: a family with a name, parameters, and a way to sum up over topics. */

import type { AspectView } from './aspects.ts';
import type { JudgedRanking } from './judged-ranking.ts';
import type { PreferenceCounts } from './preference-counts.ts';
import type { TopicPreferences } from './preference-groups.ts';

/** A topic's ranking, seen as the judgments allow: as one list of levels, one for each judge, or as preferences. */
export interface TopicView {
  readonly ranking: JudgedRanking | undefined;
  readonly judges: readonly JudgedRanking[] | undefined;
  /** The judges as aspects of the topic, counted out when a measure asks. */
  readonly aspects: (() => AspectView) | undefined;
  readonly preferences: (TopicPreferences & { readonly counts: readonly PreferenceCounts[] }) | undefined;
  /** Documents in the collection, 0 when not told. */
  readonly collectionSize: number;
}

/** What a family needs of the judgments. */
export type Needs = 'ranking' | 'judges' | 'preferences' | 'nothing';

/**
 * How values of topics become one: their mean or sum, the geometric mean of which they are logarithms, the number of
 * topics, the run's name, or nothing.
 */
export type Summary = 'mean' | 'sum' | 'geometric_mean' | 'topic_count' | 'run_id' | 'none';

/** A family with its parameters: one value for each column. */
export interface Bound {
  readonly columns: readonly string[];
  readonly compute: (topic: TopicView) => readonly number[] | string;
}

export interface Family {
  readonly name: string;
  readonly needs: Needs;
  readonly summary: Summary;
  /** Whether it is told for single topics. */
  readonly perTopic: boolean;
  /** Whether its values are counts, written without decimals. */
  readonly whole: boolean;
  /** Reads the parameters, undefined when none were given. @throws {EngineError} invalid_request. */
  readonly bind: (parameters: string | undefined) => Bound;
}
