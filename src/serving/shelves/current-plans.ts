/** Plans a moment after they were made. */

import { type Facts, FORGOTTEN_AFTER_MS } from '#policy';
import type { Taste } from '../taste.ts';
import type { ShelfPlan } from './shelf-plan.ts';

/** Shelves of what has rested. */
const RESTING: ReadonlySet<string> = new Set(['forgotten', 'again']);

/**
 * Without what the listener has refused since, and without what its shelf is not for any more: new things that have been met, artists
 * that have been tried, and what was just played again.
 */
export const currentPlans = (plans: readonly ShelfPlan[], taste: Taste, facts: Facts): readonly ShelfPlan[] =>
  plans.map((plan) => {
    const candidates = plan.input.candidates.filter((candidate) => stillFits(plan.input, candidate, taste, facts));
    return { ...plan, input: { ...plan.input, candidates } };
  });

const stillFits = (
  { shelf, character }: ShelfPlan['input'],
  { itemId, artistId }: ShelfPlan['input']['candidates'][number],
  taste: Taste,
  { now, listener }: Facts,
): boolean => {
  const place = taste.catalogue.place(itemId);
  const refusal = taste.refusal(place);
  if (refusal !== null) {
    taste.leaveOut(refusal, place);
    return false;
  }
  if (character === 'discovery' && !taste.isNews(place)) return false;
  if (shelf === 'new_artists' && artistId !== null && listener.hasMetArtist(artistId)) return false;
  const lastAt = RESTING.has(shelf) ? listener.lastPlayedAt(itemId) : null;
  return lastAt === null || now - lastAt >= FORGOTTEN_AFTER_MS;
};
