/**
 * Average accuracy of a session's predictions [Brost2019]: Σ over positions i of A(i)·L(i) / T, A(i) being the accuracy of
 * the first i predictions and L(i) whether the ith is right: early mistakes cost more. `truth` and `predicted` are the
 * second half of a session (skipped or not). Its mean over sessions is the challenge's MAA. Undefined for no position.
 * @throws {RangeError} when there are not as many of both.
 */
export const averageAccuracy = (
  truth: ArrayLike<boolean | number>,
  predicted: ArrayLike<boolean | number>,
): number | undefined => {
  if (truth.length !== predicted.length) {
    throw new RangeError(`${predicted.length} predictions of ${truth.length} positions`);
  }
  if (truth.length === 0) return undefined;
  let right = 0;
  let sum = 0;
  for (let n = 0; n < truth.length; n++) {
    if (Boolean(truth[n]) !== Boolean(predicted[n])) continue;
    right++;
    sum += right / (n + 1);
  }
  return sum / truth.length;
};
