/** What a service that reads the log knows of one listener: reference policies decide on this and nothing else. */

import type { EpochMs } from '#domain';
import type { Track } from './catalogue.ts';
import { GENRES } from './genres.ts';
import { DIMENSIONS } from './vectors.ts';

export interface Listened {
  times: number;
  /** How many of them to the end. */
  finished: number;
  lastAt: EpochMs;
}

export interface Observed {
  /** What was listened to (30 s and more), by track in the order in which the tracks were met. */
  readonly listens: Map<number, Listened>;
  /** Listens by genre, by index into GENRES, of which older ones count less. */
  readonly genres: Float64Array;
  /** Moving mean of the vectors of what was listened to; zero at first. */
  readonly centroid: Float32Array;
  /** Mean energy of listens and their number, by part of the day. */
  readonly energies: Float64Array;
  readonly energyCounts: Float64Array;
  /** Last tracks that were put before them, newest last. */
  readonly shown: number[];
}

const SHOWN_KEPT = 48;
const LEARNING_RATE = 0.04;
const GENRE_DECAY = 0.995;
/** Four hours each. */
export const DAY_SLOTS = 6;

export const createObserved = (): Observed => ({
  listens: new Map(),
  genres: new Float64Array(GENRES.length),
  centroid: new Float32Array(DIMENSIONS),
  energies: new Float64Array(DAY_SLOTS),
  energyCounts: new Float64Array(DAY_SLOTS),
  shown: [],
});

export const slotOf = (hour: number): number => Math.floor((hour % 24) / (24 / DAY_SLOTS));

export const observeListen = (
  observed: Observed,
  track: Track,
  listen: { readonly hour: number; readonly at: EpochMs; readonly isFinished: boolean },
): void => {
  const { listens, genres, centroid, energies, energyCounts } = observed;
  let listened = listens.get(track.index);
  if (listened === undefined) {
    listened = { times: 0, finished: 0, lastAt: 0 };
    listens.set(track.index, listened);
  }
  listened.times++;
  if (listen.isFinished) listened.finished++;
  listened.lastAt = listen.at;
  for (let genre = 0; genre < genres.length; genre++) genres[genre]! *= GENRE_DECAY;
  for (const [genre, share] of track.genres) genres[genre]! += share;
  for (let d = 0; d < DIMENSIONS; d++) centroid[d]! += LEARNING_RATE * (track.vector[d]! - centroid[d]!);
  const slot = slotOf(listen.hour);
  energyCounts[slot]!++;
  energies[slot]! += (track.energy - energies[slot]!) / energyCounts[slot]!;
};

export const observeShown = (observed: Observed, tracks: ArrayLike<number>): void => {
  for (let n = 0; n < tracks.length; n++) observed.shown.push(tracks[n]!);
  if (observed.shown.length > SHOWN_KEPT) observed.shown.splice(0, observed.shown.length - SHOWN_KEPT);
};

/** The genre listened to most; −1 when nothing was. */
export const mainGenre = ({ genres }: Observed): number => {
  let best = -1;
  let most = 0;
  for (let genre = 0; genre < genres.length; genre++) {
    if (genres[genre]! > most) {
      most = genres[genre]!;
      best = genre;
    }
  }
  return best;
};
