/** The kinds of people in the world. */

import type { MomentName } from './moments.ts';
import type { Mix } from './weighted-draw.ts';

export interface Archetype {
  readonly name: string;
  /** How many of a hundred people. */
  readonly share: number;
  /** Number of separate tastes: 1 a specialist … 6 a generalist. */
  readonly tastes: readonly [number, number];
  /** Mean willingness to hear the unfamiliar, 0–1. */
  readonly readiness: number;
  readonly moments: Mix<MomentName>;
  /** Mean eagerness: a probability of listening on a day, before absence, spells and sessions count. */
  readonly habit: number;
  /** Mean sessions on such a day, at least 1. */
  readonly sessions: number;
  /** Probability of following shows. */
  readonly shows: number;
  /** Added to the log-odds of a skip: the young skip more. */
  readonly skips: number;
  /** Energies the person likes, as a range; null for all. */
  readonly energies: readonly [number, number] | null;
  /** When in the world's time the person comes and goes, as shares of it; the others are here all the time. */
  readonly arrivesAfter?: readonly [number, number];
  readonly leavesAfter?: readonly [number, number];
}

/** In the order in which the first listeners take them, so that even a small world has one of each. */
export const ARCHETYPES: readonly Archetype[] = [
  {
    name: 'generalist',
    share: 14,
    tastes: [4, 6],
    readiness: 0.75,
    moments: { commute_in: 2, desk_afternoon: 2, cooking: 2, evening: 3, slow_weekend: 2 },
    habit: 0.86,
    sessions: 1.7,
    shows: 0.6,
    skips: 0,
    energies: null,
  },
  {
    name: 'commuter_music_only',
    share: 14,
    tastes: [2, 3],
    readiness: 0.35,
    moments: { commute_in: 5, commute_out: 5, slow_weekend: 1, evening: 1 },
    habit: 0.8,
    sessions: 1.8,
    shows: 0,
    skips: 0.1,
    energies: null,
  },
  {
    name: 'specialist',
    share: 12,
    tastes: [1, 1],
    readiness: 0.2,
    moments: { evening: 3, night: 2, commute_out: 2, slow_weekend: 2 },
    habit: 0.75,
    sessions: 1.5,
    shows: 0.3,
    skips: -0.2,
    energies: null,
  },
  {
    name: 'night_listener',
    share: 8,
    tastes: [2, 4],
    readiness: 0.65,
    moments: { small_hours: 6, night: 3, evening: 1 },
    habit: 0.72,
    sessions: 1.4,
    shows: 0.25,
    skips: 0.2,
    energies: null,
  },
  {
    name: 'desk_listener',
    share: 14,
    tastes: [2, 4],
    readiness: 0.45,
    moments: { desk_morning: 5, desk_afternoon: 5, commute_out: 1, cooking: 1 },
    habit: 0.8,
    sessions: 1.8,
    shows: 0.3,
    skips: -0.3,
    energies: [0.05, 0.7],
  },
  {
    name: 'commuter_with_shows',
    share: 9,
    tastes: [2, 3],
    readiness: 0.4,
    moments: { wake_up: 2, commute_in: 5, commute_out: 4, bedtime: 1, slow_weekend: 1 },
    habit: 0.85,
    sessions: 1.9,
    shows: 1,
    skips: 0,
    energies: null,
  },
  {
    name: 'sleeper',
    share: 6,
    tastes: [2, 2],
    readiness: 0.25,
    moments: { bedtime: 7, cooking: 2, slow_weekend: 1 },
    habit: 0.85,
    sessions: 1.2,
    shows: 0.4,
    skips: -0.6,
    energies: [0, 0.5],
  },
  {
    name: 'party_host',
    share: 8,
    tastes: [2, 4],
    readiness: 0.55,
    moments: { party: 6, workout: 2, evening: 2, slow_weekend: 1, commute_out: 2 },
    habit: 0.6,
    sessions: 1.5,
    shows: 0.05,
    skips: 0.5,
    energies: [0.5, 1],
  },
  {
    name: 'athlete',
    share: 7,
    tastes: [2, 3],
    readiness: 0.45,
    moments: { workout: 7, wake_up: 2, commute_in: 2, evening: 1 },
    habit: 0.78,
    sessions: 1.5,
    shows: 0.45,
    skips: 0.5,
    energies: [0.4, 1],
  },
  {
    name: 'newcomer',
    share: 5,
    tastes: [2, 4],
    readiness: 0.7,
    moments: { evening: 4, commute_out: 2, slow_weekend: 2, night: 2 },
    habit: 0.75,
    sessions: 1.5,
    shows: 0.4,
    skips: 0.4,
    energies: null,
    arrivesAfter: [0.7, 0.93],
  },
  {
    name: 'lapsed',
    share: 3,
    tastes: [1, 3],
    readiness: 0.3,
    moments: { evening: 4, commute_in: 2, slow_weekend: 2 },
    habit: 0.6,
    sessions: 1.4,
    shows: 0.25,
    skips: 0.3,
    energies: null,
    leavesAfter: [0.5, 0.75],
  },
];
