/** Sums whose rounding does not grow with the number of terms. */

/** Neumaier's compensated sum [Neumaier1974]: the error is that of one rounding, whatever the order of finite terms. */
export const compensatedSum = (values: Iterable<number>): number => {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  // An infinite sum makes the correction NaN.
  return Number.isFinite(sum) ? sum + lost : sum;
};
