/** One slot: which candidates are valid given all cards before it, and with which probability each is drawn. */

import type { ItemId } from '#domain';
import type { ShelfInput } from './slate.ts';

/** The cards before a slot, as far as they limit it. */
export interface Prefix {
  /** Every item on the page so far. */
  readonly placed: ReadonlySet<ItemId>;
  /** Artists of this shelf so far, slot by slot. */
  readonly artists: readonly (ItemId | null)[];
}

export interface SlotRules {
  readonly bandFactor: number;
  readonly maxPerArtist: number;
  readonly artistGap: number;
}

/**
 * Places (in `shelf.candidates`) of the items that can be drawn here, best first: the valid ones of the band, or the
 * best valid one alone when none of the band is left; empty when nothing is valid. Valid is what is not on the page and
 * keeps the artist limit; the gap between cards of one artist gives way where it would leave nothing.
 */
export const slotChoices = (shelf: ShelfInput, prefix: Prefix, rules: SlotRules): readonly number[] => {
  const spaced = validChoices(shelf, prefix, rules, rules.artistGap);
  return spaced.length > 0 || rules.artistGap === 0 ? spaced : validChoices(shelf, prefix, rules, 0);
};

/**
 * How many cards the shelf will have, whatever is drawn. Every order of drawing ends with as many, because the limit per
 * artist makes the sets of cards a partition matroid, all of whose maximal sets are of one size.
 */
export const reachableCards = (shelf: ShelfInput, placed: ReadonlySet<ItemId>, maxPerArtist: number): number => {
  const perArtist = new Map<ItemId, number>();
  let count = 0;
  for (const { itemId, artistId } of shelf.candidates) {
    if (placed.has(itemId)) continue;
    if (artistId === null) {
      count++;
      continue;
    }
    const before = perArtist.get(artistId) ?? 0;
    if (before < maxPerArtist) count++;
    perArtist.set(artistId, before + 1);
  }
  return Math.min(count, shelf.asked);
};

/**
 * π(a | prefix) of each choice, in their order: (1 − ε)·1[a is the best] + ε / |choices| (ε-greedy within the valid
 * set, [McInerney2018]). Sums to one; `count` ≥ 1.
 */
export const slotDistribution = (count: number, epsilon: number): Float64Array =>
  Float64Array.from({ length: count }, (_, choice) => slotPropensity(count, epsilon, choice));

/** `slotDistribution` of one choice. */
export const slotPropensity = (count: number, epsilon: number, choice: number): number =>
  (choice === 0 ? 1 - epsilon : 0) + epsilon / count;

/** Whether the artist has had all their cards on this shelf, or one of the last `gap`. A shelf has few cards: counting costs less than a map. */
const isBarred = (artist: ItemId, artists: Prefix['artists'], maxPerArtist: number, gap: number): boolean => {
  let cards = 0;
  for (let slot = 0; slot < artists.length; slot++) {
    if (artists[slot] !== artist) continue;
    if (++cards >= maxPerArtist || slot >= artists.length - gap) return true;
  }
  return false;
};

const validChoices = (shelf: ShelfInput, prefix: Prefix, rules: SlotRules, gap: number): readonly number[] => {
  const isBarredHere = (artist: ItemId | null): boolean =>
    artist !== null && isBarred(artist, prefix.artists, rules.maxPerArtist, gap);
  const band = Math.ceil(rules.bandFactor * shelf.asked);
  const choices: number[] = [];
  // Once a slot, over all candidates: counted, because entries() would make an array for each.
  for (let place = 0; place < shelf.candidates.length; place++) {
    if (place >= band && choices.length > 0) break;
    const { itemId, artistId } = shelf.candidates[place]!;
    if (prefix.placed.has(itemId) || isBarredHere(artistId)) continue;
    choices.push(place);
    if (place >= band) break;
  }
  return choices;
};
