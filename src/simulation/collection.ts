/** What a listener keeps: a library, and the few dozen tracks in rotation that come and go. */

import type { EpochMs } from '#domain';
import type { Rng } from '#math';
import type { Track } from './catalogue.ts';
import type { Fame } from './fame.ts';
import type { Listener, WorldFrame } from './listener.ts';
import type { Trace } from './satiation.ts';
import { lastingUtility } from './taste.ts';
import { clamp, pick } from './weighted-draw.ts';

export interface Collection {
  /** Tracks known and liked, in the order in which they were found. */
  readonly library: number[];
  readonly inLibrary: Set<number>;
  /** The favourites of these weeks. */
  readonly rotation: number[];
  /** Favourites that were left: they stay in the library and are hardly played again. */
  readonly rested: Set<number>;
}

const TRACKS_A_TASTE = 40;
/** Only what the listener truly likes gets in. */
const LIBRARY_UTILITY = 0.55;
/** Share of the rotation that is left a week. */
const LEFT_A_WEEK = 0.3;

const IN_THE_AIR = 3;

export const createCollection = (listener: Listener, frame: WorldFrame, rng: Rng): Collection => {
  const { catalogue, fame } = frame;
  const collection: Collection = { library: [], inLibrary: new Set(), rotation: [], rested: new Set() };
  const size = Math.round(TRACKS_A_TASTE * (1 + listener.tastes.length) * (0.7 + 0.6 * rng.next()));
  for (let tries = 0; tries < 12 * size && collection.library.length < size; tries++) {
    const taste = pick(listener.tastes, listener.drawTaste(rng));
    const artist = fame.drawArtist(taste.genre, rng);
    const track = pick(catalogue.tracks, fame.drawTrack(artist, rng));
    keep(collection, track, lastingUtility(listener.tastes, track), listener.from);
  }
  fillRotation(collection, Math.round(clamp(size / 7, 8, 24)), fame, rng);
  return collection;
};

/** Takes the track into the library when it is out by then and liked well enough; false when it is not, or is there. */
export const keep = (collection: Collection, track: Track, liking: number, at: EpochMs): boolean => {
  if (collection.inLibrary.has(track.index)) return false;
  if (track.releasedAt > at || liking < LIBRARY_UTILITY) return false;
  collection.inLibrary.add(track.index);
  collection.library.push(track.index);
  return true;
};

/** Once a week: the most played leave, others of the library come. */
export const refreshRotation = (
  collection: Collection,
  traces: ReadonlyMap<number, Trace>,
  fame: Fame,
  rng: Rng,
): void => {
  const { rotation, rested } = collection;
  const size = rotation.length;
  const byPlays = rotation
    .map((track) => ({ track, plays: traces.get(track)?.plays ?? 0 }))
    .sort((a, b) => b.plays - a.plays || a.track - b.track);
  const left = Math.round(LEFT_A_WEEK * size);
  for (const { track } of byPlays.slice(0, left)) rested.add(track);
  rotation.splice(0, size, ...byPlays.slice(left).map(({ track }) => track));
  fillRotation(collection, size, fame, rng);
};

/** Of three of the library the one that most people listen to: what is in the air is taken up again [Salganik2006]. */
const fillRotation = (collection: Collection, size: number, fame: Fame, rng: Rng): void => {
  const { library, rotation, rested } = collection;
  for (let tries = 0; tries < 8 * size && rotation.length < size && library.length > 0; tries++) {
    let track = drawFrom(library, rng);
    for (let n = 1; n < IN_THE_AIR; n++) {
      const other = drawFrom(library, rng);
      if (fame.listens[other]! > fame.listens[track]!) track = other;
    }
    if (!rested.has(track) && !rotation.includes(track)) rotation.push(track);
  }
};

/** The later half of the library is what was found last: new loves come first. */
const drawFrom = (library: readonly number[], rng: Rng): number => {
  const u = rng.next();
  return pick(library, library.length - 1 - Math.floor(library.length * u * Math.sqrt(u)));
};
