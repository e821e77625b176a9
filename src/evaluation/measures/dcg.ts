/** Discounted cumulative gain. */

/** A gain at a position from 0: rank + 1 is position + 2, and rank 1 is not discounted. */
export const discounted = (gain: number, position: number): number => gain / Math.log2(position + 2);

/** Sum of the discounted gains of the first `cutoff` positions [Jarvelin2002]. */
export const dcg = (gains: ArrayLike<number>, cutoff: number): number => {
  let sum = 0;
  for (let n = 0; n < Math.min(cutoff, gains.length); n++) if (gains[n] !== 0) sum += discounted(gains[n]!, n);
  return sum;
};
