/** What a policy under trial does otherwise than the one that made a slate, with the candidates that were there. */

import type { CandidateSource, ItemId } from '#domain';
import type { Candidate, PolicyInput, ShelfInput } from './slate.ts';

/** Points are standard deviations of the shelf's logged scores; they are added up. */
export interface ScoringChange {
  /** Times the logged score, in standard deviations from the shelf's mean; 1 by default, 0 forgets it. */
  readonly score?: number | undefined;
  /** By source, and by the model or rule that gave the score. */
  readonly sources?: Readonly<Partial<Record<CandidateSource, number>>> | undefined;
  readonly stages?: Readonly<Record<string, number>> | undefined;
  /** For each of these tags that the item has. */
  readonly tags?: Readonly<Record<string, number>> | undefined;
  /** For each year since the item's release; nothing where that is unknown. */
  readonly perYear?: number | undefined;
}

/** What is not named stays as it was logged. */
export interface PolicyChange {
  /** Share of slots meant for exploration, in [0, 1], for every listener who had any. */
  readonly exploration?: number | undefined;
  /** Times each listener's own share, in place of one for all; above 1 it counts as 1. */
  readonly explorationFactor?: number | undefined;
  /** The plausible band: the best `bandFactor` times the slots, ≥ 1. */
  readonly bandFactor?: number | undefined;
  readonly maxPerArtist?: number | undefined;
  readonly artistGap?: number | undefined;
  /** Slots of every shelf before this one are not explored; never more than it has slots to keep. */
  readonly exploreFrom?: number | undefined;
  readonly scoring?: ScoringChange | undefined;
}

/** Of an item of the catalogue. */
export interface ItemTraits {
  readonly tags: readonly string[];
  /** Years since its release, when the slate was made; undefined when unknown. */
  readonly years: number | undefined;
}

/**
 * The policy's input as it would have been. Scoring orders the logged candidates anew, equal ones as they were: it re-ranks,
 * and brings no candidate that is not in the log. O(candidates · log candidates).
 */
export const changePolicy = (
  input: PolicyInput,
  change: PolicyChange,
  traitsOf: (item: ItemId) => ItemTraits,
): PolicyInput => ({
  shelves: input.shelves.map((shelf) => changeShelf(shelf, change, traitsOf)),
  // Who has turned down enough for now gets nothing new, whatever the policy.
  exploration:
    input.exploration === 0
      ? 0
      : (change.exploration ?? Math.min(1, input.exploration * (change.explorationFactor ?? 1))),
  bandFactor: change.bandFactor ?? input.bandFactor,
  maxPerArtist: change.maxPerArtist ?? input.maxPerArtist,
  artistGap: change.artistGap ?? input.artistGap,
});

const changeShelf = (
  shelf: ShelfInput,
  { exploreFrom, scoring }: PolicyChange,
  traitsOf: (item: ItemId) => ItemTraits,
): ShelfInput => ({
  ...shelf,
  exploreFrom: exploreFrom ?? shelf.exploreFrom,
  candidates: scoring === undefined ? shelf.candidates : rescored(shelf.candidates, scoring, traitsOf),
});

const rescored = (
  candidates: readonly Candidate[],
  scoring: ScoringChange,
  traitsOf: (item: ItemId) => ItemTraits,
): readonly Candidate[] => {
  const standard = standardised(candidates.map(({ score }) => score));
  return candidates
    .map((candidate, n) => ({ ...candidate, score: pointsOf(candidate, standard[n]!, scoring, traitsOf) }))
    .sort((a, b) => b.score - a.score);
};

/** From the mean, in standard deviations; 0 where all are alike. */
const standardised = (scores: readonly number[]): readonly number[] => {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length);
  return scores.map((score) => (deviation === 0 ? 0 : (score - mean) / deviation));
};

const pointsOf = (
  { itemId, source, stage }: Candidate,
  standard: number,
  { score = 1, sources = {}, stages = {}, tags = {}, perYear = 0 }: ScoringChange,
  traitsOf: (item: ItemId) => ItemTraits,
): number => {
  const named = score * standard + (sources[source] ?? 0) + (stages[stage] ?? 0);
  if (perYear === 0 && Object.keys(tags).length === 0) return named;
  const traits = traitsOf(itemId);
  return traits.tags.reduce((sum, tag) => sum + (tags[tag] ?? 0), named + perYear * (traits.years ?? 0));
};
