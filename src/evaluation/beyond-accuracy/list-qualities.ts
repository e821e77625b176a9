/** What a list is like beside being right: new, varied, surprising, popular. Lists are of item numbers. */

/** Mean self-information of the items, -log2 of the share of listeners who know each [Vargas2011]; undefined for none. */
export const novelty = (list: ArrayLike<number>, knownBy: (item: number) => number): number | undefined =>
  meanOver(list, (item) => -Math.log2(knownBy(item)));

/**
 * Mean distance between two items of the list [Ziegler2005]; undefined for fewer than two. O(n²).
 * `distance` is symmetric, 0 for the same.
 */
export const intraListDiversity = (
  list: ArrayLike<number>,
  distance: (a: number, b: number) => number,
): number | undefined => {
  if (list.length < 2) return undefined;
  let sum = 0;
  for (let n = 1; n < list.length; n++) for (let m = 0; m < n; m++) sum += distance(list[n]!, list[m]!);
  return sum / ((list.length * (list.length - 1)) / 2);
};

/**
 * Share of the list that is useful and that an obvious recommender (the most popular, say) would not have given
 * [Ge2010]; undefined for an empty list.
 */
export const serendipity = (
  list: ArrayLike<number>,
  useful: ReadonlySet<number>,
  obvious: ReadonlySet<number>,
): number | undefined => meanOver(list, (item) => (useful.has(item) && !obvious.has(item) ? 1 : 0));

/**
 * Popularity lift [Abdollahpouri2020]: mean popularity of the list over that of the listener's own items, minus 1. Above 0:
 * the list is more popular than the listener's taste. Undefined when either is empty or the listener's mean is 0.
 */
export const popularityLift = (
  list: ArrayLike<number>,
  own: ArrayLike<number>,
  popularity: (item: number) => number,
): number | undefined => {
  const ofList = meanOver(list, popularity);
  const ofListener = meanOver(own, popularity);
  return ofList === undefined || ofListener === undefined || ofListener === 0 ? undefined : ofList / ofListener - 1;
};

const meanOver = (list: ArrayLike<number>, worth: (item: number) => number): number | undefined => {
  if (list.length === 0) return undefined;
  let sum = 0;
  for (let n = 0; n < list.length; n++) sum += worth(list[n]!);
  return sum / list.length;
};
