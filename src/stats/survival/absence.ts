/** Absence: how long a listener stays away after a session. Coming back soon is the oldest sign of satisfaction. */

import { quantile, sorted } from '../quantile.ts';
import type { Lifetimes } from './risk-table.ts';

/** Sessions of many users, in any order; times in any one unit. */
export interface SessionTimes {
  /** Dense index of the user of each session. */
  readonly users: ArrayLike<number>;
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
}

/** One absence after each stretch of listening. An end is a return: a hazard ratio above 1 means coming back sooner. */
export interface Absences extends Lifetimes {
  readonly durations: Float64Array;
  readonly ended: Uint8Array;
  /** The session that ended last before each absence, as a place in the input: what was that session like? */
  readonly sessions: Uint32Array;
  /** User of each absence: the cluster of a Cox model. */
  readonly users: Uint32Array;
}

interface Absence {
  readonly duration: number;
  readonly ended: 0 | 1;
  readonly session: number;
}

/**
 * The time from the end of each session to the start of the same user's next one; after the last one censored at
 * `observedUntil` [Dupret2013]. Sessions that overlap (a hand-off between devices) are one stretch: the absence begins
 * when the last of them has ended. Sessions that start at or after `observedUntil` are left out. O(n log n).
 */
export const absencesOf = ({ users, starts, ends }: SessionTimes, observedUntil: number): Absences => {
  const order = Array.from({ length: users.length }, (_, i) => i)
    .filter((i) => starts[i]! < observedUntil)
    .sort((a, b) => users[a]! - users[b]! || starts[a]! - starts[b]! || a - b);
  const found: Absence[] = [];
  let latest: number | undefined;
  const close = (until: number, ended: 0 | 1): void => {
    if (latest === undefined || until <= ends[latest]!) return;
    found.push({ duration: until - ends[latest]!, ended, session: latest });
  };
  for (const session of order) {
    const same = latest !== undefined && users[latest] === users[session];
    if (same) close(starts[session]!, 1);
    else close(observedUntil, 0);
    // Within a stretch the session that ends last stays the latest.
    if (!same || ends[session]! >= ends[latest!]!) latest = session;
  }
  close(observedUntil, 0);
  return {
    durations: Float64Array.from(found, ({ duration }) => duration),
    ended: Uint8Array.from(found, ({ ended }) => ended),
    sessions: Uint32Array.from(found, ({ session }) => session),
    users: Uint32Array.from(found, ({ session }) => users[session]!),
  };
};

/**
 * Strata by habit: for each absence the tenth of users, from 0 to 9, in which its user lies by median absence. Users who
 * come often and users who come seldom then are compared only among themselves. A user without a return is in the last.
 */
export const habitStrata = ({ durations, ended, users }: Absences): Uint8Array => {
  const gaps = new Map<number, number[]>();
  for (let i = 0; i < users.length; i++) {
    const own = gaps.get(users[i]!) ?? [];
    gaps.set(users[i]!, own);
    if (ended[i]) own.push(durations[i]!);
  }
  const medians = new Map(
    [...gaps].map(([user, own]) => [user, own.length === 0 ? Number.POSITIVE_INFINITY : quantile(sorted(own), 0.5)]),
  );
  const ordered = [...medians].sort((a, b) => (a[1] === b[1] ? a[0] - b[0] : a[1] - b[1])).map(([user]) => user);
  const stratum = new Map(ordered.map((user, rank) => [user, Math.floor((10 * rank) / ordered.length)]));
  return Uint8Array.from(users, (user) => stratum.get(user)!);
};
