/** How evenly something is spread: exposure over artists, plays over tracks. */

/**
 * Gini coefficient: 0 when all have the same, (n - 1) / n when one has everything. Items with 0 count. Undefined without
 * items or when all have 0. O(n log n). @throws {RangeError} for a negative count.
 */
export const gini = (counts: ArrayLike<number>): number | undefined => {
  const sorted = Float64Array.from(counts).sort();
  if (sorted.length > 0 && sorted[0]! < 0) throw new RangeError(`count ${sorted[0]}: expected 0 or more`);
  const n = sorted.length;
  const sum = sorted.reduce((total, count) => total + count, 0);
  if (!(sum > 0)) return undefined;
  return sorted.reduce((total, count, place) => total + (2 * (place + 1) - n - 1) * count, 0) / (n * sum);
};

/** Shannon entropy of the shares, in nats: ln n when all have the same. Undefined as for `gini`. */
export const entropy = (counts: ArrayLike<number>): number | undefined => {
  const all = Float64Array.from(counts);
  const sum = all.reduce((total, count) => total + count, 0);
  if (!(sum > 0)) return undefined;
  return all.reduce((total, count) => (count > 0 ? total - (count / sum) * Math.log(count / sum) : total), 0);
};
