/** Expected reciprocal rank: a listener who stops when satisfied [Chapelle2009]. */

/** Chance to be satisfied by a level: (2^level - 1) / 2^highest; levels above the highest count as it. */
export const satisfaction = (level: number, highest: number): number =>
  level <= 0 ? 0 : (2 ** Math.min(level, highest) - 1) / 2 ** highest;

/** Σ over ranks of 1 / rank times the chance to be satisfied there and not before [Chapelle2009, eq. 5]. */
export const expectedReciprocalRank = (chances: ArrayLike<number>, cutoff: number): number => {
  let sum = 0;
  let unsatisfied = 1;
  for (let n = 0; n < Math.min(cutoff, chances.length); n++) {
    sum += (unsatisfied * chances[n]!) / (n + 1);
    unsatisfied *= 1 - chances[n]!;
  }
  return sum;
};
