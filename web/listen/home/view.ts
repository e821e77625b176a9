/** The home page from its answer: what is shown, and what has to be said about it. */

import type { Shelf, Slate } from '#api';
import type { Feelings } from '../feelings.ts';

export interface HomeView {
  readonly shelves: readonly Shelf[];
  /** What the page rests on, where that needs saying. */
  readonly basis: string | null;
  readonly notices: readonly string[];
  readonly explored: number;
  readonly cards: number;
}

const BASIS: Readonly<Record<Slate['basis'], string | null>> = {
  collaborative: null,
  content_only:
    'Chosen by what the music is: artist, album, tags, and what you play together. There are too few listeners here to learn from others.',
  popularity_only: 'Chosen by what is played most here. There is too little to learn from yet.',
  untrained: 'Nothing has been learned yet: this page rests on your own plays alone.',
  unknown: 'What it rests on was not noted when it was made.',
};

/** What the page rests on, in words; null when it needs none. */
export const basisWords = (basis: Slate['basis']): string | null => BASIS[basis];

/** What was just hidden leaves the page at once, before the engine answers with a new one. */
export const viewHome = (slate: Slate, feelings: Feelings): HomeView => {
  const shelves = slate.shelves
    .map((shelf) => ({ ...shelf, cards: shelf.cards.filter(({ item }) => !feelings.hidden.has(item.item_id)) }))
    .filter((shelf) => shelf.cards.length > 0);
  const cards = shelves.flatMap((shelf) => shelf.cards);
  return {
    shelves,
    basis: basisWords(slate.basis),
    notices: slate.notices,
    explored: cards.filter((card) => card.explored).length,
    cards: cards.length,
  };
};

/** A greeting for the local hour, 0–23. */
export const greeting = (hour: number): string => {
  if (hour < 5) return 'Still up?';
  if (hour < 12) return 'Good morning';
  if (hour < 17) return 'Good afternoon';
  return hour < 22 ? 'Good evening' : 'Late again';
};
