/** From candidates to a slate: top to bottom, slot by slot, without replacement. */

import type { ItemId } from '#domain';
import { createRng } from '#math';
import type { ComposedShelf, ComposedSlate, PlacedCard, PolicyInput, ShelfInput } from './slate.ts';
import { reachableCards, slotChoices, slotPropensity } from './slot.ts';

/** No slot is left to chance more often than this, so that a shelf stays what it says; unless more was asked for. */
const MAX_SLOT_EXPLORATION = 0.5;

/** Chooses one of the `count` choices of a slot, the best being 0. */
export type Draw = (count: number, epsilon: number) => { readonly choice: number; readonly explored: boolean };

/** What goes from slot to slot. */
export interface Page {
  readonly input: PolicyInput;
  readonly placed: Set<ItemId>;
  /** Exploration that was meant for slots where nothing could be explored: later slots make it up. */
  owed: number;
}

/**
 * The slate for `input`; the same input and seed give the same slate. O(slots · band).
 *
 * Whether a shelf is left out for too few cards is settled before its first card is drawn, from the cards above it
 * alone; so every card's probability given its prefix is exactly its `propensity`.
 */
export const composeSlate = (input: PolicyInput, seed: string): ComposedSlate => {
  const rng = createRng(seed);
  return drawSlate(input, (count, epsilon) => {
    if (count === 1 || epsilon === 0 || rng.next() >= epsilon) return { choice: 0, explored: false };
    return { choice: rng.int(count), explored: true };
  });
};

/** As `composeSlate`, with the draws made by the caller: tests walk the whole tree of slates with it. */
export const drawSlate = (input: PolicyInput, draw: Draw): ComposedSlate => {
  const page: Page = { input, placed: new Set(), owed: 0 };
  const shelves: ComposedShelf[] = [];
  let logPropensity = 0;
  for (const shelf of input.shelves) {
    const count = reachableCards(shelf, page.placed, input.maxPerArtist);
    if (count === 0 || count < shelf.fewest) continue;
    const shortBecause = shortReason(shelf, count, page.placed);
    const cards = fillShelf(page, shelf, { row: shelves.length, count, draw });
    for (const card of cards) logPropensity += Math.log(card.propensity);
    shelves.push({ input: shelf, row: shelves.length, cards, shortBecause });
  }
  // −0 would print as 0 and come back as another number.
  return { shelves, logPropensity: logPropensity === 0 ? 0 : logPropensity };
};

const fillShelf = (
  page: Page,
  shelf: ShelfInput,
  { row, count, draw }: { row: number; count: number; draw: Draw },
): readonly PlacedCard[] => {
  const cards: PlacedCard[] = [];
  const artists: (ItemId | null)[] = [];
  for (let slot = 0; slot < count; slot++) {
    const choices = slotChoices(shelf, { placed: page.placed, artists }, page.input);
    const epsilon = spendExploration(page, { slot, count, from: shelf.exploreFrom, choices: choices.length });
    const { choice, explored } = draw(choices.length, epsilon);
    const candidate = shelf.candidates[choices[choice]!]!;
    const propensity = slotPropensity(choices.length, epsilon, choice);
    page.placed.add(candidate.itemId);
    artists.push(candidate.artistId);
    cards.push({ shelf: shelf.shelf, row, slot, candidate, explored, propensity, choices: choices.length });
  }
  return cards;
};

/**
 * ε of a slot. The slots from `from` on carry the share of those before them; what cannot be explored (one choice only,
 * all slots before `from`) is owed and spread over the slots that follow. Over the page Σ ε + owed = exploration · cards.
 */
export const spendExploration = (
  page: Page,
  slot: { slot: number; count: number; from: number; choices: number },
): number => {
  const { exploration } = page.input;
  const open = slot.count - slot.from;
  if (slot.slot < slot.from) {
    if (open <= 0) page.owed += exploration;
    return 0;
  }
  const meant = (exploration * slot.count) / open;
  const ceiling = Math.max(MAX_SLOT_EXPLORATION, exploration);
  const wanted = meant + Math.max(0, page.owed) / (slot.count - slot.slot);
  const epsilon = slot.choices > 1 ? Math.min(ceiling, wanted) : 0;
  page.owed += meant - epsilon;
  return epsilon;
};

const shortReason = (shelf: ShelfInput, count: number, placed: ReadonlySet<ItemId>): string | null => {
  if (count >= shelf.asked) return null;
  const got = `${count} of ${shelf.asked}`;
  if (shelf.candidates.length < shelf.asked) return `${got}: nothing else fits here`;
  const free = shelf.candidates.filter((candidate) => !placed.has(candidate.itemId)).length;
  if (free < shelf.asked) return `${got}: the rest already stands higher on the page`;
  return `${got}: the rest is by the same artists`;
};
