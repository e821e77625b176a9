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

/** What a policy can place at a slot, given the cards above it. */
export interface SlotLaw {
  /** Those with a chance, best first. */
  readonly items: readonly ItemId[];
  /** Of each; they sum to one, except where nothing can be placed. */
  readonly probabilities: Float64Array;
}

/**
 * π(· | the cards above it) at the slot of each logged card under the policy that `input` describes: exact, because every
 * valid choice of every slot is in the input. After a card that the policy would never place, what follows is taken as if
 * it had. Undefined when the policy would fill other shelves or another number of slots: such a page is none of its own.
 * O(cards · band).
 */
export const slotLaws = (input: PolicyInput, cards: readonly LoggedCard[]): readonly SlotLaw[] | undefined => {
  const page: Page = { input, placed: new Set(), owed: 0 };
  const laws: SlotLaw[] = [];
  let from = 0;
  for (const shelf of input.shelves) {
    const count = reachableCards(shelf, page.placed, input.maxPerArtist);
    if (count === 0 || count < shelf.fewest) continue;
    const own = cards.slice(from, from + count);
    if (own.length < count || own.some((card) => card.shelf !== shelf.shelf)) return undefined;
    laws.push(...walkShelf(page, shelf, own));
    from += count;
  }
  return from === cards.length ? laws : undefined;
};

/** π(item) at the slot; 0 where the policy never places it. */
export const propensityOf = ({ items, probabilities }: SlotLaw, itemId: string): number =>
  probabilities[items.indexOf(itemId as ItemId)] ?? 0;

/** What `law` gives to items to which `other` gives no chance: of these a log of `other` tells nothing. In [0, 1]. */
export const massOutside = ({ items, probabilities }: SlotLaw, other: SlotLaw): number => {
  const known = new Set(other.items);
  return items.reduce((sum, item, n) => (known.has(item) ? sum : sum + probabilities[n]!), 0);
};

const walkShelf = (page: Page, shelf: ShelfInput, cards: readonly LoggedCard[]): readonly SlotLaw[] => {
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
    page.placed.add(itemId as ItemId);
    artists.push(artistOf.get(itemId) ?? null);
    const likely = epsilon === 0 ? choices.slice(0, 1) : choices;
    return {
      items: likely.map((choice) => shelf.candidates[choice]!.itemId),
      probabilities: likely.length === 0 ? new Float64Array(0) : slotDistribution(likely.length, epsilon),
    };
  });
};
