/** What the models say of places that a shelf has found by other means. */

import type { Taste } from './taste.ts';

export interface ScoredPlaces {
  /** One a place, in their order. */
  readonly scores: readonly number[];
  /** Whoever scored them. */
  readonly stage: string;
}

/** Score of each place by the best model that has one for any of them; places it does not know score 0. */
export const scoresOf = (taste: Taste, places: readonly number[]): ScoredPlaces => scoresOfGroups(taste, [places])[0]!;

/** `scoresOf` each group by itself; a model is asked once, for all groups that those before it had no score for. */
export const scoresOfGroups = (taste: Taste, groups: readonly (readonly number[])[]): readonly ScoredPlaces[] => {
  const { learned } = taste;
  const indices = groups.map((places) => places.map((place) => learned?.index(place) ?? -1));
  const found = new Map<number, ScoredPlaces>();
  let open = [...groups.keys()].filter((n) => indices[n]!.some((index) => index >= 0));
  // Where there is nothing to score no model is told of the listener, which costs more than the scores.
  for (const { model, user } of open.length === 0 ? [] : taste.rankers()) {
    const asked = open.flatMap((n) => indices[n]!.filter((index) => index >= 0));
    const said = model.score(user, Uint32Array.from(asked));
    let next = 0;
    for (const n of open) {
      const scores = indices[n]!.map((index) => (index < 0 ? 0 : said[next++]!));
      if (scores.some((score) => score !== 0)) found.set(n, { scores, stage: model.name });
    }
    open = open.filter((n) => !found.has(n));
    if (open.length === 0) break;
  }
  const byListeners = (places: readonly number[]): ScoredPlaces => ({
    scores: places.map((place) => Math.log1p(learned?.listenersOf(place) ?? 0)),
    stage: 'popularity',
  });
  return groups.map((places, n) => found.get(n) ?? byListeners(places));
};
