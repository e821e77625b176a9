/** Who was still there, when somebody left: the counts that every method for durations starts from. */

/** How long each unit was followed, and whether it ended there (1) or was still going, that is censored (0). */
export interface Lifetimes {
  /** Not negative, in any unit of time. */
  readonly durations: ArrayLike<number>;
  /** Parallel to `durations`: 1 or true when the end was seen. */
  readonly ended: ArrayLike<number | boolean>;
}

/** One row for each time at which at least one unit ended, in order of time. */
export interface RiskRow {
  readonly time: number;
  /** Units followed at least to just before this time. A unit censored at this very time is still at risk. */
  readonly atRisk: number;
  readonly ended: number;
}

/** @throws {RangeError} when the lists differ in length or a duration is negative or not finite. */
export const checkLifetimes = ({ durations, ended }: Lifetimes): void => {
  if (durations.length !== ended.length) {
    throw new RangeError(`${durations.length} durations and ${ended.length} endings: expected as many of each`);
  }
  for (let i = 0; i < durations.length; i++) {
    const duration = durations[i]!;
    if (!(duration >= 0 && Number.isFinite(duration))) {
      throw new RangeError(`duration ${duration} at place ${i}: expected a finite number from 0 on`);
    }
  }
};

/** Places in order of duration; equal durations in order of place. */
export const byDuration = (durations: ArrayLike<number>): Uint32Array =>
  Uint32Array.from({ length: durations.length }, (_, i) => i).sort((a, b) => durations[a]! - durations[b]! || a - b);

/** The risk table of a set of lifetimes. O(n log n). @throws {RangeError} as `checkLifetimes`. */
export const riskTable = (lifetimes: Lifetimes): readonly RiskRow[] => {
  checkLifetimes(lifetimes);
  const { durations, ended } = lifetimes;
  const order = byDuration(durations);
  const rows: RiskRow[] = [];
  for (let first = 0; first < order.length; ) {
    const time = durations[order[first]!]!;
    let next = first;
    let ends = 0;
    while (next < order.length && durations[order[next]!] === time) ends += Number(ended[order[next++]!]!);
    if (ends > 0) rows.push({ time, atRisk: order.length - first, ended: ends });
    first = next;
  }
  return rows;
};
