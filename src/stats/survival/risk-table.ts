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
  // Two lists of numbers, sorted as such: places sorted by what is at them take several times as long.
  const all = Float64Array.from(durations).sort();
  const ends = all.slice();
  let count = 0;
  for (let i = 0; i < durations.length; i++) if (ended[i]) ends[count++] = durations[i]!;
  const endings = ends.subarray(0, count).sort();
  const rows: RiskRow[] = [];
  let followed = 0;
  for (let first = 0; first < count; ) {
    const time = endings[first]!;
    let next = first + 1;
    while (next < count && endings[next] === time) next++;
    while (all[followed]! < time) followed++;
    rows.push({ time, atRisk: all.length - followed, ended: next - first });
    first = next;
  }
  return rows;
};
