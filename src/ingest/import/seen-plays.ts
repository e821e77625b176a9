/**
 * Which plays this import has met already, in memory that does not grow with the history.
 *
 * 12 to 24 bytes a play, in a table of fingerprints. When it holds `maxPlays` it becomes the older of two, and the one
 * before it is dropped: so the last three million plays at least are known, in whatever order they come (old exports
 * are not sorted). What is forgotten is still no repeat in the data: the id of the event is made of the row's content,
 * so the journal knows an exact duplicate. Only one under another time, millions of rows away, would be missed.
 */

import type { EpochMs } from '#domain';

const MINUTE_S = 60;
const FIRST_SLOTS = 2 ** 12;
/** A table is enlarged when it is this full; beyond it, looks grow long. */
const MAX_LOAD = 0.7;

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

/** Open addressing with linear steps; a play is its hash and the second at which it ended. */
class PlayTable {
  #hashes = new Uint32Array(FIRST_SLOTS);
  /** Seconds since 1970; 0 is an empty slot. */
  #seconds = new Uint32Array(FIRST_SLOTS);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** What the plays under this hash say, or how many of them ended in the same minute. */
  look(hash: number, seconds: number, overlapS: number): 'duplicate' | 'duplicate_other_time' | number {
    const mask = this.#seconds.length - 1;
    let overlaps = false;
    let sameMinute = 0;
    for (let slot = hash & mask; this.#seconds[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.#hashes[slot] !== hash) continue;
      const other = this.#seconds[slot]!;
      if (other === seconds) return 'duplicate';
      overlaps ||= Math.abs(other - seconds) < overlapS;
      if (Math.floor(other / MINUTE_S) === Math.floor(seconds / MINUTE_S)) sameMinute++;
    }
    return overlaps ? 'duplicate_other_time' : sameMinute;
  }

  insert(hash: number, seconds: number): void {
    if (this.#count >= this.#seconds.length * MAX_LOAD) this.#grow();
    const mask = this.#seconds.length - 1;
    let slot = hash & mask;
    while (this.#seconds[slot] !== 0) slot = (slot + 1) & mask;
    this.#hashes[slot] = hash;
    this.#seconds[slot] = seconds;
    this.#count++;
  }

  #grow(): void {
    const hashes = this.#hashes;
    const seconds = this.#seconds;
    this.#hashes = new Uint32Array(hashes.length * 2);
    this.#seconds = new Uint32Array(seconds.length * 2);
    this.#count = 0;
    for (let slot = 0; slot < seconds.length; slot++) {
      if (seconds[slot] !== 0) this.insert(hashes[slot]!, seconds[slot]!);
    }
  }
}

export class SeenPlays {
  readonly #maxPlays: number;
  #young = new PlayTable();
  #old = new PlayTable();

  constructor(options: { readonly maxPlays?: number } = {}) {
    this.#maxPlays = options.maxPlays ?? 2_900_000;
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
    let overlaps = false;
    // What is less than a span apart lies in this bucket or the next to it.
    for (let near = bucket - 1; near <= bucket + 1; near++) {
      for (const table of [this.#young, this.#old]) {
        const found = table.look(mix(base ^ near), seconds, overlapS);
        if (found === 'duplicate') return { kind: found };
        if (found === 'duplicate_other_time') overlaps = true;
        else nth += found;
      }
    }
    if (overlaps) return { kind: 'duplicate_other_time' };
    this.#remember(mix(base ^ bucket), seconds);
    return { kind: 'new', nth };
  }

  #remember(hash: number, seconds: number): void {
    if (this.#young.count >= this.#maxPlays) {
      this.#old = this.#young;
      this.#young = new PlayTable();
    }
    this.#young.insert(hash, seconds);
  }
}
