/** Histories of repeated acts (purchases, listening days) in the three numbers that lifetime models need. */

/** One place a user, in parallel; times in one unit of the caller's choice. */
export interface Histories {
  /** x: acts after the first. Whole, from 0 on. */
  readonly frequency: Float64Array;
  /** t_x: time from the first act to the last; 0 without a repeat. */
  readonly recency: Float64Array;
  /** T: time from the first act to the end of observation, at least t_x. */
  readonly age: Float64Array;
}

export interface ValuedHistories extends Histories {
  /** Mean value of the repeated acts; NaN without one. */
  readonly meanValue: Float64Array;
}

/** @throws {RangeError} for lists of different length, or numbers that cannot be a history. */
export const checkHistories = ({ frequency, recency, age }: Histories): void => {
  const n = frequency.length;
  if (recency.length !== n || age.length !== n) {
    throw new RangeError(`${n} frequencies, ${recency.length} recencies, ${age.length} ages: expected as many of each`);
  }
  for (let i = 0; i < n; i++) {
    const [x, tx, T] = [frequency[i]!, recency[i]!, age[i]!];
    const fits = x === 0 ? tx === 0 : tx > 0;
    if (!(Number.isInteger(x) && x >= 0 && fits && tx <= T && Number.isFinite(T))) {
      throw new RangeError(
        `history ${i} has frequency ${x}, recency ${tx}, age ${T}: expected whole repeats, 0 ≤ recency ≤ age, recency 0 just where there is no repeat`,
      );
    }
  }
};

/** Acts of many users in any order. Times in milliseconds. */
export interface Acts {
  /** Dense index of the user of each act. */
  readonly users: ArrayLike<number>;
  readonly times: ArrayLike<number>;
  /** Value of each act, when acts have one. */
  readonly values?: ArrayLike<number>;
}

export interface HistoryOptions {
  /** End of observation: acts in a later period are left out. */
  readonly until: number;
  /** Acts of a user within one period (from midnight to midnight UTC for a day) are one act, their values added up. */
  readonly periodMs: number;
  /** Unit of recency and age. */
  readonly unitMs: number;
}

/**
 * The history of each user who acted by `until`, in order of their index; `users` tells which. Times count in whole
 * periods, `until` included in its own. O(n log n).
 */
export const historiesOf = (
  { users, times, values }: Acts,
  { until, periodMs, unitMs }: HistoryOptions,
): ValuedHistories & { readonly users: readonly number[] } => {
  const byUser = new Map<number, Map<number, number>>();
  const end = Math.floor(until / periodMs);
  for (let i = 0; i < users.length; i++) {
    const period = Math.floor(times[i]! / periodMs);
    if (period > end) continue;
    const periods = byUser.get(users[i]!) ?? new Map<number, number>();
    byUser.set(users[i]!, periods);
    periods.set(period, (periods.get(period) ?? 0) + (values?.[i] ?? 0));
  }
  const found = [...byUser].sort((a, b) => a[0] - b[0]);
  const rows = found.map(([, periods]) => {
    const sorted = [...periods].sort((a, b) => a[0] - b[0]);
    const first = sorted[0]![0];
    const repeats = sorted.slice(1);
    const value = repeats.reduce((sum, [, each]) => sum + each, 0) / repeats.length;
    const recency = ((sorted.at(-1)![0] - first) * periodMs) / unitMs;
    return { frequency: repeats.length, recency, age: ((end - first) * periodMs) / unitMs, value };
  });
  return {
    users: found.map(([user]) => user),
    frequency: Float64Array.from(rows, (row) => row.frequency),
    recency: Float64Array.from(rows, (row) => row.recency),
    age: Float64Array.from(rows, (row) => row.age),
    meanValue: Float64Array.from(rows, (row) => (values === undefined ? Number.NaN : row.value)),
  };
};
