/** Quantiles of samples. */

/** An ascending copy in f64. Cost O(n log n). */
export const sorted = (values: Iterable<number>): Float64Array => Float64Array.from(values).sort();

/**
 * Quantile `q` in [0, 1] of ascending values, interpolated between order statistics: definition 7 of [Hyndman1996], which
 * R and NumPy use. NaN for no values. @throws {RangeError} for q outside [0, 1].
 */
export const quantile = (ascending: ArrayLike<number>, q: number): number => {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`quantile ${q}: expected a number from 0 to 1`);
  const n = ascending.length;
  if (n === 0) return Number.NaN;
  const place = (n - 1) * q;
  const below = Math.floor(place);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, n - 1)]!;
  return low + (place - below) * (high - low);
};
