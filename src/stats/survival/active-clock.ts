/** A clock that runs as people are about: nights hardly count, evenings count for more than an hour each. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Active hours between two moments of local time, in milliseconds since 1970 on the listener's own clock. */
export type ActiveClock = (from: number, to: number) => number;

/**
 * What each hour of the day counts for: 24 times its share of the beginnings of sessions, so that a day stays 24 hours. One
 * beginning an hour is added, so few sessions make a clock near the plain one. `starts` has 24 counts, from midnight.
 * @throws {RangeError} unless there are 24 counts from 0 on.
 */
export const hourWeights = (starts: ArrayLike<number>): Float64Array => {
  const counts = Array.from(starts);
  if (counts.length !== 24 || counts.some((count) => !(count >= 0 && Number.isFinite(count))))
    throw new RangeError(`${counts.length} counts of hours: expected 24 from 0 on`);
  const all = counts.reduce((sum, count) => sum + count + 1, 0);
  return Float64Array.from(counts, (count) => (24 * (count + 1)) / all);
};

/** The clock of these weights of the hours of a day, as operational time Λ(to) − Λ(from) with Λ′ the weight of the hour. */
export const activeClock = (weights: ArrayLike<number>): ActiveClock => {
  const before = new Float64Array(25);
  for (let hour = 0; hour < 24; hour++) before[hour + 1] = before[hour]! + weights[hour]!;
  const since = (at: number): number => {
    const ofDay = ((at % DAY_MS) + DAY_MS) % DAY_MS;
    const hour = Math.floor(ofDay / HOUR_MS);
    return ((at - ofDay) / DAY_MS) * before[24]! + before[hour]! + (ofDay / HOUR_MS - hour) * weights[hour]!;
  };
  return (from, to) => since(to) - since(from);
};
