/** A shelf before the policy has chosen from it. */

import type { CandidateSource, Daypart, EpochMs } from '#domain';
import { type Rng, topK } from '#math';
import type { Candidate, Claim, Facts, ShelfInput } from '#policy';
import type { RankedPlaces } from '../learned.ts';
import { shelfKind } from '../shelf-kinds.ts';
import type { Taste } from '../taste.ts';

/** Candidates per slot asked: the band of three, and a reserve for what stands higher on the page. */
export const CANDIDATES_PER_SLOT = 4;
export const SHELF_SLOTS = 10;
/** Of a shelf of the usual length. */
export const SHELF_CANDIDATES: number = SHELF_SLOTS * CANDIDATES_PER_SLOT;
/** The first two slots of a shelf are never explored: they say what the shelf is. */
const EXPLORE_FROM = 2;
const FEWEST_CARDS = 3;

/** What every shelf is made from. */
export interface PageContext {
  readonly now: EpochMs;
  readonly daypart: Daypart;
  readonly taste: Taste;
  readonly facts: Facts;
  /** Draws of the page that are not the policy's; depends on the listener's day, not on the slate. */
  readonly rng: Rng;
}

export interface ShelfPlan {
  readonly input: ShelfInput;
  /** What can be said of a card of this shelf; asked only for cards that were placed. */
  readonly claimOf: (place: number) => Claim | null;
}

export interface ScoredPlace {
  readonly place: number;
  readonly score: number;
  readonly stage: string;
}

export interface ShelfWords {
  readonly shelf: string;
  readonly title: string;
  readonly source: CandidateSource;
  readonly asked?: number;
  readonly exploreFrom?: number;
  readonly fewest?: number;
}

/** The plan of a shelf from its scored places; null when there are too few. */
export const planShelf = (
  { taste }: Pick<PageContext, 'taste'>,
  words: ShelfWords,
  scored: readonly ScoredPlace[],
  claimOf: ShelfPlan['claimOf'],
): ShelfPlan | null => {
  const { asked = SHELF_SLOTS, exploreFrom = EXPLORE_FROM, fewest = FEWEST_CARDS } = words;
  if (scored.length < fewest) return null;
  const { catalogue } = taste;
  const wanted = asked * CANDIDATES_PER_SLOT;
  const candidates = bestOf(scored, wanted)
    .map(
      ({ place, score, stage }): Candidate => ({
        itemId: catalogue.id(place),
        artistId: catalogue.artistId(place),
        score: rounded(score),
        source: words.source,
        stage,
        claim: null,
      }),
    )
    .sort((a, b) => b.score - a.score || (a.itemId < b.itemId ? -1 : 1));
  const { need, character } = shelfKind(words.shelf);
  const { shelf, title } = words;
  return { input: { shelf, title, need, character, asked, candidates, exploreFrom, fewest }, claimOf };
};

const bestOf = (scored: readonly ScoredPlace[], count: number): readonly ScoredPlace[] => {
  if (scored.length <= count) return scored;
  const scores = new Float64Array(scored.length);
  for (let n = 0; n < scored.length; n++) scores[n] = scored[n]!.score;
  const best: ScoredPlace[] = [];
  for (const n of topK(scores, count)) best.push(scored[n]!);
  return best;
};

/** Six digits say all that a score knows, and keep the log small. */
const DIGITS = 6;
/** Doubles that are the power they say. */
const POWERS: readonly number[] = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const rounded = (score: number): number => {
  const scale = POWERS[DIGITS - 1 - Math.floor(Math.log10(Math.abs(score)))];
  return scale === undefined ? Number(score.toPrecision(DIGITS)) : Math.round(score * scale) / scale;
};

/**
 * One list out of several rankings, the better ones first: those of the first keep their order and stand above all of
 * the second. Scores lie in (0, number of rankings]. No more than `most`, the best of them, are looked for.
 */
export const inTiers = (
  rankings: readonly RankedPlaces[],
  keep: (place: number) => boolean,
  most: number = Number.POSITIVE_INFINITY,
): readonly ScoredPlace[] => {
  const seen = new Set<number>();
  const listed: ScoredPlace[] = [];
  for (const [tier, { places, scores, stage }] of rankings.entries()) {
    const top = Math.max(scores[0] ?? 0, Number.MIN_VALUE);
    const base = rankings.length - tier - 1;
    for (let n = 0; n < places.length && listed.length < most; n++) {
      const place = places[n]!;
      if (seen.has(place) || !keep(place)) continue;
      // Within one ranking each place stands once.
      if (rankings.length > 1) seen.add(place);
      listed.push({ place, score: base + Math.min(1, Math.max(0, scores[n]! / top)), stage });
    }
  }
  return listed;
};
