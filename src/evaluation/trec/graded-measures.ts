/** Measures that weigh documents by their level of relevance. */

import { atCutoffs, rankingOf } from './families.ts';
import { isGainName, type LevelGains, levelGains, type RankedGains } from './gains.ts';
import type { JudgedRanking } from './judged-ranking.ts';
import type { Family } from './measure.ts';
import { parsePairs } from './parameters.ts';

const CUTOFFS = [5, 10, 15, 20, 30, 100, 200, 500, 1000] as const;
const AS_JUDGED: LevelGains = new Map();

const ratio = (value: number, ideal: number): number => (ideal > 0 ? value / ideal : 0);

const upTo = (sums: Float64Array, count: number): number => sums[Math.min(count, sums.length - 1)]!;

const total = (sums: Float64Array): number => sums.at(-1)!;

const ndcgAt = ({ sums, idealSums }: RankedGains, cutoff: number): number =>
  ratio(upTo(sums, cutoff), upTo(idealSums, cutoff));

/**
 * Mean of nDCG at the ranks where the best ranking goes down to a lower gain, the one to no gain among them, and at the
 * end of the ranking when that lies beyond.
 */
const ndcgAtSteps = ({ gains, ideal, sums, idealSums }: RankedGains): number => {
  let sum = 0;
  let steps = 0;
  for (let rank = 1; rank <= ideal.length; rank++) {
    if (ideal[rank] === ideal[rank - 1]) continue;
    sum += upTo(sums, rank) / idealSums[rank]!;
    steps++;
  }
  if (steps > 0 && gains.length > ideal.length + 1) {
    sum += total(sums) / total(idealSums);
    steps++;
  }
  return steps === 0 ? 0 : sum / steps;
};

/** Mean of nDCG at the rank of each document with a gain; for those not retrieved it is that of the whole ranking. */
const ndcgAtGains = ({ gains, ideal, sums, idealSums }: RankedGains): number => {
  if (ideal.length === 0) return 0;
  let sum = 0;
  let found = 0;
  for (let n = 0; n < gains.length; n++) {
    if (!(gains[n]! > 0)) continue;
    sum += sums[n + 1]! / upTo(idealSums, n + 1);
    found++;
  }
  sum += ((ideal.length - found) * total(sums)) / total(idealSums);
  return sum > 0 ? sum / ideal.length : 0;
};

/** Gain discounted by what the documents before it fell short of the best, each of them costing at least 1. */
const shortfallGain = ({ gains, ideal }: RankedGains): number => {
  let gained = 0;
  let cost = 0;
  let sum = 0;
  for (let n = 0; n < gains.length; n++) {
    gained += gains[n]!;
    cost += Math.max(ideal[n] ?? 0, 1);
    if (gains[n] !== 0) sum += gains[n]! / Math.log2(2 + cost - gained);
  }
  const best = ideal.reduce((total, gain) => total + gain, 0);
  return ratio(sum, best);
};

/** A measure with parameters `level=gain`. */
const byGains = (name: string, formula: (gains: RankedGains) => number): Family => ({
  name,
  needs: 'ranking',
  summary: 'mean',
  perTopic: true,
  whole: false,
  bind: (parameters) => {
    const gains = levelGains(pairsOf(name, parameters, []));
    return {
      columns: [columnOf(name, parameters)],
      compute: (topic) => [formula(rankingOf(topic).gains(gains))],
    };
  },
});

const columnOf = (name: string, parameters: string | undefined): string =>
  parameters === undefined ? name : `${name}_${parameters}`;

const pairsOf = (name: string, parameters: string | undefined, others: readonly string[]): Map<string, number> => {
  const expected = ['level=gain', ...others.map((other) => `${other}=number`)].join(' or ');
  return parameters === undefined
    ? new Map()
    : parsePairs(name, parameters, (key) => isGainName(key, others), `${expected}, parted by commas`);
};

/** Chance that the reader of rank-biased precision goes on to the next document. */
const PERSISTENCE = 0.9;

/** A measure of a reader who goes on with probability p, weighing rank r by p^(r - 1) [Moffat2008]. */
const byPersistence = (
  name: string,
  formula: (ranking: JudgedRanking, persistence: number, gains: LevelGains) => number,
): Family => ({
  name,
  needs: 'ranking',
  summary: 'mean',
  perTopic: true,
  whole: false,
  bind: (parameters) => {
    const pairs = pairsOf(name, parameters, ['p']);
    const persistence = pairs.get('p') ?? PERSISTENCE;
    const gains = levelGains(pairs);
    return {
      columns: [columnOf(name, parameters)],
      compute: (topic) => [formula(rankingOf(topic), persistence, gains)],
    };
  },
});

/** Gains are brought to [0, 1] when one of them lies outside of it. */
const rankBiasedPrecision = (ranking: JudgedRanking, persistence: number, levels: LevelGains): number => {
  const { gains } = ranking.gains(levels);
  const { relevance } = ranking;
  const worths = [...Array.from(ranking.levels, (_, level) => levels.get(level) ?? level), ...levels.values()];
  const least = Math.min(0, ...worths);
  const most = Math.max(0, ...worths);
  const span = least < 0 || most > 1 ? most - least : 1;
  let sum = 0;
  let weight = 1;
  for (let n = 0; n < gains.length; n++) {
    const level = relevance[n]!;
    if (level >= 0 || (levels.size > 0 && levels.has(level))) sum += ((gains[n]! - least) / span) * weight;
    weight *= persistence;
  }
  return (1 - persistence) * sum;
};

/** How much more rank-biased precision could be, were all documents without a judgment of the highest worth. */
const rankBiasedResidual = ({ relevance }: JudgedRanking, persistence: number): number => {
  let sum = 0;
  let weight = 1;
  let unjudged = 0;
  for (let n = 0; n < relevance.length; n++) {
    if (relevance[n]! < 0) {
      sum += weight;
      unjudged++;
    }
    weight *= persistence;
  }
  return unjudged === 0 ? 0 : weight + (1 - persistence) * sum;
};

const unjudgedAt = ({ relevance }: JudgedRanking, cutoff: number): number => {
  let unjudged = 0;
  for (let n = 0; n < Math.min(cutoff, relevance.length); n++) if (relevance[n]! < 0) unjudged++;
  return unjudged / cutoff;
};

export const GRADED_MEASURES: readonly Family[] = [
  byGains('G', shortfallGain),
  byGains('dcg', ({ sums }) => total(sums)),
  byGains('ideal_dcg', ({ idealSums }) => total(idealSums)),
  byGains('ndcg', ({ sums, idealSums }) => ratio(total(sums), total(idealSums))),
  byGains('ndcg_rel', ndcgAtGains),
  byGains('Rndcg', ndcgAtSteps),
  atCutoffs('ndcg_cut', CUTOFFS, (ranking, cutoff) => ndcgAt(ranking.gains(AS_JUDGED), cutoff)),
  byPersistence('rbp', rankBiasedPrecision),
  byPersistence('rbp_resid', rankBiasedResidual),
  atCutoffs('unj', [5, 10, 20], unjudgedAt),
];
