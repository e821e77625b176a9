/** How broad a taste is: the generalist–specialist score over what items are like. */

import type { Taste } from './taste.ts';

const FEWEST_ITEMS = 10;
const HEAVIEST = 50;

/**
 * Generalist–specialist score [Waller2019] [Anderson2020]: the mean likeness of what is played to the centre of what is
 * played, weighted by plays. Here likeness is that of the tag sets of items: with v_i the unit vector of an item's tags
 * and c = Σ w_i·v_i, the score is Σ w_i·cos(v_i, c) / Σ w_i, in [0, 1]; low is broad. Null below ten items with tags.
 */
export const generalistSpecialist = ({ listener, catalogue }: Taste): number | null => {
  const tagged = [...listener.items.places()]
    .map((place) => ({ tags: catalogue.item(place).tags ?? [], plays: listener.playsOf(place) }))
    .filter(({ tags, plays }) => tags.length > 0 && plays > 0)
    .sort((a, b) => b.plays - a.plays)
    .slice(0, HEAVIEST);
  if (tagged.length < FEWEST_ITEMS) return null;
  const centre = new Map<string, number>();
  for (const { tags, plays } of tagged) {
    for (const tag of tags) centre.set(tag, (centre.get(tag) ?? 0) + plays / Math.sqrt(tags.length));
  }
  const length = Math.sqrt([...centre.values()].reduce((sum, value) => sum + value * value, 0));
  let likeness = 0;
  let weight = 0;
  for (const { tags, plays } of tagged) {
    const along = tags.reduce((sum, tag) => sum + (centre.get(tag) ?? 0), 0) / Math.sqrt(tags.length);
    likeness += plays * (along / length);
    weight += plays;
  }
  return likeness / weight;
};
