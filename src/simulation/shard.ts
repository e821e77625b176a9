/**
 * A range of a world's listeners, living day by day. Shards know nothing of each other within a day; between days they
 * exchange counts. Counts are whole numbers, so the world is the same however it is cut.
 */

import { DAY_MS, type ListenerEvent } from '#domain';
import { beginDay, type DayFrame } from './day.ts';
import { choosePools, type Pool, poolEvents } from './editors.ts';
import { gather, rootRng, type Stretch } from './frame.ts';
import { beginLife, type Life, wakeUp } from './life.ts';
import type { WorldFrame } from './listener.ts';
import type { ServiceNotes, Stage } from './session.ts';
import { hitListens, isHoliday } from './shocks.ts';
import type { Asking } from './slate.ts';
import { Tally } from './tally.ts';
import type { TruthSink } from './truth.ts';
import { weekdayOf } from './zone-clock.ts';

export interface ShardOptions {
  readonly frame: WorldFrame;
  readonly seed: string | number;
  /** Listeners from `first` up to and without `end`. */
  readonly first: number;
  readonly end: number;
  /** The service that leads some of the sessions; without one listeners find their way alone. */
  readonly service: Service | null;
  readonly emit: (event: ListenerEvent) => void;
  readonly truth: TruthSink | null;
}

/** What a shard needs to know of a service: how it takes notes of a listener; null when it reads the events itself. */
export interface Service {
  readonly notesOf: (life: Life) => ServiceNotes | null;
}

/** First and last local calendar day on which anyone’s clock can stand within that time. */
export const daysOf = ({
  start,
  until,
}: Pick<Stretch, 'start' | 'until'>): { readonly first: number; readonly last: number } => ({
  first: Math.floor(start / DAY_MS) - 1,
  last: Math.floor(until / DAY_MS) + 1,
});

const EDITORS_WEEKDAY = 5;

export class Shard {
  readonly lives: readonly Life[];
  readonly tally: Tally;
  readonly #options: ShardOptions;
  #pools: readonly Pool[] = [];

  constructor(options: ShardOptions) {
    const { frame, seed, first, end } = options;
    this.#options = options;
    const rng = rootRng(seed);
    gather(frame, first, end);
    this.lives = Array.from({ length: end - first }, (_, k) =>
      beginLife(first + k, frame.listenerAt(first + k), frame, rng.derive('life', first + k)),
    );
    const weeks = Math.max(1, Math.ceil((frame.until - frame.start) / (7 * DAY_MS)));
    this.tally = new Tally({ first, listeners: end - first, weeks, tracks: frame.catalogue.tracks.length });
  }

  /**
   * Begins a local day: editors renew their pools on Fridays. The pool events are for the shard of the first listener
   * to tell. Gives the day of each listener who comes, one after the other, to be run in any order among them.
   */
  *beginDay(day: number): Generator<Asking<void>> {
    const { frame, service } = this.#options;
    const worldDay = day - frame.firstDay;
    this.tally.beginDay(worldDay);
    this.#renewPools(day);
    const today: DayFrame = {
      frame,
      pools: this.#pools,
      day,
      isHoliday: isHoliday(frame, worldDay),
      isServed: service !== null,
    };
    for (const life of this.lives) {
      wakeUp(life, worldDay, frame);
      const asking = beginDay(this.#stageOf(life), today);
      if (asking !== null) yield asking;
    }
  }

  /** Ends a day with what all shards together listened to, by track. */
  endDay(day: number, listens: Uint32Array): void {
    const { frame } = this.#options;
    frame.fame.grow(hitListens(frame, day - frame.firstDay, listens));
  }

  /** The pools as they stood at the end of that day. */
  restorePools(day: number): void {
    const { frame, seed } = this.#options;
    const { first } = daysOf(frame);
    let from = day;
    while (from > first && (weekdayOf(from) !== EDITORS_WEEKDAY || from * DAY_MS <= frame.start)) from--;
    this.#pools = this.#poolsOf(from, seed);
  }

  #poolsOf(day: number, seed: string | number): readonly Pool[] {
    const { frame } = this.#options;
    const at = Math.max(frame.start, day * DAY_MS);
    const rng = rootRng(seed).derive('editors', day);
    return choosePools(frame.prefix, frame.catalogue, at, rng, frame.rules['editors.purposes'] > 0);
  }

  #stageOf(life: Life): Stage {
    const { frame, truth, service } = this.#options;
    return { life, frame, emit: this.#emit, truth, tally: this.tally, service: service?.notesOf(life) ?? null };
  }

  readonly #emit = (event: ListenerEvent): void => {
    this.tally.events++;
    this.#options.emit(event);
  };

  #renewPools(day: number): void {
    const { frame, seed, first } = this.#options;
    const isFirstDay = this.#pools.length === 0;
    if (!isFirstDay && (weekdayOf(day) !== EDITORS_WEEKDAY || day * DAY_MS <= frame.start)) return;
    const at = Math.max(frame.start, day * DAY_MS);
    this.#pools = this.#poolsOf(day, seed);
    if (first === 0 && at < frame.until) {
      for (const event of poolEvents(frame.prefix, this.#pools, frame.catalogue, at)) this.#emit(event);
    }
  }
}
