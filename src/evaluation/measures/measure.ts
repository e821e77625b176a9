/** What a ranking measure is. */

/** Gain of each relevant document, positive; a document that is not in it has gain 0. Binary relevance: gain 1. */
export type Judgments<Id> = ReadonlyMap<Id, number>;

/** A measure of one ranking against the judgments of one user (or query). A value with a name that reads back. */
export interface Measure {
  /** As trec_eval would have it with the cutoff after @, e.g. `ndcg@10`; `parseMeasure` reads it. */
  readonly name: string;
  /** Ranks that are looked at. */
  readonly cutoff: number;
  /**
   * The measure in [0, 1], or undefined where it is not defined: without a relevant document (gain > 0) there is nothing
   * to find, and that is not 0. A ranking shorter than the cutoff is a ranking with nothing more in it.
   */
  compute<Id>(ranking: ArrayLike<Id>, judgments: Judgments<Id>): number | undefined;
}
