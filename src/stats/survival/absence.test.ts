import { describe, expect, it } from 'vitest';
import { absencesOf, habitStrata } from './absence.ts';

const of = (sessions: readonly (readonly [user: number, start: number, end: number])[], until: number) => {
  const [users, starts, ends] = [0, 1, 2].map((column) => sessions.map((row) => row[column as 0 | 1 | 2]));
  const {
    durations,
    ended,
    sessions: places,
    users: whose,
  } = absencesOf({ users: users!, starts: starts!, ends: ends! }, until);
  return Array.from(durations, (duration, i) => [whose[i], duration, ended[i], places[i]]);
};

describe('absence', () => {
  it('runs from the end of a session to the next start, and to the end of observation', () => {
    expect(
      of(
        [
          [0, 1, 2],
          [0, 5, 6],
          [1, 0, 3],
        ],
        10,
      ),
    ).toEqual([
      [0, 3, 1, 0],
      [0, 4, 0, 1],
      [1, 7, 0, 2],
    ]);
  });

  it('does not take a hand-off between devices for an absence', () => {
    // A long session on the speaker, a short one on the phone inside of it: away from 8 on, after the speaker.
    expect(
      of(
        [
          [0, 1, 8],
          [0, 2, 3],
          [0, 9, 10],
        ],
        20,
      ),
    ).toEqual([
      [0, 1, 1, 0],
      [0, 10, 0, 2],
    ]);
  });

  it('knows nothing of what starts later, and counts nobody as away who is still listening', () => {
    expect(
      of(
        [
          [0, 1, 12],
          [0, 15, 16],
          [1, 30, 31],
        ],
        10,
      ),
    ).toEqual([]);
  });

  it('parts users by how often they come, users without a return last', () => {
    const users = Array.from({ length: 40 }, (_, i) => Math.floor(i / 2));
    const absences = {
      users: Uint32Array.from(users),
      durations: Float64Array.from(users, (user, i) => (i % 2 === 0 ? user + 1 : 100)),
      ended: Uint8Array.from(users, (user, i) => (i % 2 === 0 && user !== 0 ? 1 : 0)),
      sessions: Uint32Array.from(users.keys()),
    };
    const strata = habitStrata(absences);
    expect([strata[2], strata[4], strata[6], strata[38], strata[0]]).toEqual([0, 0, 1, 9, 9]);
  });
});
