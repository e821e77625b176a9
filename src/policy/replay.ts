/** How likely a policy is to fill a page with the very cards that another policy placed. */

import type { ItemId } from '#domain';
import { type Page, spendExploration } from './compose.ts';
import type { PolicyInput, ShelfInput } from './slate.ts';
import { reachableCards, slotChoices, slotDistribution } from './slot.ts';

export interface LoggedCard {
  readonly shelf: string;
  /** An `ItemId`, as it stands in the log. */
  readonly itemId: string;
}

/**
 * π(card | the cards above it) of each logged card under the policy that `input` describes: exact, because every valid
 * choice of every slot is in the input. 0 where the policy would never place it; then what follows is taken as if it had.
 * Undefined when the policy would fill other shelves or another number of slots: such a page is none of its own.
 */
export const propensitiesUnder = (input: PolicyInput, cards: readonly LoggedCard[]): Float64Array | undefined => {
  const page: Page = { input, placed: new Set(), owed: 0 };
  const propensities: number[] = [];
  let from = 0;
  for (const shelf of input.shelves) {
    const count = reachableCards(shelf, page.placed, input.maxPerArtist);
    if (count === 0 || count < shelf.fewest) continue;
    const own = cards.slice(from, from + count);
    if (own.length < count || own.some((card) => card.shelf !== shelf.shelf)) return undefined;
    propensities.push(...walkShelf(page, shelf, own));
    from += count;
  }
  return from === cards.length ? Float64Array.from(propensities) : undefined;
};

const walkShelf = (page: Page, shelf: ShelfInput, cards: readonly LoggedCard[]): readonly number[] => {
  const artistOf = new Map<string, ItemId | null>(shelf.candidates.map(({ itemId, artistId }) => [itemId, artistId]));
  const artists: (ItemId | null)[] = [];
  return cards.map(({ itemId }, slot) => {
    const choices = slotChoices(shelf, { placed: page.placed, artists }, page.input);
    const epsilon = spendExploration(page, {
      slot,
      count: cards.length,
      from: shelf.exploreFrom,
      choices: choices.length,
    });
    const place = choices.findIndex((choice) => shelf.candidates[choice]!.itemId === itemId);
    page.placed.add(itemId as ItemId);
    artists.push(artistOf.get(itemId) ?? null);
    return place === -1 ? 0 : slotDistribution(choices.length, epsilon)[place]!;
  });
};
