/** A listener as the days go by: what they carry from session to session. */

import type { ItemId } from '#domain';
import type { Rng } from '#math';
import type { Track } from './catalogue.ts';
import { type Collection, createCollection } from './collection.ts';
import type { Listener, WorldFrame } from './listener.ts';
import { createObserved, type Observed } from './observed.ts';
import { createMind, type Mind } from './return.ts';
import type { Fatigue, Trace } from './satiation.ts';
import { drifted, likingAt, nearness, type Taste } from './taste.ts';

export interface Memory {
  readonly collection: Collection;
  readonly traces: Map<number, Trace>;
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

/** What the listener carries of the track; made on the first call, worked out anew when tastes have drifted. */
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
