/** What is counted while a world lives: per listener and week, and per track and day. */

import { LISTEN_MIN_MS } from '#domain';

/** Counted per listener and week. */
export const METRICS = [
  'slates',
  'shown',
  'examined',
  'clicks',
  'plays',
  'skips',
  'listens',
  'interactions',
  'sessions',
  'days',
  'minutes',
  'utility',
] as const;
export type Metric = (typeof METRICS)[number];

const WIDTH = METRICS.length;
const AT = Object.fromEntries(METRICS.map((metric, n) => [metric, n])) as Readonly<Record<Metric, number>>;

export class Tally {
  readonly first: number;
  readonly listeners: number;
  readonly weeks: number;
  /** listeners × weeks × metrics. */
  readonly cells: Float64Array;
  /** Listens of this day by track. */
  readonly listensToday: Uint32Array;
  /** Times a track was shown, ever. */
  readonly shownByTrack: Uint32Array;
  events = 0;
  #week = 0;

  constructor(size: {
    readonly first: number;
    readonly listeners: number;
    readonly weeks: number;
    readonly tracks: number;
  }) {
    this.first = size.first;
    this.listeners = size.listeners;
    this.weeks = size.weeks;
    this.cells = new Float64Array(size.listeners * size.weeks * WIDTH);
    this.listensToday = new Uint32Array(size.tracks);
    this.shownByTrack = new Uint32Array(size.tracks);
  }

  /** `day` is the day of the world, 0 the first; days outside count to the nearest week. */
  beginDay(day: number): void {
    this.#week = Math.max(0, Math.min(this.weeks - 1, Math.floor(day / 7)));
    this.listensToday.fill(0);
  }

  add(listener: number, metric: Metric, amount: number): void {
    this.cells[this.#row(listener) + AT[metric]]! += amount;
  }

  play(listener: number, track: number, msPlayed: number, isSkipped: boolean): void {
    const row = this.#row(listener);
    this.cells[row + AT.plays]!++;
    this.cells[row + AT.minutes]! += msPlayed / 60_000;
    if (isSkipped) this.cells[row + AT.skips]!++;
    if (msPlayed < LISTEN_MIN_MS) return;
    this.cells[row + AT.listens]!++;
    this.listensToday[track]!++;
  }

  shown(tracks: ArrayLike<number>): void {
    for (let n = 0; n < tracks.length; n++) if (tracks[n]! >= 0) this.shownByTrack[tracks[n]!]!++;
  }

  #row(listener: number): number {
    return ((listener - this.first) * this.weeks + this.#week) * WIDTH;
  }
}

/** One metric of the cells as listeners × weeks. */
export const metricOf = (cells: Float64Array, metric: Metric): Float64Array => {
  const values = new Float64Array(cells.length / WIDTH);
  for (let n = 0; n < values.length; n++) values[n] = cells[n * WIDTH + AT[metric]]!;
  return values;
};
