/** Which cards of a page are looked at: the browse law of each device. */

import type { Device } from '#domain';
import type { Rng } from '#math';

interface BrowseLaw {
  /** Rows seen without doing anything. */
  readonly foldRows: number;
  /** Probability of looking at one more row, from the first one below the fold on. */
  readonly scroll: number;
  /** Cards of a row seen without swiping. */
  readonly foldSlots: number;
  /** Probability of looking at one more card of the row, beyond those. */
  readonly swipe: number;
}

const DESKTOP: BrowseLaw = { foldRows: 2, scroll: 0.22, foldSlots: 6, swipe: 0.15 };
const MOBILE: BrowseLaw = { foldRows: 1, scroll: 0.8, foldSlots: 3, swipe: 0.55 };
const SCREEN: BrowseLaw = { foldRows: 2, scroll: 0.5, foldSlots: 5, swipe: 0.3 };
/** A voice names one thing. */
const SPOKEN: BrowseLaw = { foldRows: 1, scroll: 0, foldSlots: 1, swipe: 0 };

const LAWS: Readonly<Record<Device, BrowseLaw>> = {
  mobile: MOBILE,
  desktop: DESKTOP,
  web: DESKTOP,
  tablet: SCREEN,
  tv: SCREEN,
  other: SCREEN,
  speaker: SPOKEN,
  car: SPOKEN,
  watch: SPOKEN,
};

export const hasScreen = (device: Device): boolean => LAWS[device] !== SPOKEN;

/** Places of the cards looked at, in reading order; `cards` stand row by row. The listener stops at what they choose. */
export function* glance(
  cards: readonly { readonly row: number; readonly slot: number }[],
  device: Device,
  rng: Rng,
): Generator<number> {
  const law = LAWS[device];
  let row = -1;
  let closed = -1;
  for (let place = 0; place < cards.length; place++) {
    const card = cards[place]!;
    if (card.row !== row) {
      // Whoever leaves a row unseen sees none below it.
      if (card.row >= law.foldRows && rng.next() >= law.scroll) return;
      row = card.row;
    }
    if (closed === row) continue;
    if (card.slot >= law.foldSlots && rng.next() >= law.swipe) closed = row;
    else yield place;
  }
}

/** Probability that a card at that place is looked at by someone who chooses nothing before it. */
export const examination = (device: Device, row: number, slot: number): number => {
  const { foldRows, scroll, foldSlots, swipe } = LAWS[device];
  let probability = 1;
  for (let r = foldRows; r <= row; r++) probability *= scroll;
  for (let s = foldSlots; s <= slot; s++) probability *= swipe;
  return probability;
};
