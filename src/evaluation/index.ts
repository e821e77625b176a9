/**
 * Evaluation: how good a ranking is, given what was relevant. Measures are values with names that read back
 * (`ndcg@10`); each judges one user's ranking, and `meanEstimate` sums up over users with an interval.
 * An undefined measure stays undefined. No models, no data loading: `jobs` brings rankings and judgments together.
 */

export { meanEstimate } from './mean-estimate.ts';
export type { Judgments, Measure } from './measures/measure.ts';
export { ndcg } from './measures/ndcg.ts';
export { parseMeasure } from './measures/parse-measure.ts';
export { precision } from './measures/precision.ts';
export { recall } from './measures/recall.ts';
