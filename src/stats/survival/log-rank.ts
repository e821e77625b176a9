/** Whether groups end at the same rate. */

import { solveSymmetric } from '#math';
import { chiSquare } from '../distributions/chi-square.ts';
import { byDuration, checkLifetimes, type Lifetimes } from './risk-table.ts';

export type LogRankTest =
  | {
      readonly ok: true;
      /** Σ (O − E)' V⁻¹ (O − E), χ² with `degrees` degrees of freedom when the hazards are equal. */
      readonly statistic: number;
      readonly degrees: number;
      readonly pValue: number;
      /** By group: ends seen, and ends expected if the hazards were equal. */
      readonly observed: Float64Array;
      readonly expected: Float64Array;
    }
  | { readonly ok: false; readonly reason: 'one_group' | 'no_events' | 'zero_variance' };

/** Lifetimes by group, `groups[i]` from 0 on; strata, when given, are compared each within itself [Mantel1966]. */
export interface GroupedLifetimes extends Lifetimes {
  readonly groups: ArrayLike<number>;
  readonly strata?: ArrayLike<number>;
}

/**
 * The log-rank test of equal hazards in two or more groups, with the hypergeometric variance for ties. Reasons:
 * `one_group`; `no_events`; `zero_variance`, when at no end two groups were at risk. O(n log n + times · groups²).
 * @throws {RangeError} for lists of different length or durations that are negative.
 */
export const logRank = (lifetimes: GroupedLifetimes): LogRankTest => {
  checkLifetimes(lifetimes);
  const { groups, strata, durations } = lifetimes;
  if (groups.length !== durations.length || (strata && strata.length !== durations.length)) {
    throw new RangeError(`${durations.length} durations but ${groups.length} groups: expected as many of each`);
  }
  const count = Array.from(groups).reduce((most, group) => Math.max(most, group + 1), 0);
  if (count < 2) return { ok: false, reason: 'one_group' };
  const sums = {
    observed: new Float64Array(count),
    expected: new Float64Array(count),
    v: new Float64Array(count ** 2),
  };
  for (const order of strataOf(byDuration(durations), strata)) addStratum(lifetimes, order, sums);
  if (!sums.observed.some((ends) => ends > 0)) return { ok: false, reason: 'no_events' };
  const statistic = quadraticForm(sums, count);
  if (statistic === undefined) return { ok: false, reason: 'zero_variance' };
  const degrees = count - 1;
  const { observed, expected } = sums;
  return { ok: true, statistic, degrees, pValue: chiSquare.tail(statistic, degrees), observed, expected };
};

interface Sums {
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  /** groups × groups. */
  readonly v: Float64Array;
}

const strataOf = (order: Uint32Array, strata: ArrayLike<number> | undefined): readonly (readonly number[])[] => {
  if (strata === undefined) return [[...order]];
  const parts = new Map<number, number[]>();
  for (const i of order) {
    const part = parts.get(strata[i]!) ?? [];
    part.push(i);
    parts.set(strata[i]!, part);
  }
  return [...parts.values()];
};

const addStratum = (
  { durations, ended, groups }: GroupedLifetimes,
  order: readonly number[],
  { observed, expected, v }: Sums,
): void => {
  const count = observed.length;
  const atRisk = new Float64Array(count);
  for (const i of order) atRisk[groups[i]!]! += 1;
  for (let first = 0; first < order.length; ) {
    const total = order.length - first;
    const time = durations[order[first]!];
    const leaving = new Float64Array(count);
    let ends = 0;
    for (; first < order.length && durations[order[first]!] === time; first++) {
      const i = order[first]!;
      leaving[groups[i]!]! += 1;
      if (!ended[i]) continue;
      ends += 1;
      observed[groups[i]!]! += 1;
    }
    if (ends > 0) addTime(atRisk, total, ends, expected, v);
    for (let g = 0; g < count; g++) atRisk[g]! -= leaving[g]!;
  }
};

const addTime = (atRisk: Float64Array, total: number, ends: number, expected: Float64Array, v: Float64Array): void => {
  const count = atRisk.length;
  // The hypergeometric law of which group the ends fall in; with one unit left there is nothing to vary.
  const spread = total > 1 ? (ends * (total - ends)) / (total - 1) : 0;
  for (let g = 0; g < count; g++) {
    const share = atRisk[g]! / total;
    expected[g]! += ends * share;
    for (let h = 0; h < count; h++) v[g * count + h]! += spread * share * ((g === h ? 1 : 0) - atRisk[h]! / total);
  }
};

/** Over all groups but the last: their sum is fixed, so the last says nothing more. */
const quadraticForm = ({ observed, expected, v }: Sums, count: number): number | undefined => {
  const k = count - 1;
  const matrix = Float64Array.from({ length: k * k }, (_, at) => v[Math.floor(at / k) * count + (at % k)]!);
  const difference = Float64Array.from({ length: k }, (_, g) => observed[g]! - expected[g]!);
  const solved = solveSymmetric(matrix, k, difference);
  return solved && difference.reduce((sum, value, g) => sum + value * solved[g]!, 0);
};
