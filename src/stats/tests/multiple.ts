/** p-values of several hypotheses, adjusted so that they can be compared with the level of one. */

/**
 * Holm's step-down [Holm1979]: the chance of any false rejection is at most the level, whatever the dependence. Adjusted
 * p-values in the order given. @throws {RangeError} for a p-value outside [0, 1].
 */
export const holm = (pValues: readonly number[]): number[] => {
  const order = ascending(pValues);
  const adjusted = new Array<number>(pValues.length);
  let highest = 0;
  for (const [rank, index] of order.entries()) {
    highest = Math.max(highest, Math.min(1, (pValues.length - rank) * pValues[index]!));
    adjusted[index] = highest;
  }
  return adjusted;
};

/**
 * Benjamini and Hochberg's step-up [Benjamini1995]: the expected share of false rejections is at most the level for
 * independent or positively dependent tests. Adjusted p-values in the order given. Errors as `holm`.
 */
export const benjaminiHochberg = (pValues: readonly number[]): number[] => {
  const order = ascending(pValues);
  const adjusted = new Array<number>(pValues.length);
  let lowest = 1;
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const index = order[rank]!;
    lowest = Math.min(lowest, (pValues.length / (rank + 1)) * pValues[index]!);
    adjusted[index] = lowest;
  }
  return adjusted;
};

const ascending = (pValues: readonly number[]): number[] => {
  for (const p of pValues) if (!(p >= 0 && p <= 1)) throw new RangeError(`p-value ${p}: expected a number from 0 to 1`);
  return pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]!);
};
