/** Because you played X: new things like one of the listener's favourites. */

import { MINUTE_MS } from '#domain';
import type { PageContext, ShelfPlan } from './shelf-plan.ts';
import { inTiers, planShelf } from './shelf-plan.ts';

/** Seeds are drawn from so many of the listener's weightiest items. */
const FAVOURITES = 30;
const BECAUSE_SHELVES = 2;

export const becauseShelves = (context: PageContext): readonly ShelfPlan[] => {
  const { taste, facts } = context;
  const { catalogue, learned } = taste;
  if (learned === null) return [];
  const plans: ShelfPlan[] = [];
  const artists = new Set<number>();
  for (const seed of drawnFavourites(context)) {
    const artist = catalogue.artist(seed);
    // Two seeds of one artist would make one shelf twice.
    if (artist >= 0 && artists.has(artist)) continue;
    const scored = inTiers(learned.similar(seed), (place) => place !== seed && taste.isNews(place));
    const item = catalogue.id(seed);
    const words = {
      shelf: `because:${plans.length + 1}`,
      title: `Because you played ${catalogue.titleOf(seed)}`,
      source: 'similar_items',
    } as const;
    const plan = planShelf(context, words, scored, () => {
      return { kind: 'because_played', item, plays: facts.listener.playsOf(item) };
    });
    if (plan === null) continue;
    artists.add(artist);
    plans.push(plan);
    if (plans.length === BECAUSE_SHELVES) break;
  }
  return plans;
};

/**
 * Favourites in an order drawn by weight (each key u^(1/w), [Efraimidis2006]). A favourite's number hangs on the page's
 * draws and its own id alone, so one event more or less leaves the others where they are.
 */
export const drawnFavourites = ({ taste, rng, now }: PageContext): readonly number[] => {
  const running = taste.listener.recent.runningPlaces(now - MINUTE_MS);
  const favourites: { readonly place: number; readonly key: number }[] = [];
  const { places, weights } = taste.weights();
  for (let n = 0; n < places.length && favourites.length < FAVOURITES; n++) {
    const place = places[n]!;
    if (taste.listener.playsOf(place) === 0 || running.has(place) || taste.refusal(place) !== null) continue;
    const drawn = rng.derive('seed', taste.catalogue.id(place)).next();
    favourites.push({ place, key: Math.log(1 - drawn) / Math.sqrt(weights[n]!) });
  }
  return favourites.sort((a, b) => b.key - a.key || a.place - b.place).map(({ place }) => place);
};
