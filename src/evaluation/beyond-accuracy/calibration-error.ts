/**
 * Calibration error of a list [Steck2018, eq. 4, 5]: how far the mix of the list (q, over genres, say) lies from the mix of
 * the listener (p), as the Kullback-Leibler divergence Σ p·ln(p / q̃) in nats, with q̃ = (1 - α)·q + α·p so that a genre the
 * list lacks does not make it infinite. 0: the same mix. Both are shares that sum to 1, by genre.
 * @throws {RangeError} unless 0 < α < 1 and there are as many of both.
 */
export const calibrationError = (listener: ArrayLike<number>, list: ArrayLike<number>, alpha = 0.01): number => {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha ${alpha}: expected a number between 0 and 1`);
  if (listener.length !== list.length) throw new RangeError(`${list.length} shares against ${listener.length}`);
  let sum = 0;
  for (let n = 0; n < listener.length; n++) {
    const p = listener[n]!;
    if (p > 0) sum += p * Math.log(p / ((1 - alpha) * list[n]! + alpha * p));
  }
  return sum;
};
