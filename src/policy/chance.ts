/** Cards that nothing but chance placed, and those that chance passed over: what a slate's exploration randomised. */

import type { ItemId } from '#domain';
import { type LoggedCard, type SlotLaw, slotLaws } from './replay.ts';
import type { PolicyInput } from './slate.ts';

export interface ChanceCards {
  /** Places among the logged cards. */
  readonly placed: readonly number[];
  /**
   * Items that were not placed, with their weights: π(i) / Π(1 − π(i)) over the slots from there on, summed over the slots
   * where they could have been drawn. So weighed they stand for what would have come of the placed ones, had chance passed
   * them over.
   */
  readonly passedOver: ReadonlyMap<ItemId, number>;
}

/**
 * At an explored slot only those candidates take part of which nothing but chance decides: as many better ones are valid as
 * slots are left on the shelf, so they never become the best themselves, and no other shelf of the page has them. Which
 * these are is known before the slot is drawn; then π(i), the same for all of them, is the whole difference between being
 * placed and not. Exact by the logged candidates [Robins2000]; undefined when the page is none of the policy's own.
 * O(cards · band).
 */
export const chanceCards = (input: PolicyInput, cards: readonly LoggedCard[]): ChanceCards | undefined => {
  const laws = slotLaws(input, cards);
  if (laws === undefined) return undefined;
  const notInPlay = inSeveralShelves(input);
  const onPage = new Set(cards.map(({ itemId }) => itemId));
  const placed: number[] = [];
  const passedOver = new Map<ItemId, number>();
  for (const { slot, slotsLeft, spared } of slotsUpwards(cards, laws)) {
    for (const { item, probability } of byChanceAlone(laws[slot]!, slotsLeft)) {
      if (notInPlay.has(item)) continue;
      if (cards[slot]!.itemId === item) placed.push(slot);
      else if (!onPage.has(item)) {
        passedOver.set(item, (passedOver.get(item) ?? 0) + probability / spared.get(item)!);
      }
    }
  }
  return { placed: placed.sort((a, b) => a - b), passedOver };
};

/** Each slot from the last of its shelf up, with the chance of each item not to be drawn from there on. */
function* slotsUpwards(
  cards: readonly LoggedCard[],
  laws: readonly SlotLaw[],
): Generator<{ readonly slot: number; readonly slotsLeft: number; readonly spared: ReadonlyMap<ItemId, number> }> {
  for (const { from, to } of shelvesOf(cards)) {
    const spared = new Map<ItemId, number>();
    for (let slot = to - 1; slot >= from; slot--) {
      notDrawn(laws[slot]!, spared);
      yield { slot, slotsLeft: to - 1 - slot, spared };
    }
  }
}

/** Multiplies the chance of an item not to be drawn from here on. */
const notDrawn = ({ items, probabilities }: SlotLaw, spared: Map<ItemId, number>): void => {
  for (const [n, item] of items.entries()) spared.set(item, (spared.get(item) ?? 1) * (1 - probabilities[n]!));
};

/** What is so far down that the slots after this one cannot make it the best. */
function* byChanceAlone(
  { items, probabilities }: SlotLaw,
  slotsLeft: number,
): Generator<{ readonly item: ItemId; readonly probability: number }> {
  for (let n = slotsLeft + 1; n < items.length; n++) yield { item: items[n]!, probability: probabilities[n]! };
}

const inSeveralShelves = ({ shelves }: PolicyInput): ReadonlySet<ItemId> => {
  const seen = new Set<ItemId>();
  const several = new Set<ItemId>();
  for (const { candidates } of shelves) {
    for (const { itemId } of candidates) (seen.has(itemId) ? several : seen).add(itemId);
  }
  return several;
};

/** Cards of a shelf stand together. */
const shelvesOf = (cards: readonly LoggedCard[]): readonly { readonly from: number; readonly to: number }[] =>
  cards.flatMap(({ shelf }, from) => {
    if (cards[from - 1]?.shelf === shelf) return [];
    const length = cards.slice(from).findIndex((card) => card.shelf !== shelf);
    return [{ from, to: length === -1 ? cards.length : from + length }];
  });
