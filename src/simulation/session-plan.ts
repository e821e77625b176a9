/** What a session is made of: how it finds its next track, and how long it means to last. */

import type { EpochMs, Intent, PlaySource } from '#domain';
import type { Rng } from '#math';
import type { Catalogue, Track } from './catalogue.ts';
import type { Collection } from './collection.ts';
import type { Pool } from './editors.ts';
import type { Listener } from './listener.ts';
import { fitTo, lastingUtility } from './taste.ts';
import { createMixDraw, type Mix, pick } from './weighted-draw.ts';

/** Where the tracks of a session come from. */
export type Mode = 'library' | 'radio' | 'artist' | 'editorial' | 'fresh' | 'search';

const modes = (mix: Mix<Mode>): ((rng: Rng) => Mode) => createMixDraw(mix);

const MODES_BY_INTENT: Partial<Record<Intent, (rng: Rng) => Mode>> = {
  quick_access: modes({ library: 75, artist: 10, editorial: 10, fresh: 5 }),
  discover_now: modes({ radio: 40, fresh: 30, editorial: 30 }),
  discover_save: modes({ radio: 35, fresh: 35, editorial: 30 }),
  deep_explore: modes({ artist: 80, radio: 20 }),
  known_item: modes({ search: 100 }),
  open_search: modes({ artist: 50, radio: 50 }),
};
const drawUsualMode = modes({ library: 45, radio: 27, editorial: 18, artist: 10 });

const SOURCES: Readonly<Record<Mode, PlaySource>> = {
  library: 'user_collection',
  radio: 'radio',
  artist: 'catalogue',
  editorial: 'editorial',
  fresh: 'personalized_playlist',
  search: 'search',
};

/** Median plays meant beside the first. */
const MEANT_PLAYS: Partial<Record<Intent, number>> = {
  sleep: 4.5,
  focus: 6.5,
  party: 10,
  workout: 5.5,
  background: 6,
  quick_access: 3.2,
  known_item: 2.2,
};
const USUALLY_MEANT = 4.5;

export interface SessionPlan {
  readonly mode: Mode;
  readonly source: PlaySource;
  readonly shuffle: boolean;
  /** How many plays the listener means to have. */
  readonly length: number;
  /** The next track by index, or null when nothing is left to play; `place` counts the plays before. */
  readonly next: (place: number, at: EpochMs, played: ReadonlySet<number>) => number | null;
}

export interface SessionSetting {
  readonly listener: Listener;
  readonly collection: Collection;
  readonly catalogue: Catalogue;
  readonly pools: readonly Pool[];
  readonly intent: Intent;
  readonly rng: Rng;
}

export const planSession = (setting: SessionSetting): SessionPlan => {
  const { intent, listener, rng } = setting;
  const mode = drawMode(intent, listener.readiness, rng);
  const meant = MEANT_PLAYS[intent] ?? USUALLY_MEANT;
  return {
    mode,
    source: SOURCES[mode],
    shuffle: mode === 'library' && rng.next() < 0.7,
    length: 1 + Math.round(meant * Math.exp(0.5 * rng.normal())),
    next: retrying(finderOf(mode, setting), setting),
  };
};

/** The mode by intent; the unready go back to what they know. */
const drawMode = (intent: Intent, readiness: number, rng: Rng): Mode => {
  const mode = (MODES_BY_INTENT[intent] ?? drawUsualMode)(rng);
  if (mode === 'library' || mode === 'search') return mode;
  return rng.next() < 0.35 + 0.75 * readiness ? mode : 'library';
};

type Finder = (place: number, at: EpochMs) => number | null;

const finderOf = (mode: Mode, setting: SessionSetting): Finder => {
  const { listener, catalogue, pools, rng } = setting;
  switch (mode) {
    case 'library':
    case 'search':
      return () => fromLibrary(setting);
    case 'radio': {
      const { genre } = pick(listener.tastes, listener.drawTaste(rng));
      return () =>
        rng.next() < 0.3 ? fromLibrary(setting) : catalogue.drawTrack(pick(catalogue.drawArtist, genre)(rng), rng);
    }
    case 'artist': {
      const { tracks } = pick(catalogue.artists, chooseArtist(setting));
      return (place) => tracks[place % tracks.length] ?? null;
    }
    case 'editorial': {
      const { tracks } = choosePool(setting);
      const from = pools.length === 0 ? 0 : rng.int(10);
      return (place) => tracks[(from + place) % tracks.length] ?? null;
    }
    case 'fresh':
      return (_, at) => fromNewest(setting, at);
  }
};

const TRIES = 6;

/** Draws again when the track was played in this session already or is not out yet; then falls back to the library. */
const retrying =
  (find: Finder, setting: SessionSetting) =>
  (place: number, at: EpochMs, played: ReadonlySet<number>): number | null => {
    const isPossible = (track: number | null): track is number =>
      track !== null && !played.has(track) && pick(setting.catalogue.tracks, track).releasedAt <= at;
    for (let tries = 0; tries < TRIES; tries++) {
      const track = find(place + tries, at);
      if (isPossible(track)) return track;
    }
    for (let tries = 0; tries < TRIES; tries++) {
      const track = fromLibrary(setting);
      if (isPossible(track)) return track;
    }
    return null;
  };

/** Mostly the rotation; of three drawn the one that suits best. */
const fromLibrary = ({ collection, catalogue, intent, rng }: SessionSetting): number | null => {
  let best: number | null = null;
  let bestFit = -1;
  for (let n = 0; n < 3; n++) {
    const from = rng.next() < 0.8 && collection.rotation.length > 0 ? collection.rotation : collection.library;
    if (from.length === 0) return null;
    const track = pick(from, rng.int(from.length));
    // What was worn out is left alone for months.
    if (collection.rested.has(track) && rng.next() < 0.97) continue;
    const fit = fitTo(intent, pick(catalogue.tracks, track));
    if (fit > bestFit) {
      best = track;
      bestFit = fit;
    }
  }
  return best;
};

/** An artist of the library, or for the ready one that is new to them. */
const chooseArtist = ({ listener, collection, catalogue, rng }: SessionSetting): number => {
  if (collection.library.length > 0 && rng.next() > listener.readiness) {
    return pick(catalogue.tracks, pick(collection.library, rng.int(collection.library.length))).artist;
  }
  const { genre } = pick(listener.tastes, listener.drawTaste(rng));
  return pick(catalogue.drawArtist, genre)(rng);
};

/** Of two pools drawn the one whose first tracks are more to the listener's taste and purpose. */
const choosePool = ({ listener, catalogue, pools, intent, rng }: SessionSetting): Pool => {
  const worth = (pool: Pool): number => {
    let sum = 0;
    for (const index of pool.tracks.slice(0, 8)) sum += worthOf(pick(catalogue.tracks, index), listener, intent);
    return sum;
  };
  const one = pick(pools, rng.int(pools.length));
  const other = pick(pools, rng.int(pools.length));
  return worth(one) >= worth(other) ? one : other;
};

/** Of eight of the newest the one most to the listener's taste: what a good release radar would do. */
const fromNewest = ({ listener, catalogue, intent, rng }: SessionSetting, at: EpochMs): number | null => {
  let best: number | null = null;
  let bestWorth = -1;
  for (let n = 0; n < 8; n++) {
    const index = pick(catalogue.newest, rng.int(catalogue.newest.length));
    const track = pick(catalogue.tracks, index);
    const worth = track.releasedAt <= at ? worthOf(track, listener, intent) : -1;
    if (worth > bestWorth) {
      best = index;
      bestWorth = worth;
    }
  }
  return best;
};

const worthOf = (track: Track, listener: Listener, intent: Intent): number =>
  lastingUtility(listener.tastes, track) * fitTo(intent, track);
