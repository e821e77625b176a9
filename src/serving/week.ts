/** The listener's week: from Monday 06:00 of their own clock. */

import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, type Place, utcOffsetAt } from '#domain';

const WEEK_START_HOUR = 6;

/** The latest moment ≤ `at` when the listener's clock first reached a Monday 06:00. */
export const weekStart = (at: EpochMs, place: Place): EpochMs => {
  const monday = mondayOf(at, place);
  // Where clocks are set back over 06:00 the wall says 05:45 again after the week has begun; moments decide, not walls.
  for (const days of [7, 0, -7]) {
    const start = firstMomentAt(monday + days * DAY_MS + WEEK_START_HOUR * HOUR_MS, place);
    if (start <= at) return start;
  }
  return firstMomentAt(monday - 14 * DAY_MS + WEEK_START_HOUR * HOUR_MS, place);
};

/** When the week after that of `at` begins. */
export const nextWeekStart = (at: EpochMs, place: Place): EpochMs => {
  const start = weekStart(at, place);
  const monday = mondayOf(start, place);
  return firstMomentAt(monday + 7 * DAY_MS + WEEK_START_HOUR * HOUR_MS, place);
};

/** Monday 00:00 of the calendar week on the wall, as if the wall were UTC. */
const mondayOf = (at: EpochMs, place: Place): number => {
  const wall = at + utcOffsetAt(at, place) * MINUTE_MS;
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS;
  return midnight - ((new Date(midnight).getUTCDay() || 7) - 1) * DAY_MS;
};

/** First moment whose wall time is `wall` or, where clocks jump over it, later. */
const firstMomentAt = (wall: number, place: Place): EpochMs => {
  const wallAt = (at: EpochMs) => at + utcOffsetAt(at, place) * MINUTE_MS;
  // No offset exceeds 14 hours and no jump 24, so the wall is passed somewhere between these two.
  const around = [utcOffsetAt(wall - 2 * DAY_MS, place), utcOffsetAt(wall + 2 * DAY_MS, place)];
  const guesses = around.map((offset) => wall - offset * MINUTE_MS).sort((a, b) => a - b);
  const exact = guesses.find((at) => wallAt(at) === wall);
  if (exact !== undefined) return exact;
  // Jumped over: the first minute after which the wall is later. One jump within four days, so bisection finds it.
  let before = wall - 2 * DAY_MS;
  let after = wall + 2 * DAY_MS;
  while (after - before > MINUTE_MS) {
    const middle = before + Math.floor((after - before) / (2 * MINUTE_MS)) * MINUTE_MS;
    if (wallAt(middle) >= wall) after = middle;
    else before = middle;
  }
  return after;
};
