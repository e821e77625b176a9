/** Systems in the order of a measure, with what chance may have ordered. */

import type { Estimate } from '#domain';
import { holm, meanEstimate } from '#stats';
import { type PairedTestOptions, pairedTest } from '../compare/paired-test.ts';

/** A run's values of one measure, by topic; the same topics for all runs. */
export interface RunValues {
  readonly team: string;
  readonly run: string;
  readonly values: readonly number[];
}

export interface LeaderboardRow {
  readonly rank: number;
  readonly team: string;
  readonly run: string;
  /** Mean over topics with Student's interval. */
  readonly mean: Estimate;
  /** Letters of the groups it is in: runs that share one are not told apart. */
  readonly groups: string;
}

export interface Leaderboard {
  readonly measure: string;
  readonly rows: readonly LeaderboardRow[];
  /** Pairs of runs that are told apart after Holm's correction over all pairs, of how many. */
  readonly apart: number;
  readonly pairs: number;
}

/**
 * Runs by their means, the best first (equal ones by name), in groups within which no two are told apart at the level, the
 * p-values of all pairs adjusted by Holm. A group is a longest stretch of ranks, as means are. O(runs²) tests.
 */
export const leaderboard = (
  measure: string,
  runs: readonly RunValues[],
  options: PairedTestOptions & { readonly level: number },
): Leaderboard => {
  const order = runs.map((run) => ({ ...run, sum: run.values.reduce((sum, value) => sum + value, 0) }));
  order.sort((a, b) => b.sum - a.sum || (`${a.team} ${a.run}` < `${b.team} ${b.run}` ? -1 : 1));
  const apart = toldApart(order, options);
  const groups = groupsOf(order.length, apart);
  const rows = order.map(({ team, run, values }, rank) => ({
    rank: rank + 1,
    team,
    run,
    mean: meanEstimate(values),
    groups: groups.flatMap(([from, to], n) => (from <= rank && rank <= to ? [letterOf(n)] : [])).join(''),
  }));
  const pairs = (order.length * (order.length - 1)) / 2;
  return { measure, rows, apart: apart.size, pairs };
};

const pairKey = (better: number, worse: number): string => `${better} ${worse}`;

/** Pairs of ranks whose adjusted p-value is below the level. A pair of which the test says nothing does not differ. */
const toldApart = (
  order: readonly RunValues[],
  options: PairedTestOptions & { readonly level: number },
): ReadonlySet<string> => {
  const keys: string[] = [];
  const pValues: number[] = [];
  for (let worse = 1; worse < order.length; worse++) {
    for (let better = 0; better < worse; better++) {
      const result = pairedTest(order[better]!.values, order[worse]!.values, options);
      keys.push(pairKey(better, worse));
      pValues.push(result.ok ? result.pValue : 1);
    }
  }
  const adjusted = holm(pValues);
  return new Set(keys.filter((_, n) => adjusted[n]! < options.level));
};

/** Longest stretches of ranks without a pair that is told apart. */
const groupsOf = (count: number, apart: ReadonlySet<string>): (readonly [number, number])[] => {
  const groups: (readonly [number, number])[] = [];
  for (let from = 0; from < count; from++) {
    let to = from;
    const isTogether = (next: number): boolean => {
      for (let member = from; member < next; member++) if (apart.has(pairKey(member, next))) return false;
      return true;
    };
    while (to + 1 < count && isTogether(to + 1)) to++;
    // A stretch that ends where the one before did is part of it.
    if (groups.at(-1)?.[1] !== to) groups.push([from, to]);
  }
  return groups;
};

const LETTERS = 26;

/** a, b, … z, then a1, b1, … */
const letterOf = (n: number): string =>
  `${String.fromCharCode(97 + (n % LETTERS))}${n < LETTERS ? '' : Math.floor(n / LETTERS)}`;
