/** What a session is made of: how it finds its next track, and how long it means to last. */

import type { EpochMs, Intent, PlaySource } from '#domain';
import type { Rng } from '#math';
import type { Track } from './catalogue.ts';
import type { Pool } from './editors.ts';
import type { Cue, Program, SessionFacts, Stage } from './session.ts';
import { fitTo, lastingUtility } from './taste.ts';
import { createMixDraw, type Mix, pick } from './weighted-draw.ts';

/** Where the tracks of a session come from. */
export type Mode = 'library' | 'radio' | 'artist' | 'editorial' | 'purpose' | 'fresh' | 'search';

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
  purpose: 'editorial',
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

export const drawLength = (intent: Intent, rng: Rng): number =>
  1 + Math.round((MEANT_PLAYS[intent] ?? USUALLY_MEANT) * Math.exp(0.5 * rng.normal()));

/** The mode by intent; the unready go back to what they know. */
export const drawMode = (intent: Intent, readiness: number, rng: Rng): Mode => {
  const mode = (MODES_BY_INTENT[intent] ?? drawUsualMode)(rng);
  if (mode === 'library' || mode === 'search') return mode;
  return rng.next() < 0.35 + 0.75 * readiness ? mode : 'library';
};

export const planSession = (mode: Mode, facts: SessionFacts, stage: Stage, pools: readonly Pool[]): Program => {
  const setting: Setting = { facts, stage, pools };
  const { rng } = stage.life;
  return {
    source: SOURCES[mode],
    shuffle: mode === 'library' && rng.next() < 0.7,
    length: drawLength(facts.intent, rng),
    next: retrying(finderOf(mode, setting), setting, mode === 'search'),
  };
};

interface Setting {
  readonly facts: SessionFacts;
  readonly stage: Stage;
  readonly pools: readonly Pool[];
}

type Finder = (place: number, at: EpochMs) => number | null;

const finderOf = (mode: Mode, setting: Setting): Finder => {
  const { life, frame } = setting.stage;
  const { catalogue, fame } = frame;
  switch (mode) {
    case 'library':
    case 'search':
      return () => fromLibrary(setting);
    case 'radio': {
      const { genre } = pick(life.tastes, life.listener.drawTaste(life.rng));
      return () =>
        life.rng.next() < 0.3 ? fromLibrary(setting) : fame.drawTrack(fame.drawArtist(genre, life.rng), life.rng);
    }
    case 'artist': {
      const { tracks } = pick(catalogue.artists, chooseArtist(setting));
      return (place) => tracks[place % tracks.length] ?? null;
    }
    case 'editorial':
    case 'purpose': {
      const { tracks } = mode === 'purpose' ? listFor(setting) : choosePool(setting);
      const from = life.rng.int(10);
      return (place) => tracks[(from + place) % tracks.length] ?? null;
    }
    case 'fresh':
      return (_, at) => fromNewest(setting, at);
  }
};

const TRIES = 6;

/** Draws again when the track was played in this session already or is not out yet; then falls back to the library. */
const retrying =
  (find: Finder, setting: Setting, isSearch: boolean) =>
  (place: number, at: EpochMs, played: ReadonlySet<number>): Cue | null => {
    const { tracks } = setting.stage.frame.catalogue;
    const isPossible = (track: number | null): track is number =>
      track !== null && !played.has(track) && pick(tracks, track).releasedAt <= at;
    const isAutoplay = isSearch && place > 0;
    for (let tries = 0; tries < 2 * TRIES; tries++) {
      const track = tries < TRIES ? find(place + tries, at) : fromLibrary(setting);
      if (isPossible(track)) return { track, isAutoplay };
    }
    return null;
  };

/** Mostly the rotation; of three drawn the one that suits best. */
const fromLibrary = ({ stage, facts }: Setting): number | null => {
  const { life, frame } = stage;
  const { collection } = life.memory;
  let best: number | null = null;
  let bestFit = -1;
  for (let n = 0; n < 3; n++) {
    const from = life.rng.next() < 0.8 && collection.rotation.length > 0 ? collection.rotation : collection.library;
    if (from.length === 0) return null;
    const track = pick(from, life.rng.int(from.length));
    // What was worn out is left alone for months.
    if (collection.rested.has(track) && life.rng.next() < 0.97) continue;
    const fit = fitTo(facts, pick(frame.catalogue.tracks, track), frame.rules);
    if (fit > bestFit) {
      best = track;
      bestFit = fit;
    }
  }
  return best;
};

/** An artist of the library, or for the ready one that is new to them. */
const chooseArtist = ({ stage }: Setting): number => {
  const { life, frame } = stage;
  const { library } = life.memory.collection;
  if (library.length > 0 && life.rng.next() > life.listener.readiness) {
    return pick(frame.catalogue.tracks, pick(library, life.rng.int(library.length))).artist;
  }
  const { genre } = pick(life.tastes, life.listener.drawTaste(life.rng));
  return frame.fame.drawArtist(genre, life.rng);
};

/** The list that editors keep for the intent. */
const listFor = ({ pools, facts }: Setting): Pool => {
  const list = pools.find((pool) => pool.intent === facts.intent);
  if (list === undefined) throw new RangeError(`no list for ${facts.intent}`);
  return list;
};

/** Of two pools drawn the one whose first tracks are more to the listener's taste and purpose. */
const choosePool = (setting: Setting): Pool => {
  const { stage } = setting;
  const pools = setting.pools.filter(({ intent }) => intent === undefined);
  const worth = (pool: Pool): number => {
    let sum = 0;
    for (const index of pool.tracks.slice(0, 8)) sum += worthOf(pick(stage.frame.catalogue.tracks, index), setting);
    return sum;
  };
  const one = pick(pools, stage.life.rng.int(pools.length));
  const other = pick(pools, stage.life.rng.int(pools.length));
  return worth(one) >= worth(other) ? one : other;
};

/** Of eight of the newest the one most to the listener's taste: what a good release radar would do. */
const fromNewest = (setting: Setting, at: EpochMs): number | null => {
  const { life, frame } = setting.stage;
  const { newest, tracks } = frame.catalogue;
  let best: number | null = null;
  let bestWorth = -1;
  for (let n = 0; n < 8; n++) {
    const index = pick(newest, life.rng.int(newest.length));
    const track = pick(tracks, index);
    const worth = track.releasedAt <= at ? worthOf(track, setting) : -1;
    if (worth > bestWorth) {
      best = index;
      bestWorth = worth;
    }
  }
  return best;
};

const worthOf = (track: Track, { stage, facts }: Setting): number =>
  lastingUtility(stage.life.tastes, track) * fitTo(facts, track, stage.frame.rules);
