/** What the policy is asked and what it answers: both are logged, so that every decision can be drawn again. */

import type { CandidateSource, Daypart, EpochMs, ItemId } from '#domain';

/**
 * A statement about the listener that is true when served. Each kind has one predicate (`holds`) and one sentence.
 * `item` and `artist` are ids; counts are listens; times are epoch milliseconds.
 */
export type Claim =
  | { readonly kind: 'played_item'; readonly plays: number; readonly lastAt: EpochMs | null }
  | { readonly kind: 'because_played'; readonly item: ItemId; readonly plays: number }
  | { readonly kind: 'because_artist'; readonly artist: ItemId; readonly plays: number }
  | { readonly kind: 'daypart_artist'; readonly daypart: Daypart; readonly artist: ItemId; readonly plays: number }
  | { readonly kind: 'new_artist'; readonly artist: ItemId; readonly likedItem: ItemId; readonly likedPlays: number }
  | { readonly kind: 'forgotten'; readonly plays: number; readonly lastAt: EpochMs }
  | { readonly kind: 'session_like'; readonly item: ItemId; readonly playedAt: EpochMs }
  | {
      readonly kind: 'fresh_release';
      readonly releasedOn: string;
      readonly artist: ItemId | null;
      readonly artistPlays: number;
    }
  | { readonly kind: 'fresh_here'; readonly addedAt: EpochMs }
  | { readonly kind: 'from_editors'; readonly pool: string; readonly title: string }
  | { readonly kind: 'popular'; readonly listeners: number };

export interface Candidate {
  readonly itemId: ItemId;
  /** Whose work it is, for the limit per artist; null when unknown: such items never count against each other. */
  readonly artistId: ItemId | null;
  /** Higher is better; compared within the shelf only. Finite. */
  readonly score: number;
  readonly source: CandidateSource;
  /** Model or rule that gave the score, e.g. als. */
  readonly stage: string;
  readonly claim: Claim | null;
}

export interface ShelfInput {
  readonly shelf: string;
  readonly title: string;
  readonly need: string;
  readonly character: 'familiar' | 'discovery' | 'mixed';
  /** Slots to fill, ≥ 1. */
  readonly asked: number;
  /** Valid for this shelf: filters have been applied and each claim holds. Best first (score, then id). */
  readonly candidates: readonly Candidate[];
  /** Slots before this one are never explored. */
  readonly exploreFrom: number;
  /** Fewer cards than this and the shelf is left out of the page. */
  readonly fewest: number;
}

/** Everything the policy reads. With the same input and seed it gives the same slate, byte for byte. */
export interface PolicyInput {
  /** In the order of the page. */
  readonly shelves: readonly ShelfInput[];
  /** Share of slots meant for exploration, in [0, 1]. */
  readonly exploration: number;
  /** The plausible band: the best `bandFactor · asked` candidates of a shelf. ≥ 1. */
  readonly bandFactor: number;
  /** At most this many cards of one artist on a shelf. */
  readonly maxPerArtist: number;
  /** This many cards between two of one artist, while anything else is left to choose; 0 for none. */
  readonly artistGap: number;
}

export interface PlacedCard {
  readonly shelf: string;
  readonly row: number;
  readonly slot: number;
  readonly candidate: Candidate;
  /** Drawn by exploration. */
  readonly explored: boolean;
  /** Probability of this item at this slot given all slots before it, in (0, 1]. */
  readonly propensity: number;
  /** Items of the band that were valid at this slot, so many could be drawn; 1 when none of the band was left. */
  readonly choices: number;
}

export interface ComposedShelf {
  readonly input: ShelfInput;
  readonly row: number;
  readonly cards: readonly PlacedCard[];
  /** Why there are fewer cards than asked, in words; null when full. */
  readonly shortBecause: string | null;
}

export interface ComposedSlate {
  readonly shelves: readonly ComposedShelf[];
  /** Natural logarithm of the product of all propensities. */
  readonly logPropensity: number;
}
