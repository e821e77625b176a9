import { normal } from '../distributions/normal.ts';
import type { TestResult } from '../tests/test-result.ts';
import { pairedDifferences, pairedFault } from './differences.ts';

/** Up to so many differences the distribution is counted out: n(n + 1) sums of doubled ranks at most. */
const EXACT_UNITS = 50;

/**
 * Wilcoxon's signed-rank test [Wilcoxon1945], two-sided; the statistic is the sum of the ranks of the positive
 * differences. Differences of 0 are left out, equal sizes share their mean rank. Up to 50 differences the distribution is
 * counted out over all signs, ties included; above, normal with the variance corrected for ties and for continuity.
 * Reasons: `no_units`, `not_finite`; `no_differences` when all are 0. Errors as `pairedTTest`.
 */
export const signedRankTest = (of: ArrayLike<number>, against: ArrayLike<number>): TestResult => {
  const all = pairedDifferences(of, against);
  const fault = pairedFault(all);
  if (fault !== undefined) return { ok: false, reason: fault };
  const differences = all.filter((difference) => difference !== 0);
  if (differences.length === 0) return { ok: false, reason: 'no_differences' };
  const ranks = doubledRanks(differences);
  let sum = 0;
  for (let n = 0; n < ranks.length; n++) if (differences[n]! > 0) sum += ranks[n]!;
  const exact = differences.length <= EXACT_UNITS;
  return {
    ok: true,
    statistic: sum / 2,
    pValue: exact ? exactPValue(sum, ranks) : normalPValue(sum, ranks),
    method: `Wilcoxon signed rank, ${exact ? 'exact' : 'normal'}`,
  };
};

/** Differences that should be equal differ by rounding: sizes this near, as a share of the largest, are ties. */
const ROUNDING = 1e-12;

/** Twice the mean rank of each size, so that ranks of ties are whole. */
const doubledRanks = (differences: Float64Array): Uint32Array => {
  const sizes = differences.map(Math.abs);
  const order = Uint32Array.from(sizes, (_, n) => n).sort((a, b) => sizes[a]! - sizes[b]!);
  const ranks = new Uint32Array(sizes.length);
  const tie = ROUNDING * (sizes[order.at(-1) ?? 0] ?? 0);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && sizes[order[to]!]! - sizes[order[from]!]! <= tie) to++;
    // Mean of ranks from + 1 to to, twice.
    for (let n = from; n < to; n++) ranks[order[n]!] = from + 1 + to;
    from = to;
  }
  return ranks;
};

/** Share of all assignments of signs whose sum lies as far from the middle. */
const exactPValue = (sum: number, ranks: Uint32Array): number => {
  const most = ranks.reduce((total, rank) => total + rank, 0);
  // Counts up to 2^50 are exact; as shares they stay so.
  const shares = new Float64Array(most + 1);
  shares[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    reached += rank;
    for (let at = reached; at >= 0; at--) shares[at] = (shares[at]! + (at >= rank ? shares[at - rank]! : 0)) / 2;
  }
  // Twice the distance from the middle, a whole number.
  const far = Math.abs(2 * sum - most);
  let share = 0;
  for (let at = 0; at <= most; at++) if (Math.abs(2 * at - most) >= far) share += shares[at]!;
  return Math.min(1, share);
};

const normalPValue = (doubledSum: number, doubled: Uint32Array): number => {
  // The variance of a sum of signed ranks is the sum of their squares over 4, ties or not.
  const variance = doubled.reduce((total, rank) => total + (rank / 2) ** 2, 0) / 4;
  const middle = doubled.reduce((total, rank) => total + rank / 2, 0) / 2;
  const far = Math.max(0, Math.abs(doubledSum / 2 - middle) - 0.5);
  return Math.min(1, 2 * normal.tail(far / Math.sqrt(variance)));
};
