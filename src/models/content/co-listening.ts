/** Items heard close to each other within sessions. */

import { type Csr, csrFromTriples } from '#math';

/** Plays before and after a play that count as heard together with it. */
const REACH = 5;

/**
 * Positive pointwise mutual information of items [Levy2014]: ln(p(i, j) / (p(i)·p(j))) where it is positive, from pairs at
 * most 5 plays apart in a session; an item × item matrix, symmetric, diagonal empty. Pairs seen together more often than
 * chance count, however popular the two are.
 *
 * p(j) is smoothed by the exponent 0.75 as in the paper, which keeps rare items from having huge values, and pairs seen
 * less than twice are left out: one pair of plays is chance. O(plays · reach).
 */
export const coListening = (sessions: readonly Uint32Array[], itemCount: number): Csr => {
  const counts = pairCounts(sessions, itemCount);
  const totals = new Float64Array(itemCount);
  for (let item = 0; item < itemCount; item++) {
    for (let n = counts.indptr[item]!; n < counts.indptr[item + 1]!; n++) totals[item]! += counts.values[n]!;
  }
  const smoothed = totals.map((total) => total ** 0.75);
  const sum = totals.reduce((a, b) => a + b, 0);
  const smoothedSum = smoothed.reduce((a, b) => a + b, 0);
  const rows: number[] = [];
  const columns: number[] = [];
  const values: number[] = [];
  for (let item = 0; item < itemCount; item++) {
    for (let n = counts.indptr[item]!; n < counts.indptr[item + 1]!; n++) {
      const other = counts.indices[n]!;
      const pairs = counts.values[n]!;
      // Smoothing only one of the two would make the measure lopsided; the geometric mean of both ways is symmetric.
      const chance = Math.sqrt((totals[item]! * smoothed[item]!) / (sum * smoothedSum));
      const otherChance = Math.sqrt((totals[other]! * smoothed[other]!) / (sum * smoothedSum));
      const information = Math.log(pairs / sum / (chance * otherChance));
      if (pairs < 2 || information <= 0) continue;
      rows.push(item);
      columns.push(other);
      values.push(information);
    }
  }
  return csrFromTriples(itemCount, itemCount, { rows, columns, values });
};

/** Ordered pairs of different items at most `REACH` plays apart: how often. */
const pairCounts = (sessions: readonly Uint32Array[], itemCount: number): Csr => {
  const rows: number[] = [];
  const columns: number[] = [];
  for (const session of sessions) {
    for (let at = 0; at < session.length; at++) {
      const last = Math.min(session.length - 1, at + REACH);
      for (let next = at + 1; next <= last; next++) {
        if (session[at] === session[next]) continue;
        rows.push(session[at]!, session[next]!);
        columns.push(session[next]!, session[at]!);
      }
    }
  }
  return csrFromTriples(itemCount, itemCount, { rows, columns, values: new Uint8Array(rows.length).fill(1) });
};
