/** A life as plain data and back, so that a run can stop and go on as if it had not. */

import type { ItemId } from '#domain';
import type { Life } from './life.ts';
import type { Listened } from './observed.ts';
import type { Fatigue } from './satiation.ts';

export interface LifeState {
  readonly mind: Life['mind'];
  readonly busyUntil: number;
  readonly counts: readonly [events: number, sessions: number];
  readonly library: readonly number[];
  readonly rotation: readonly number[];
  readonly rested: readonly number[];
  readonly liked: readonly number[];
  readonly hidden: readonly number[];
  readonly artists: readonly (readonly [number, Fatigue])[];
  readonly heardEpisodes: readonly string[];
  /** track, plays, last play, activation. */
  readonly traces: readonly (readonly [number, number, number, number])[];
  readonly listens: readonly (readonly [number, Listened])[];
  readonly genres: readonly number[];
}

export const writeLife = ({ memory, mind, observed, busyUntil }: Life): LifeState => ({
  mind: { ...mind },
  busyUntil,
  counts: [memory.events, memory.sessions],
  library: [...memory.collection.library],
  rotation: [...memory.collection.rotation],
  rested: [...memory.collection.rested],
  liked: [...memory.liked],
  hidden: [...memory.hidden],
  artists: [...memory.artists].map(([artist, fatigue]) => [artist, { ...fatigue }]),
  heardEpisodes: [...memory.heardEpisodes],
  traces: [...memory.traces].map(([track, trace]) => [track, trace.plays, trace.lastAt, trace.activation]),
  listens: [...observed.listens].map(([track, listened]) => [track, { ...listened }]),
  genres: [...observed.genres],
});

/** Period of a trace whose liking has to be worked out again before it is used. */
const UNKNOWN_PERIOD = -1;

/** Fills a life that has just begun with a state written by `writeLife`. */
export const readLife = (life: Life, state: LifeState): void => {
  const { memory, observed } = life;
  Object.assign(life.mind, state.mind);
  life.busyUntil = state.busyUntil;
  [memory.events, memory.sessions] = state.counts;
  refill(memory.collection.library, state.library);
  refill(memory.collection.rotation, state.rotation);
  for (const track of state.library) memory.collection.inLibrary.add(track);
  for (const track of state.rested) memory.collection.rested.add(track);
  for (const track of state.liked) memory.liked.add(track);
  for (const track of state.hidden) memory.hidden.add(track);
  for (const [artist, fatigue] of state.artists) memory.artists.set(artist, { ...fatigue });
  for (const episode of state.heardEpisodes) memory.heardEpisodes.add(episode as ItemId);
  for (const [track, plays, lastAt, activation] of state.traces) {
    memory.traces.set(track, { near: 0, lasting: 0, period: UNKNOWN_PERIOD, plays, lastAt, activation });
    memory.heard.push(track);
  }
  for (const [track, listened] of state.listens) {
    observed.listens.set(track, { ...listened });
    observed.met.push(track);
  }
  observed.genres.set(state.genres);
};

const refill = (list: number[], values: readonly number[]): void => {
  list.length = 0;
  list.push(...values);
};
