/**
 * The table of records: each lies there in parts that fit a page of LMDB together with others.
 *
 *   sequence ─▶ first part        sequence + 1/4096 ─▶ second part        sequence + 2/4096 ─▶ third part …
 *
 * A value larger than half a page would lie on pages of its own that follow each other. LMDB looks for such a run among all
 * free pages, reads their lists as far as it takes, and writes what it read back with each commit: once a journal was
 * large (a million items make 400 MB of pages, free after they are trimmed) one commit in ten took 30 ms instead of 0.5.
 */

import type { Database } from 'lmdb';
import type { Sequence } from '../journal.ts';

/** Two of them, with their keys, fit a page of 4096. */
const PART_BYTES = 2000;
/** Exact in a double up to 2^41 records; a record may have 8 MB in parts, what is beyond them lies in the last one. */
const PARTS = 4096;

export class RecordTable {
  readonly #parts: Database<Buffer, number>;

  constructor(parts: Database<Buffer, number>) {
    this.#parts = parts;
  }

  /** Of a sequence above all others that are there. */
  put(sequence: Sequence, bytes: Buffer): void {
    for (let part = 0, from = 0; part === 0 || from < bytes.length; part++, from += PART_BYTES) {
      const to = part === PARTS - 1 ? bytes.length : Math.min(bytes.length, from + PART_BYTES);
      this.#parts.putSync(sequence + part / PARTS, bytes.subarray(from, to), { append: true });
      if (to === bytes.length) return;
    }
  }

  get(sequence: Sequence): Buffer | undefined {
    for (const [found, bytes] of this.from(sequence)) return found === sequence ? bytes : undefined;
    return undefined;
  }

  /** Records from `sequence` on, in order. */
  *from(sequence: Sequence): Generator<readonly [Sequence, Buffer]> {
    let current: Sequence | null = null;
    let parts: Buffer[] = [];
    for (const { key, value } of this.#parts.getRange({ start: sequence })) {
      const of = Math.floor(key);
      if (current !== null && of !== current) {
        yield [current, joined(parts)];
        parts = [];
      }
      current = of;
      parts.push(value);
    }
    if (current !== null) yield [current, joined(parts)];
  }

  /** Removes what is from `from` up to `to`, that one left; tells the bytes of each record. */
  removeRange(from: Sequence, to: Sequence, removed: (bytes: number) => void): void {
    let current: Sequence | null = null;
    let bytes = 0;
    for (const key of [...this.#parts.getKeys({ start: from, end: to })]) {
      const of = Math.floor(key);
      if (current !== null && of !== current) {
        removed(bytes);
        bytes = 0;
      }
      current = of;
      bytes += this.#parts.getBinaryFast(key)?.length ?? 0;
      this.#parts.removeSync(key);
    }
    if (current !== null) removed(bytes);
  }

  /** Undefined when there is none. */
  first(): Sequence | undefined {
    return [...this.#parts.getKeys({ limit: 1 })].map(Math.floor)[0];
  }

  clear(): void {
    this.#parts.clearSync();
  }
}

const joined = (parts: readonly Buffer[]): Buffer => (parts.length === 1 ? parts[0]! : Buffer.concat(parts));
