/**
 * Which plays this import has met already, in memory that does not grow with the history.
 *
 * A table of sets with a few places each (as in a processor's cache): 8 bytes a play, at most 4 million plays; beyond
 * that the oldest play of a set is forgotten. What is forgotten is still no repeat in the data: the id of the event is
 * made of the row's content, so the journal knows an exact duplicate; only a duplicate with another time that lies
 * millions of rows away would be missed. The order of rows does not matter, since old exports are not sorted.
 */

import type { EpochMs } from '#domain';

const PLACES = 4;
const FIRST_SETS = 2 ** 12;
const MINUTE_S = 60;

export type Seen =
  /** `nth`: how many other plays of the same recording and length ended in the same minute. */
  | { readonly kind: 'new'; readonly nth: number }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'duplicate_other_time' };

interface Sighting {
  readonly key: string;
  /** When the play ended; without a length, when it was. */
  readonly at: EpochMs;
  /** 0 where unknown. */
  readonly msPlayed: number;
  /** Step of the clock that wrote `at`, in milliseconds. */
  readonly precisionMs: number;
}

const textHash = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
};

/** Murmur3's finaliser: every bit of the input moves every bit of the output. */
const mix = (value: number): number => {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

export class SeenPlays {
  readonly #maxSets: number;
  #hashes = new Uint32Array(FIRST_SETS * PLACES);
  /** Seconds since 1970; 0 is an empty place. */
  #times = new Uint32Array(FIRST_SETS * PLACES);
  #next = new Uint8Array(FIRST_SETS);
  #count = 0;

  constructor(options: { readonly maxPlays?: number } = {}) {
    this.#maxSets = Math.max(FIRST_SETS, (options.maxPlays ?? 2 ** 22) / PLACES);
  }

  /** Tells what the play is and, if it is new, remembers it. */
  see({ key, at, msPlayed, precisionMs }: Sighting): Seen {
    const seconds = Math.floor(at / 1000);
    const span = Math.max(MINUTE_S, Math.ceil(msPlayed / 1000));
    const base = mix(textHash(key) ^ Math.imul(msPlayed, 0x9e3779b1));
    const bucket = Math.floor(seconds / span);
    // A track on repeat ends where it starts again; only more than the clock's own step is an overlap.
    const overlapS = (msPlayed - precisionMs) / 1000;
    let nth = 0;
    for (let near = bucket - 1; near <= bucket + 1; near++) {
      const found = this.#look(mix(base ^ near), seconds, overlapS);
      if (typeof found === 'string') return { kind: found };
      nth += found;
    }
    this.#insert(mix(base ^ bucket), seconds);
    return { kind: 'new', nth };
  }

  /** What the plays under this hash say, or how many of them ended in the same minute. */
  #look(hash: number, seconds: number, overlapS: number): 'duplicate' | 'duplicate_other_time' | number {
    const start = (hash & (this.#next.length - 1)) * PLACES;
    let sameMinute = 0;
    for (let place = start; place < start + PLACES; place++) {
      const time = this.#times[place]!;
      if (time === 0 || this.#hashes[place] !== hash) continue;
      if (time === seconds) return 'duplicate';
      if (Math.abs(time - seconds) < overlapS) return 'duplicate_other_time';
      if (Math.floor(time / MINUTE_S) === Math.floor(seconds / MINUTE_S)) sameMinute++;
    }
    return sameMinute;
  }

  #insert(hash: number, seconds: number): void {
    if (this.#count * 2 > this.#times.length && this.#next.length * 2 <= this.#maxSets) this.#grow();
    const set = hash & (this.#next.length - 1);
    const turn = this.#next[set]!;
    const place = set * PLACES + turn;
    if (this.#times[place] === 0) this.#count++;
    this.#hashes[place] = hash;
    this.#times[place] = seconds;
    this.#next[set] = (turn + 1) % PLACES;
  }

  #grow(): void {
    const hashes = this.#hashes;
    const times = this.#times;
    this.#hashes = new Uint32Array(hashes.length * 2);
    this.#times = new Uint32Array(times.length * 2);
    this.#next = new Uint8Array(this.#next.length * 2);
    this.#count = 0;
    for (let place = 0; place < times.length; place++) {
      if (times[place] !== 0) this.#insert(hashes[place]!, times[place]!);
    }
  }
}
