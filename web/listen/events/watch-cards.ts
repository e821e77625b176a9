/** Watches which cards are in view, for all lists of a page at once. */

import { createImpressions, type Impressions, SEEN_FRACTION } from './impressions.ts';
import { leaveOutbox, noteSeen } from './tell.ts';
import type { Place } from './wire-event.ts';

interface Watched {
  readonly userId: string;
  readonly itemId: string;
  readonly place: Place;
}

const cards = new Map<Element, Watched>();
const impressions = new Map<string, Impressions>();

const impressionsOf = (userId: string): Impressions => {
  const known = impressions.get(userId);
  if (known) return known;
  const made = createImpressions((seen) => noteSeen(userId, seen));
  impressions.set(userId, made);
  return made;
};

const change = (card: Element, fraction: number) => {
  const watched = cards.get(card);
  if (watched) impressionsOf(watched.userId).change(watched.itemId, watched.place, fraction, performance.now());
};

const begin = (): IntersectionObserver => {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) change(entry.target, document.hidden ? 0 : entry.intersectionRatio);
    },
    { threshold: [0, SEEN_FRACTION, 0.75, 1] },
  );
  window.setInterval(() => {
    for (const each of impressions.values()) each.tick(performance.now());
  }, 1000);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      for (const each of impressions.values()) each.leave(performance.now());
      leaveOutbox();
      return;
    }
    // Coming back is a new view of the page: ask again what is in view.
    for (const card of cards.keys()) {
      observer.unobserve(card);
      observer.observe(card);
    }
  });
  return observer;
};

let observer: IntersectionObserver | null = null;

/** Begins to watch a card; the answer ends it. */
export const watchCard = (card: Element, watched: Watched): (() => void) => {
  observer ??= begin();
  cards.set(card, watched);
  observer.observe(card);
  return () => {
    change(card, 0);
    cards.delete(card);
    observer?.unobserve(card);
  };
};
