/** Measures that ask of a document only whether it is relevant. A topic without relevant documents has value 0. */

import { atCutoffs, atFractions, overJudges, plain, withNumbers } from './families.ts';
import { hitsWithin, type JudgedRanking } from './judged-ranking.ts';
import type { Family } from './measure.ts';

const CUTOFFS = [5, 10, 15, 20, 30, 100, 200, 500, 1000] as const;
const ELEVEN = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;
const MULTIPLES = [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2] as const;
/** The least value that goes into a geometric mean: one topic at 0 would make all 0. */
const LEAST = 0.00001;

const over = (part: number, all: number): number => (all === 0 ? 0 : part / all);

/** Sum of the precisions at the first `count` hits. */
const precisionSum = (hits: Uint32Array, count: number): number => {
  let sum = 0;
  for (let n = 0; n < count; n++) sum += (n + 1) / (hits[n]! + 1);
  return sum;
};

const averagePrecision = ({ hits, relevant }: JudgedRanking): number => over(precisionSum(hits, hits.length), relevant);

const precisionAt = ({ hits }: JudgedRanking, cutoff: number): number => hitsWithin(hits, cutoff) / cutoff;

/** Precision after as many documents as there are relevant ones. */
const rPrecision = ({ hits, relevant }: JudgedRanking): number => over(hitsWithin(hits, relevant), relevant);

/**
 * Interpolated precision at shares of recall: the best precision at this share or any higher one. The share is taken to
 * the nearest whole number of documents (to the next above 0.9 of one, before version 10).
 */
const interpolatedAt = ({ hits, relevant }: JudgedRanking, shares: readonly number[]): number[] => {
  const best = new Float64Array(hits.length);
  for (let n = hits.length - 1; n >= 0; n--) best[n] = Math.max((n + 1) / (hits[n]! + 1), best[n + 1] ?? 0);
  return shares.map((share) => best[Math.max(Math.round(share * relevant), 1) - 1] ?? 0);
};

/** From the last to the first, as trec_eval sums, so that the digits are the same. */
const interpolatedMean = (ranking: JudgedRanking, shares: readonly number[]): number =>
  interpolatedAt(ranking, shares).reduceRight((sum, value) => sum + value, 0) / shares.length;

const precisionAtMultiples = (ranking: JudgedRanking, multiples: readonly number[]): number[] =>
  multiples
    .map((multiple) => Math.trunc(multiple * ranking.relevant + 0.9))
    .map((cutoff) => (cutoff < 1 ? 0 : precisionAt(ranking, cutoff)));

/**
 * Binary preference: the share of the first R judged nonrelevant documents that stand below a relevant one, averaged
 * over the R relevant ones [Buckley2004]. Documents without a judgment are passed over.
 */
const binaryPreference = ({ relevance, relevant, levels, level }: JudgedRanking): number => {
  const nonrelevant = levels.subarray(0, level).reduce((sum, count) => sum + count, 0);
  let above = 0;
  let sum = 0;
  for (let n = 0; n < relevance.length; n++) {
    const value = relevance[n]!;
    if (value < 0) continue;
    if (value < level) above++;
    else sum += above === 0 ? 1 : 1 - Math.min(above, relevant) / Math.min(nonrelevant, relevant);
  }
  return over(sum, relevant);
};

/** The nearer to 0 the rate of judged documents is, the more it would depend on a single one. */
const SMOOTHING = 0.00001;

/** Average precision inferred from a pool of which a sample was judged [Yilmaz2006]. */
const inferredAveragePrecision = ({ relevance, relevant, level }: JudgedRanking): number => {
  let nonrelevant = 0;
  let found = 0;
  let unjudged = 0;
  let sum = 0;
  for (let above = 0; above < relevance.length; above++) {
    const value = relevance[above]!;
    if (value === -2) unjudged++;
    if (value < 0) continue;
    if (value < level) {
      nonrelevant++;
      continue;
    }
    const pooled = above === 0 ? 0 : (found + nonrelevant + unjudged) / above;
    const rate = (found + SMOOTHING) / (found + nonrelevant + 2 * SMOOTHING);
    sum += above === 0 ? 1 : 1 / (above + 1) + (above / (above + 1)) * pooled * rate;
    found++;
  }
  return over(sum, relevant);
};

/** Average precision on a scale without ends, which averages better [Robertson2012]. */
const logitAveragePrecision = ({ hits, relevant }: JudgedRanking): number => {
  const sum = precisionSum(hits, hits.length);
  return Math.log((1 + sum) / (1 + relevant - sum));
};

/** Gain by nonrelevant documents before each relevant one, instead of by rank. */
const binaryGain = ({ hits, relevant }: JudgedRanking): number => {
  let sum = 0;
  for (let n = 0; n < hits.length; n++) sum += 1 / Math.log2(2 + hits[n]! - n);
  return over(sum, relevant);
};

const setPrecision = ({ hits, relevance }: JudgedRanking): number => over(hits.length, relevance.length);
const setRecall = ({ hits, relevant }: JudgedRanking): number => over(hits.length, relevant);

/** Weighted harmonic mean of precision and recall of the set. */
const setF = (ranking: JudgedRanking, weight: number): number => {
  const precision = setPrecision(ranking);
  const recall = setRecall(ranking);
  return over((weight + 1) * precision * recall, weight * precision + recall);
};

const utility = (
  { hits, relevance, relevant }: JudgedRanking,
  [found = 0, wrong = 0, missed = 0, rest = 0]: readonly number[],
  collection: number,
): number =>
  found * hits.length +
  wrong * (relevance.length - hits.length) +
  missed * (relevant - hits.length) +
  rest * (collection + hits.length - relevance.length - relevant);

/** In the words of trec_eval. `GEOMETRIC`: logarithms, of which the exponential of the mean is told for the run alone. */
const GEOMETRIC = { summary: 'geometric_mean', perTopic: false } as const;

const map = plain('map', averagePrecision);
const precision = atCutoffs('P', CUTOFFS, precisionAt);
const multiples = atFractions('Rprec_mult', MULTIPLES, precisionAtMultiples);

export const BINARY_MEASURES: readonly Family[] = [
  map,
  plain('gm_map', (ranking) => Math.log(Math.max(averagePrecision(ranking), LEAST)), GEOMETRIC),
  plain('Rprec', rPrecision),
  plain('bpref', binaryPreference),
  plain('recip_rank', ({ hits }) => (hits.length === 0 ? 0 : 1 / (hits[0]! + 1))),
  atFractions('iprec_at_recall', ELEVEN, interpolatedAt),
  precision,
  atCutoffs('recall', CUTOFFS, ({ hits, relevant }, cutoff) => over(hitsWithin(hits, cutoff), relevant)),
  plain('infAP', inferredAveragePrecision),
  plain('gm_bpref', (ranking) => Math.log(Math.max(binaryPreference(ranking), LEAST)), GEOMETRIC),
  multiples,
  withNumbers('utility', [1, -1, 0, 0], 4, (ranking, worths, topic) => utility(ranking, worths, topic.collectionSize)),
  withNumbers('11pt_avg', ELEVEN, undefined, interpolatedMean),
  plain('binG', binaryGain),
  atCutoffs('map_cut', CUTOFFS, ({ hits, relevant }, cutoff) =>
    over(precisionSum(hits, hitsWithin(hits, cutoff)), relevant),
  ),
  atCutoffs('relative_P', CUTOFFS, ({ hits, relevant }, cutoff) =>
    over(hitsWithin(hits, cutoff), Math.min(cutoff, relevant)),
  ),
  atCutoffs('success', [1, 5, 10], ({ hits }, cutoff) => (hitsWithin(hits, cutoff) > 0 ? 1 : 0)),
  plain('set_P', setPrecision),
  plain('set_relative_P', ({ hits, relevance, relevant }) => over(hits.length, Math.min(relevance.length, relevant))),
  plain('set_recall', setRecall),
  plain('set_map', ({ hits, relevance, relevant }) => over(hits.length * hits.length, relevance.length * relevant)),
  withNumbers('set_F', [1], 1, (ranking, [weight = 1]) => setF(ranking, weight)),
  overJudges(map),
  overJudges(precision),
  overJudges(multiples),
  plain('yaap', logitAveragePrecision),
];
