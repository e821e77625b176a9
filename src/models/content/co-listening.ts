/** Items heard close to each other within sessions. */

import type { Csr } from '#math';
import { createRowWriter } from './row-writer.ts';

/** Plays before and after a play that count as heard together with it. */
const REACH = 5;

/** Times that two items must have been heard together: once is chance. */
const MIN_PAIRS = 2;

/** Exponent that evens out how often items occur, so that rare ones do not get huge values [Levy2015]. */
const SMOOTHING = 0.75;

/**
 * Positive pointwise mutual information of items [Levy2014]: ln(p(i, j) / (p(i)·p(j))) where it is positive, from pairs at
 * most 5 plays apart in a session; an item × item matrix, symmetric, diagonal empty. Pairs heard together more often than
 * chance count, however popular the two are. O(plays · reach) time, O(plays + items + entries) memory.
 */
export const coListening = (sessions: readonly Uint32Array[], itemCount: number): Csr => {
  const log = joinSessions(sessions);
  const positions = positionsByItem(log.items, itemCount);
  const counts = new Uint32Array(itemCount);
  const touched = new Uint32Array(itemCount);
  const totals = new Float64Array(itemCount);
  for (let item = 0; item < itemCount; item++) {
    const found = countNeighbours(log, positions, item, counts, touched);
    for (let n = 0; n < found; n++) {
      totals[item]! += counts[touched[n]!]!;
      counts[touched[n]!] = 0;
    }
  }
  const chance = chances(totals);
  const pairs = totals.reduce((a, b) => a + b, 0);
  const writer = createRowWriter();
  for (let item = 0; item < itemCount; item++) {
    const found = countNeighbours(log, positions, item, counts, touched);
    for (const other of touched.subarray(0, found).sort()) {
      const together = counts[other]!;
      counts[other] = 0;
      const information = Math.log(together / pairs / (chance[item]! * chance[other]!));
      if (together >= MIN_PAIRS && information > 0) writer.push(other, information);
    }
    writer.endRow();
  }
  return writer.toCsr(itemCount);
};

/** All plays one after the other; `session[n]` is the session of play n. */
interface Log {
  readonly items: Uint32Array;
  readonly session: Uint32Array;
}

const joinSessions = (sessions: readonly Uint32Array[]): Log => {
  const length = sessions.reduce((sum, each) => sum + each.length, 0);
  const log: Log = { items: new Uint32Array(length), session: new Uint32Array(length) };
  let at = 0;
  sessions.forEach((session, number) => {
    log.items.set(session, at);
    log.session.fill(number, at, at + session.length);
    at += session.length;
  });
  return log;
};

/** Places of each item in the log: those of item i are `at[start[i]]` to `at[start[i + 1]]`, exclusive. */
const positionsByItem = (items: Uint32Array, itemCount: number) => {
  const start = new Uint32Array(itemCount + 1);
  for (const item of items) start[item + 1]!++;
  for (let item = 0; item < itemCount; item++) start[item + 1]! += start[item]!;
  const next = start.slice(0, itemCount);
  const at = new Uint32Array(items.length);
  for (let place = 0; place < items.length; place++) at[next[items[place]!]!++] = place;
  return { start, at };
};

/** Adds to `counts` how often each other item is near this one; returns how many of them `touched` names. */
const countNeighbours = (
  log: Log,
  positions: ReturnType<typeof positionsByItem>,
  item: number,
  counts: Uint32Array,
  touched: Uint32Array,
): number => {
  let found = 0;
  for (let n = positions.start[item]!; n < positions.start[item + 1]!; n++) {
    const place = positions.at[n]!;
    const last = Math.min(log.items.length - 1, place + REACH);
    for (let near = Math.max(0, place - REACH); near <= last; near++) {
      const other = log.items[near]!;
      if (other === item || log.session[near] !== log.session[place]) continue;
      if (counts[other] === 0) touched[found++] = other;
      counts[other]!++;
    }
  }
  return found;
};

/**
 * How likely each item is to be one of a pair. The paper smooths one side only, which makes the measure lopsided; the
 * geometric mean of the plain and the smoothed share, used on both sides, is symmetric and as large.
 */
const chances = (totals: Float64Array): Float64Array => {
  const sum = totals.reduce((a, b) => a + b, 0);
  const smoothedSum = totals.reduce((a, b) => a + b ** SMOOTHING, 0);
  return totals.map((total) => Math.sqrt((total / sum) * (total ** SMOOTHING / smoothedSum)));
};
