/** A made-up world: its catalogue, its people and what they did, day by day up to now. */

import { DAY_MS, type EpochMs, HOUR_MS, type Item, type ListenerEvent } from '#domain';
import { createRng } from '#math';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { beginLife, type Life, liveDay } from './day.ts';
import { choosePools, type Pool, poolEvents } from './editors.ts';
import { catalogueItems } from './items.ts';
import { createListener, createPeople, type Listener, type WorldFrame } from './listener.ts';
import { createNamer } from './names.ts';
import { createShows } from './shows.ts';
import { generalistSpecialist, lastingUtility } from './taste.ts';
import type { ListenerTruth, Oracle, PlayTruth } from './truth.ts';
import { weekdayOf } from './zone-clock.ts';

export interface WorldOptions {
  readonly seed: string | number;
  readonly listeners: number;
  readonly tracks: number;
  readonly shows?: number;
  readonly days: number;
  /** The world's present: every event lies before it. */
  readonly until: EpochMs;
  /** Begins every id of the world, so that it can be told from real data and removed. */
  readonly prefix?: string;
  /** Keeps the truth of each play for `oracle.plays`: some hundred bytes a play. */
  readonly keepTruth?: boolean;
}

export interface World {
  readonly items: readonly Item[];
  /** The events in order of time, about one day a batch. Each call begins the same history again. */
  readonly batches: () => Generator<readonly ListenerEvent[]>;
  readonly oracle: Oracle;
}

const DEFAULT_SHOWS = 20;
/** Farthest east of UTC a clock stands: how long before UTC midnight a local day may begin. */
const EASTERNMOST_MS = 14 * HOUR_MS;
const EDITORS_WEEKDAY = 5;

/** Same options, same world, byte for byte. */
export const createWorld = (options: WorldOptions): World => {
  const { until, days, prefix = 'playground' } = options;
  const rng = createRng('world').derive(options.seed);
  const namer = createNamer();
  const frame: WorldFrame = {
    prefix,
    start: until - days * DAY_MS,
    until,
    catalogue: createCatalogue({ prefix, tracks: options.tracks, until, rng, namer }),
    shows: createShows({ prefix, shows: options.shows ?? DEFAULT_SHOWS, until, rng, namer }),
    people: createPeople(),
  };
  const listeners = Array.from({ length: options.listeners }, (_, n) =>
    createListener(n, frame, rng.derive('listener', n)),
  );
  const plays: PlayTruth[] = [];
  const tell = options.keepTruth ? (truth: PlayTruth): void => void plays.push(truth) : null;
  return {
    items: catalogueItems(frame.catalogue, frame.shows, until),
    batches: () => {
      plays.length = 0;
      const lives = listeners.map((listener, n) => beginLife(listener, frame, rng.derive('life', n)));
      return liveAll(frame, lives, (week) => rng.derive('editors', week), tell);
    },
    oracle: { listeners: listeners.map(truthOf), utility: utilityIn(frame.catalogue, listeners), plays },
  };
};

/**
 * All lives, local day by local day. What one day brings lies up to two days around it, so events wait until no later
 * day can bring an earlier one.
 */
function* liveAll(
  frame: WorldFrame,
  lives: readonly Life[],
  editorsRng: (week: number) => ReturnType<typeof createRng>,
  tell: ((truth: PlayTruth) => void) | null,
): Generator<readonly ListenerEvent[]> {
  let waiting: ListenerEvent[] = [];
  let pools: readonly Pool[] = [];
  const emit = (event: ListenerEvent): void => {
    waiting.push(event);
  };
  const firstDay = Math.floor(frame.start / DAY_MS) - 1;
  const lastDay = Math.floor(frame.until / DAY_MS) + 1;
  for (let day = firstDay; day <= lastDay; day++) {
    if (day === firstDay || (weekdayOf(day) === EDITORS_WEEKDAY && day * DAY_MS > frame.start)) {
      const at = Math.max(frame.start, day * DAY_MS);
      pools = choosePools(frame.prefix, frame.catalogue, at, editorsRng(day));
      if (at < frame.until) waiting.push(...poolEvents(frame.prefix, pools, frame.catalogue, at));
    }
    for (const life of lives) liveDay(life, day, frame, pools, { emit, tell });
    const settled = (day + 1) * DAY_MS - EASTERNMOST_MS;
    waiting.sort((a, b) => a.at - b.at);
    const count = day === lastDay ? waiting.length : firstAtOrAfter(waiting, settled);
    if (count > 0) yield waiting.slice(0, count);
    waiting = waiting.slice(count);
  }
}

/** Number of events before that time; the events are in order of time. */
const firstAtOrAfter = (events: readonly ListenerEvent[], time: EpochMs): number => {
  const place = events.findIndex((event) => event.at >= time);
  return place === -1 ? events.length : place;
};

const truthOf = (listener: Listener): ListenerTruth => ({
  userId: listener.userId,
  archetype: listener.archetype.name,
  timeZone: listener.zone.timeZone,
  breadth: generalistSpecialist(listener.tastes),
  readiness: listener.readiness,
});

const utilityIn =
  (catalogue: Catalogue, listeners: readonly Listener[]) =>
  (listener: number, track: number): number => {
    const person = listeners[listener];
    const item = catalogue.tracks[track];
    if (person === undefined || item === undefined) {
      throw new RangeError(`listener ${listener}, track ${track}: expected one of the world`);
    }
    return lastingUtility(person.tastes, item);
  };
