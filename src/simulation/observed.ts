/** What a service that reads the log knows of one listener: reference policies decide on this and nothing else. */

import type { EpochMs } from '#domain';
import type { Track } from './catalogue.ts';
import { GENRES } from './genres.ts';

export interface Listened {
  times: number;
  /** How many of them to the end. */
  finished: number;
  lastAt: EpochMs;
}

export interface Observed {
  /** What was listened to (30 s and more), by track. */
  readonly listens: Map<number, Listened>;
  /** Those tracks in the order in which they were met. */
  readonly met: number[];
  /** Listens by genre, by index into GENRES, of which older ones count less. */
  readonly genres: Float64Array;
}

const GENRE_DECAY = 0.995;

export const createObserved = (): Observed => ({
  listens: new Map(),
  met: [],
  genres: new Float64Array(GENRES.length),
});

export const observeListen = (
  observed: Observed,
  track: Track,
  listen: { readonly at: EpochMs; readonly isFinished: boolean },
): void => {
  const { listens, genres, met } = observed;
  let listened = listens.get(track.index);
  if (listened === undefined) {
    listened = { times: 0, finished: 0, lastAt: 0 };
    listens.set(track.index, listened);
    met.push(track.index);
  }
  listened.times++;
  if (listen.isFinished) listened.finished++;
  listened.lastAt = listen.at;
  for (let genre = 0; genre < genres.length; genre++) genres[genre]! *= GENRE_DECAY;
  for (const [genre, share] of track.genres) genres[genre]! += share;
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
