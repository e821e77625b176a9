/** Interleaving of pages: shelves above each other, cards beside each other. */

import type { Rng } from '#math';
import type { Interleaved, Interleaver, Ranking } from './interleaver.ts';

/** A page as a policy would show it: shelves best first, none twice, each with its cards best first. */
export type Page = readonly PageShelf[];

export interface PageShelf {
  readonly shelf: number;
  readonly items: Ranking;
}

export interface PageShape {
  readonly shelves: number;
  readonly cards: number;
}

export interface InterleavedPage {
  readonly shelves: Page;
  /** Credit of each page from the credit of each card, shelf by shelf as shown: for the order of shelves, and of cards. */
  credit(cards: readonly ArrayLike<number>[]): PageCredit;
}

export interface PageCredit {
  /** One a page. */
  readonly shelves: readonly number[];
  readonly cards: readonly number[];
}

/**
 * The order of shelves is interleaved as a list whose items are shelves, each earning what all its cards earn; the cards
 * of each shelf that is shown are interleaved among the pages that have it. A shelf only one page has is shown as that
 * page has it and says nothing about the order of cards. Unbiased as the interleaver is, in both parts;
 * in the order of shelves when shelves show as many cards, for a longer one catches more random clicks.
 */
export const interleavePages = (
  interleaver: Interleaver,
  pages: readonly Page[],
  { shelves, cards }: PageShape,
  rng: Rng,
): InterleavedPage => {
  const order = interleaver.interleave(
    pages.map((page) => page.map(({ shelf }) => shelf)),
    shelves,
    rng.derive('shelves'),
  );
  const rows = order.items.map((shelf) => fillShelf(interleaver, pages, { shelf, cards }, rng.derive('cards', shelf)));
  return {
    shelves: rows.map(({ shelf, items }) => ({ shelf, items })),
    credit: (earned) => {
      const totals = earned.map((own) => Array.from(own).reduce((sum, value) => sum + value, 0));
      const ofCards = pages.map(() => 0);
      rows.forEach(({ owners, made }, row) => {
        made?.credit(earned[row]!).forEach((credit, n) => {
          ofCards[owners[n]!]! += credit;
        });
      });
      return { shelves: order.credit(totals), cards: ofCards };
    },
  };
};

interface FilledShelf {
  readonly shelf: number;
  readonly items: Ranking;
  /** Pages that have the shelf. */
  readonly owners: readonly number[];
  /** Undefined when one page alone has it. */
  readonly made: Interleaved | undefined;
}

const fillShelf = (
  interleaver: Interleaver,
  pages: readonly Page[],
  { shelf, cards }: { shelf: number; cards: number },
  rng: Rng,
): FilledShelf => {
  const found = pages.map((page) => page.find((one) => one.shelf === shelf));
  const owners = found.flatMap((one, page) => (one === undefined ? [] : [page]));
  const rankings = found.flatMap((one) => (one === undefined ? [] : [one.items]));
  if (rankings.length === 1) return { shelf, items: rankings[0]!.slice(0, cards), owners, made: undefined };
  const made = interleaver.interleave(rankings, cards, rng);
  return { shelf, items: made.items, owners, made };
};
