/**
 * What a service has learned from everybody: counts by group of listeners and track. A group is the genre its listeners
 * play most. Counts of a day are whole numbers that shards add up; older days fade.
 */

import { GENRES } from '../genres.ts';

/** Groups by main genre, and one for those of whom nothing is known. */
export const GROUPS = GENRES.length + 1;

const COUNTS = ['examined', 'clicked', 'started', 'finished', 'first', 'again'] as const;
type Count = (typeof COUNTS)[number];
const PLACE = Object.fromEntries(COUNTS.map((count, n) => [count, n])) as Readonly<Record<Count, number>>;

/** What is left of a count a day later. */
const FADES = 0.99;

export class ServiceMemory {
  readonly tracks: number;
  /** Today, of this shard: counts × groups × tracks. */
  readonly today: Uint32Array;
  /** All days until yesterday, of all shards. */
  readonly past: Float64Array;
  /** Sums over groups, by count × track. */
  readonly #everyone: Float64Array;
  readonly #rates = new Map<number, Float64Array>();

  constructor(tracks: number) {
    this.tracks = tracks;
    this.today = new Uint32Array(COUNTS.length * GROUPS * tracks);
    this.past = new Float64Array(this.today.length);
    this.#everyone = new Float64Array(COUNTS.length * tracks);
  }

  note(count: Count, group: number, track: number): void {
    if (track >= 0) this.today[this.#at(count, group, track)]!++;
  }

  /** The count in the group. */
  of(count: Count, group: number, track: number): number {
    return this.past[this.#at(count, group, track)]!;
  }

  /** The count in all groups. */
  everyone(count: Count, track: number): number {
    return this.#everyone[PLACE[count] * this.tracks + track]!;
  }

  /**
   * Share of one count in another by track: in the group where it is known, in everyone else's where it is not, the prior
   * where neither is. Worked out once a day.
   */
  rates(hits: Count, tries: Count, group: number, prior: number): Float64Array {
    const key = (PLACE[hits] * COUNTS.length + PLACE[tries]) * GROUPS + group;
    let rates = this.#rates.get(key);
    if (rates === undefined) {
      rates = new Float64Array(this.tracks);
      for (let track = 0; track < this.tracks; track++) {
        const everyone = (this.everyone(hits, track) + 8 * prior) / (this.everyone(tries, track) + 8);
        rates[track] = (this.of(hits, group, track) + 6 * everyone) / (this.of(tries, group, track) + 6);
      }
      this.#rates.set(key, rates);
    }
    return rates;
  }

  /** What is not zero of the past, by place. */
  toState(): readonly (readonly [number, number])[] {
    return Array.from(this.past).flatMap((value, place) => (value === 0 ? [] : [[place, value] as const]));
  }

  restore(state: readonly (readonly [number, number])[]): void {
    for (const [place, value] of state) this.past[place] = value;
    this.#sum();
  }

  /** Ends a day: what all shards counted comes to the past, and today begins anew. */
  endDay(counted: Uint32Array): void {
    for (let n = 0; n < this.past.length; n++) this.past[n] = FADES * this.past[n]! + counted[n]!;
    this.#sum();
    this.today.fill(0);
  }

  #sum(): void {
    this.#rates.clear();
    this.#everyone.fill(0);
    const { tracks } = this;
    for (let row = 0; row < COUNTS.length * GROUPS; row++) {
      const to = Math.floor(row / GROUPS) * tracks;
      for (let track = 0; track < tracks; track++) this.#everyone[to + track]! += this.past[row * tracks + track]!;
    }
  }

  #at(count: Count, group: number, track: number): number {
    return (PLACE[count] * GROUPS + group) * this.tracks + track;
  }
}
