/** A listener as the days go by: what they carry from session to session. */

import type { ItemId } from '#domain';
import type { Rng } from '#math';
import type { Track } from './catalogue.ts';
import { type Collection, createCollection } from './collection.ts';
import type { Listener, WorldFrame } from './listener.ts';
import { createObserved, type Observed } from './observed.ts';
import { createMind, type Mind } from './return.ts';
import type { Fatigue, Trace } from './satiation.ts';
import { drifted, lastingUtility, likingAt, nearness, type Taste } from './taste.ts';

export interface Memory {
  readonly collection: Collection;
  /** Of tracks of which something was heard. */
  readonly traces: Map<number, Trace>;
  /** Those tracks, in the order in which they were first heard. */
  readonly heard: number[];
  readonly liked: Set<number>;
  readonly hidden: Set<number>;
  /** Artists of whom something was heard, and how much of them is still in the ear. */
  readonly artists: Map<number, Fatigue>;
  readonly heardEpisodes: Set<ItemId>;
  events: number;
  sessions: number;
}

export interface Life {
  readonly n: number;
  readonly listener: Listener;
  readonly memory: Memory;
  readonly mind: Mind;
  /** What a service that reads the log knows of them. */
  readonly observed: Observed;
  /** End of the last session. */
  busyUntil: number;
  /** Tastes of this period of drift. */
  tastes: readonly Taste[];
  period: number;
  /** The stream of this life, from which those of its days come. */
  readonly stream: Rng;
  /** The stream of this day. */
  rng: Rng;
}

/** Days in which tastes stay as they are. */
const PERIOD_DAYS = 28;

export const beginLife = (n: number, listener: Listener, frame: WorldFrame, rng: Rng): Life => ({
  n,
  listener,
  mind: createMind(),
  observed: createObserved(),
  busyUntil: listener.from,
  tastes: listener.tastes,
  period: 0,
  stream: rng,
  rng,
  memory: {
    collection: createCollection(listener, frame, rng.derive('collection')),
    traces: new Map(),
    heard: [],
    liked: new Set(),
    hidden: new Set(),
    artists: new Map(),
    heardEpisodes: new Set(),
    events: 0,
    sessions: 0,
  },
});

/** Sets stream and tastes of that day of the world; both depend on the listener and the day alone. */
export const wakeUp = (life: Life, worldDay: number, frame: WorldFrame): void => {
  life.rng = life.stream.derive('day', worldDay);
  const period = Math.max(0, Math.floor(worldDay / PERIOD_DAYS));
  const drift = frame.rules['listeners.drift'];
  if (period === life.period || drift === 0) return;
  let { tastes } = life.listener;
  for (let p = 1; p <= period; p++) tastes = drifted(tastes, drift, life.stream.derive('drift', p));
  life.tastes = tastes;
  life.period = period;
};

/** What the listener carries of a track that plays; made on the first call, worked out anew when tastes have drifted. */
export const traceOf = (life: Life, track: Track): Trace => {
  const { traces } = life.memory;
  let trace = traces.get(track.index);
  if (trace === undefined) {
    const near = nearness(life.tastes, track.vector);
    const lasting = likingAt(near, track.quality);
    trace = { near, lasting, period: life.period, plays: 0, lastAt: 0, activation: 0 };
    traces.set(track.index, trace);
  } else if (trace.period !== life.period) {
    trace.near = nearness(life.tastes, track.vector);
    trace.lasting = likingAt(trace.near, track.quality);
    trace.period = life.period;
  }
  return trace;
};

/** Lasting utility of the track in this period, in (0, 1); leaves no trace. */
export const lastingOf = (life: Life, track: Track): number => {
  const trace = life.memory.traces.get(track.index);
  return trace?.period === life.period ? trace.lasting : lastingUtility(life.tastes, track);
};

/** How much of the artist is in the listener’s ear; made on the first call. */
export const fatigueOf = (life: Life, artist: number): Fatigue => {
  const { artists } = life.memory;
  let fatigue = artists.get(artist);
  if (fatigue === undefined) {
    fatigue = { activation: 0, lastAt: 0 };
    artists.set(artist, fatigue);
  }
  return fatigue;
};
