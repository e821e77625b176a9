/** Editors: experts with noise who put together pools for a purpose and renew them every week. */

import type { EpochMs, EventId, Intent, ListenerEvent, UserId } from '#domain';
import { DAY_MS } from '#domain';
import { type Rng, topK } from '#math';
import type { Catalogue, Track } from './catalogue.ts';
import { pick } from './weighted-draw.ts';

export interface Pool {
  readonly id: string;
  readonly title: string;
  readonly purpose: string;
  /** Of a list kept for one intent alone. */
  readonly intent?: Intent;
  /** Tracks by index, the editor's order. */
  readonly tracks: readonly number[];
}

interface Brief {
  readonly name: string;
  readonly title: string;
  readonly purpose: string;
  readonly intent?: Intent;
  /** What the editor listens for: the higher the better. */
  readonly value: (track: Track, at: EpochMs) => number;
}

const POOL_SIZE = 30;
const MOST_AN_ARTIST = 2;
/** The best of an ear's first round, from which a pool is filled. */
const LOOKED_AT = 10 * POOL_SIZE;
/** Standard deviation of the editors' error, where track quality has 1. */
const NOISE = 0.7;

const near = (energy: number, track: Track): number => -4 * Math.abs(track.energy - energy) + 0.8 * track.quality;

const BRIEFS: readonly Brief[] = [
  {
    name: 'fresh-finds',
    title: 'Fresh finds',
    purpose: 'The best of what came out in the last four weeks',
    value: (track, at) => track.quality - (at - track.releasedAt > 28 * DAY_MS ? 20 : 0),
  },
  { name: 'slow-mornings', title: 'Slow mornings', purpose: 'To wake up without hurry', value: (t) => near(0.25, t) },
  {
    name: 'at-the-desk',
    title: 'At the desk',
    purpose: 'To think by, without being pulled out',
    value: (t) => near(0.38, t),
  },
  { name: 'legs', title: 'Legs', purpose: 'To run and lift to', value: (t) => near(0.88, t) },
  {
    name: 'kitchen-disco',
    title: 'Kitchen disco',
    purpose: 'For Friday nights with friends',
    value: (t) => near(0.74, t),
  },
  { name: 'unsung', title: 'Unsung', purpose: 'Fine work that few people know', value: (t) => 1.5 * t.quality },
];

const PURPOSE_BRIEFS: readonly Brief[] = [
  {
    name: 'lights-out',
    title: 'Lights out',
    purpose: 'For sleep: slow, even, no surprise',
    intent: 'sleep',
    value: (t) => near(0.12, t),
  },
  {
    name: 'full-house',
    title: 'Full house',
    purpose: 'For a party that dances',
    intent: 'party',
    value: (t) => near(0.8, t),
  },
];

/** The pools as the editors see them that week, those for one purpose last. */
export const choosePools = (
  prefix: string,
  catalogue: Catalogue,
  at: EpochMs,
  rng: Rng,
  hasPurposes: boolean,
): readonly Pool[] => {
  const released = catalogue.tracks.filter((track) => track.releasedAt <= at);
  const values = new Float64Array(released.length);
  const briefs = hasPurposes ? [...BRIEFS, ...PURPOSE_BRIEFS] : BRIEFS;
  return briefs.map((brief) => {
    for (const [n, track] of released.entries()) values[n] = brief.value(track, at) + NOISE * rng.normal();
    const ranked = topK(values, LOOKED_AT);
    const perArtist = new Map<number, number>();
    const tracks: number[] = [];
    for (const n of ranked) {
      const track = pick(released, n);
      const count = perArtist.get(track.artist) ?? 0;
      if (count >= MOST_AN_ARTIST) continue;
      perArtist.set(track.artist, count + 1);
      if (tracks.push(track.index) === POOL_SIZE) break;
    }
    const { title, purpose, intent } = brief;
    return { id: `${prefix}-${brief.name}`, title, purpose, ...(intent !== undefined && { intent }), tracks };
  });
};

export const poolEvents = (
  prefix: string,
  pools: readonly Pool[],
  catalogue: Catalogue,
  at: EpochMs,
): ListenerEvent[] =>
  pools.map((pool, n) => ({
    kind: 'editor',
    eventId: `${pool.id}:${Math.floor(at / DAY_MS)}` as EventId,
    userId: `${prefix}-editor` as UserId,
    at: at + n,
    receivedAt: at + n,
    poolId: pool.id,
    change: 'put',
    title: pool.title,
    purpose: pool.purpose,
    items: pool.tracks.map((track) => pick(catalogue.tracks, track).id),
    extra: {},
  }));
