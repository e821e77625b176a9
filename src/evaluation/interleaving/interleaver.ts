/** The port of an interleaver: one list from several rankings, and who earned what was done with it. */

import type { Rng } from '#math';

/** Items best first, none twice; items are numbers of the caller's. */
export type Ranking = readonly number[];

/** One list shown instead of the rankings it was made from. */
export interface Interleaved {
  readonly items: readonly number[];
  /**
   * Credit of each ranking, in their order, from the credit of each slot (a click is 1; `successCredit` makes it of
   * outcomes). When clicks do not depend on the items, all rankings get the same on average: that is what unbiased means.
   */
  credit(slots: ArrayLike<number>): readonly number[];
}

export interface Interleaver {
  readonly name: string;
  /**
   * A list of at most `length` items: shorter when the rankings have no more.
   * @throws {RangeError} for fewer than two rankings, or more than the method can take.
   */
  interleave(rankings: readonly Ranking[], length: number, rng: Rng): Interleaved;
}

/** What a success definition says of a slot; more fields are allowed. */
export interface SlotOutcome {
  readonly label: 'achieved' | 'failed' | 'unknown';
  /** In [0, 1]. */
  readonly value: number;
}

/** Credit by success instead of clicks: the value of what was achieved; 0 for what failed, is unknown or was not tried. */
export const successCredit = (outcomes: readonly (SlotOutcome | undefined)[]): Float64Array =>
  Float64Array.from(outcomes, (outcome) => (outcome?.label === 'achieved' ? outcome.value : 0));

/** @throws {RangeError} */
export const checkRankings = (name: string, rankings: readonly Ranking[], most: number): void => {
  if (rankings.length < 2 || rankings.length > most) {
    const expected = most === Number.POSITIVE_INFINITY ? 'at least 2' : `2 to ${most}`;
    throw new RangeError(`${name} of ${rankings.length} rankings: expected ${expected}`);
  }
  for (const ranking of rankings) {
    if (new Set(ranking).size < ranking.length) throw new RangeError(`${name}: a ranking has an item twice`);
  }
};
