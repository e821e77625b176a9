/**
 * Area under the ROC curve: the chance that a relevant item has a higher score than one that is not, equal scores counting
 * half [Hanley1982]. Undefined, not ½, when all are relevant or none is; scores are numbers. O(n log n).
 */
export const auc = (scores: ArrayLike<number>, relevant: ArrayLike<boolean | number>): number | undefined => {
  const order = Uint32Array.from({ length: scores.length }, (_, n) => n).sort((a, b) => scores[a]! - scores[b]!);
  let positives = 0;
  let rankSum = 0;
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    // All of a tie share the mean of ranks from + 1 to to.
    for (let n = from; n < to; n++) {
      if (!relevant[order[n]!]) continue;
      positives++;
      rankSum += (from + 1 + to) / 2;
    }
    from = to;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
};
