/** Scores to probabilities: exp(score) over their sum, taken from the largest so that nothing overflows. */
export const softmax = (scores: Float64Array): Float64Array => {
  const shares = new Float64Array(scores.length);
  softmaxInto(shares, scores);
  return shares;
};

/** The same into memory that is there, which may be that of the scores. */
export const softmaxInto = (shares: Float64Array, scores: Float64Array): void => {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < scores.length; k++) most = Math.max(most, scores[k]!);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    const share = Math.exp(scores[k]! - most);
    shares[k] = share;
    sum += share;
  }
  for (let k = 0; k < shares.length; k++) shares[k]! /= sum;
};
