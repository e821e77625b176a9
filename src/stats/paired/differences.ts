/** Two systems on the same topics (or users): what all paired tests begin with. */

/** Differences value by value. @throws {RangeError} when there are not as many of both. */
export const pairedDifferences = (of: ArrayLike<number>, against: ArrayLike<number>): Float64Array => {
  if (of.length !== against.length) {
    throw new RangeError(`${of.length} values against ${against.length}: expected pairs`);
  }
  return Float64Array.from({ length: of.length }, (_, n) => of[n]! - against[n]!);
};

/** Why there can be no paired test of these, if so: `no_units`, or `not_finite` where a value is none. */
export const pairedFault = (differences: Float64Array): string | undefined => {
  if (differences.length === 0) return 'no_units';
  return differences.every(Number.isFinite) ? undefined : 'not_finite';
};
