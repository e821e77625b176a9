/** A made-up world without a service: its catalogue, its people and what they did, day by day up to now. */

import { DAY_MS, type EpochMs, HOUR_MS, type Item, type ListenerEvent } from '#domain';
import { createFrame } from './frame.ts';
import { catalogueItems } from './items.ts';
import type { Listener, WorldFrame } from './listener.ts';
import type { Occasion } from './moments.ts';
import { daysOf, Shard } from './shard.ts';
import { fitTo, generalistSpecialist, lastingUtility } from './taste.ts';
import type { ListenerTruth, Oracle, PlayTruth, TruthSink } from './truth.ts';
import { pick } from './weighted-draw.ts';
import type { WorldDocument } from './world-document.ts';
import { standardRules, type WorldRules } from './world-fields.ts';

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
  /** Fields of the world otherwise than by standard. */
  readonly rules?: Partial<WorldRules>;
  /** Keeps the truth of each play for `oracle.plays`: some hundred bytes a play. */
  readonly keepTruth?: boolean;
}

export interface World {
  readonly items: readonly Item[];
  /** The events in order of time, about one day a batch. Each call begins the same history again. */
  readonly batches: () => Generator<readonly ListenerEvent[]>;
  readonly oracle: Oracle;
}

/** Farthest east of UTC a clock stands: how long before UTC midnight a local day may begin. */
const EASTERNMOST_MS = 14 * HOUR_MS;

/** Same options, same world, byte for byte. */
export const createWorld = (options: WorldOptions): World => {
  const { until, days, prefix = 'playground', seed } = options;
  const document = documentOf(options);
  const build = (): WorldFrame => createFrame(document, { prefix, start: until - days * DAY_MS, until });
  const frame = build();
  const listeners = Array.from({ length: options.listeners }, (_, n) => frame.listenerAt(n));
  const plays: PlayTruth[] = [];
  return {
    items: catalogueItems(frame.catalogue, frame.shows, until),
    batches: () => {
      plays.length = 0;
      return liveAll(build(), seed, options.keepTruth ? plays : null);
    },
    oracle: { listeners: listeners.map(truthOf), utility: utilityIn(frame, listeners), plays },
  };
};

const documentOf = ({ seed, listeners, tracks, shows, rules: own }: WorldOptions): WorldDocument => {
  const rules = { ...standardRules(), ...own };
  rules['listeners.count'] = listeners;
  rules['catalogue.tracks'] = tracks;
  if (shows !== undefined) rules['catalogue.shows'] = shows;
  return { name: 'playground', about: '', seed, rules, shocks: [] };
};

const ignore = (): void => undefined;

/**
 * All lives, local day by local day. What one day brings lies up to two days around it, so events wait until no later
 * day can bring an earlier one.
 */
function* liveAll(
  frame: WorldFrame,
  seed: string | number,
  plays: PlayTruth[] | null,
): Generator<readonly ListenerEvent[]> {
  let waiting: ListenerEvent[] = [];
  const truth: TruthSink | null =
    plays === null
      ? null
      : { play: (play) => void plays.push(play), session: ignore, examination: ignore, day: ignore };
  const emit = (event: ListenerEvent): void => void waiting.push(event);
  const shard = new Shard({ frame, seed, first: 0, end: frame.listeners, service: null, emit, truth });
  const { first, last } = daysOf(frame);
  for (let day = first; day <= last; day++) {
    // Nobody is served, so nobody asks: one step is the whole day.
    for (const asking of shard.beginDay(day)) asking.next();
    shard.endDay(day, shard.tally.listensToday);
    const settled = (day + 1) * DAY_MS - EASTERNMOST_MS;
    waiting.sort((a, b) => a.at - b.at);
    const count = day === last ? waiting.length : firstAtOrAfter(waiting, settled);
    if (count > 0) yield waiting.slice(0, count);
    waiting = waiting.slice(count);
  }
}

/** Number of events before that time; the events are in order of time. */
const firstAtOrAfter = (events: readonly ListenerEvent[], time: EpochMs): number => {
  const place = events.findIndex((event) => event.at >= time);
  return place === -1 ? events.length : place;
};

export const truthOf = (listener: Listener): ListenerTruth => ({
  userId: listener.userId,
  archetype: listener.archetype.name,
  timeZone: listener.zone.timeZone,
  breadth: generalistSpecialist(listener.tastes),
  readiness: listener.readiness,
});

/** Lasting utility of a track for a listener as the world begins, both by index, in (0, 1): truth, for tests and reports. */
export const trueLiking = (frame: WorldFrame, listener: number, track: number): number =>
  lastingUtility(frame.listenerAt(listener).tastes, pick(frame.catalogue.tracks, track));

/** Lasting utility times the fit to what the listener is doing, in (0, 1): truth, as `trueLiking`. */
export const trueWorth = (frame: WorldFrame, listener: number, track: number, occasion: Occasion): number =>
  trueLiking(frame, listener, track) * fitTo(occasion, pick(frame.catalogue.tracks, track), frame.rules);

const utilityIn =
  (frame: WorldFrame, listeners: readonly Listener[]) =>
  (listener: number, track: number): number => {
    const person = listeners[listener];
    const item = frame.catalogue.tracks[track];
    if (person === undefined || item === undefined) {
      throw new RangeError(`listener ${listener}, track ${track}: expected one of the world`);
    }
    return lastingUtility(person.tastes, item);
  };
