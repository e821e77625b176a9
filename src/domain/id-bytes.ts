/**
 * Ids as bytes outside of the heap: the collector of garbage has no strings to walk over. Nothing is copied as more come.
 *
 *   index ─▶ chunk ─▶ position, length, width        position ─▶ slab, offset ─▶ code units, one byte each where all fit
 */

/** What the bytes lie in: `SharedArrayBuffer` where another thread is to read them. */
export type Memory = new (bytes: number) => ArrayBufferLike;

/** For `postMessage`. */
export interface IdBlocks {
  readonly length: number;
  readonly slabs: readonly Uint8Array[];
  readonly chunks: readonly Uint32Array[];
}

const SLAB_BITS = 20;
const SLAB_BYTES = 2 ** SLAB_BITS;
const OFFSET = SLAB_BYTES - 1;
/** A position has 32 bits. */
const MOST_SLABS = 2 ** (32 - SLAB_BITS);
const CHUNK_BITS = 15;
const CHUNK_IDS = 2 ** CHUNK_BITS;
const IN_CHUNK = CHUNK_IDS - 1;
const NARROW_MOST = 0xff;
/** More arguments than some ten thousand do not fit on the stack. */
const UNITS_AT_ONCE = 4096;

export class IdBytes<Id extends string> {
  readonly #Memory: Memory;
  readonly #slabs: Uint8Array[] = [];
  /** Bytes of the last slab that are taken. */
  #used = 0;
  /** Of each id its position, then twice its length, and one more where it takes two bytes a unit. */
  readonly #chunks: Uint32Array[] = [];
  #length = 0;
  /** Of the id that is read: used again for each. */
  readonly #units: number[] = [];

  constructor(Memory: Memory) {
    this.#Memory = Memory;
  }

  /** The ids of blocks that another one has; more cannot be added on this side. */
  static open<Id extends string>({ length, slabs, chunks }: IdBlocks): IdBytes<Id> {
    const ids = new IdBytes<Id>(SharedArrayBuffer);
    ids.#slabs.push(...slabs);
    ids.#chunks.push(...chunks);
    ids.#length = length;
    return ids;
  }

  /**
   * What `toBytes` made, in one pass; no string is made.
   * @throws {RangeError} when the bytes are not such, or all ids take more than 4 GiB.
   */
  static parse<Id extends string>(bytes: Uint8Array, Memory: Memory): IdBytes<Id> {
    const count = bytes.length >= 4 ? u32At(bytes, 0) : -1;
    let from = 4 + 4 * count;
    if (count < 0 || from > bytes.length) throw new RangeError(`${bytes.length} bytes are too few for their ids`);
    const ids = new IdBytes<Id>(Memory);
    for (let index = 0; index < count; index++) {
      const size = u32At(bytes, 4 + 4 * index);
      const to = from + bytesOf(size);
      if (to > bytes.length) throw new RangeError(`${bytes.length} bytes are too few for ${count} ids`);
      const at = ids.#add(size);
      const slab = ids.#slabs[ids.#slabs.length - 1]!;
      for (let n = from; n < to; n++) slab[at + n - from] = bytes[n]!;
      from = to;
    }
    if (from !== bytes.length) throw new RangeError(`${bytes.length - from} bytes follow ${count} ids`);
    return ids;
  }

  get length(): number {
    return this.#length;
  }

  /** Outside of the heap. */
  get bytes(): number {
    return [...this.#slabs, ...this.#chunks].reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  get blocks(): IdBlocks {
    return { length: this.#length, slabs: this.#slabs, chunks: this.#chunks };
  }

  /** @throws {RangeError} when all take more than 4 GiB. */
  push(id: Id): void {
    const width = isNarrow(id) ? 1 : 2;
    const at = this.#add(2 * id.length + width - 1);
    write(id, width, this.#slabs[this.#slabs.length - 1]!, at);
  }

  /**
   * All of them, little-endian: how many (u32), of each twice its length and one more where it takes two bytes a unit
   * (u32), then their code units.
   */
  toBytes(): Uint8Array {
    const sizes = new Uint32Array(this.#length);
    let total = 4 + 4 * this.#length;
    for (let index = 0; index < this.#length; index++) {
      sizes[index] = this.#chunks[index >> CHUNK_BITS]![2 * (index & IN_CHUNK) + 1]!;
      total += bytesOf(sizes[index]!);
    }
    const bytes = new Uint8Array(total);
    new Uint32Array(bytes.buffer, 0, 1)[0] = this.#length;
    bytes.set(new Uint8Array(sizes.buffer), 4);
    let to = 4 + sizes.byteLength;
    for (let index = 0; index < this.#length; index++) {
      const position = this.#chunks[index >> CHUNK_BITS]![2 * (index & IN_CHUNK)]!;
      const slab = this.#slabs[position >>> SLAB_BITS]!;
      const offset = position & OFFSET;
      const count = bytesOf(sizes[index]!);
      for (let n = 0; n < count; n++) bytes[to + n] = slab[offset + n]!;
      to += count;
    }
    return bytes;
  }

  /** Makes the string. */
  id(index: number): Id {
    const chunk = this.#chunks[index >> CHUNK_BITS]!;
    const at = 2 * (index & IN_CHUNK);
    const position = chunk[at]!;
    const size = chunk[at + 1]!;
    return this.#read(this.#slabs[position >>> SLAB_BITS]!, position & OFFSET, size >>> 1, 1 + (size & 1)) as Id;
  }

  /** Whether that is the id of an index; no string is made. */
  is(index: number, id: Id): boolean {
    const chunk = this.#chunks[index >> CHUNK_BITS]!;
    const at = 2 * (index & IN_CHUNK);
    const size = chunk[at + 1]!;
    if (size >>> 1 !== id.length) return false;
    const position = chunk[at]!;
    const slab = this.#slabs[position >>> SLAB_BITS]!;
    const offset = position & OFFSET;
    if ((size & 1) === 0) {
      for (let n = 0; n < id.length; n++) if (slab[offset + n] !== id.charCodeAt(n)) return false;
      return true;
    }
    for (let n = 0; n < id.length; n++) if (wideUnit(slab, offset + 2 * n) !== id.charCodeAt(n)) return false;
    return true;
  }

  /** Whether the id of an index is the one of an index of others; no string is made. */
  isSame(index: number, others: IdBytes<Id>, other: number): boolean {
    const chunk = this.#chunks[index >> CHUNK_BITS]!;
    const otherChunk = others.#chunks[other >> CHUNK_BITS]!;
    const at = 2 * (index & IN_CHUNK);
    const otherAt = 2 * (other & IN_CHUNK);
    const size = chunk[at + 1]!;
    if (size !== otherChunk[otherAt + 1]) return false;
    const position = chunk[at]!;
    const otherPosition = otherChunk[otherAt]!;
    const slab = this.#slabs[position >>> SLAB_BITS]!;
    const otherSlab = others.#slabs[otherPosition >>> SLAB_BITS]!;
    const offset = position & OFFSET;
    const otherOffset = otherPosition & OFFSET;
    const bytes = bytesOf(size);
    for (let n = 0; n < bytes; n++) if (slab[offset + n] !== otherSlab[otherOffset + n]) return false;
    return true;
  }

  /** Makes room for the next id, of a length and width, in the last slab; where that begins. */
  #add(size: number): number {
    const bytes = bytesOf(size);
    if (this.#slabs.length === 0 || this.#used + bytes > this.#slabs[this.#slabs.length - 1]!.length) {
      this.#addSlab(bytes);
    }
    const offset = this.#used;
    const at = 2 * (this.#length & IN_CHUNK);
    if (at === 0) this.#chunks.push(new Uint32Array(new this.#Memory(CHUNK_IDS * 8)));
    const chunk = this.#chunks[this.#length >> CHUNK_BITS]!;
    chunk[at] = (this.#slabs.length - 1) * SLAB_BYTES + offset;
    chunk[at + 1] = size;
    this.#used += bytes;
    this.#length++;
    return offset;
  }

  /** What is longer than a slab gets one of its own. */
  #addSlab(bytes: number): void {
    if (this.#slabs.length === MOST_SLABS) throw new RangeError('ids take more than 4 GiB');
    this.#slabs.push(new Uint8Array(new this.#Memory(Math.max(SLAB_BYTES, bytes))));
    this.#used = 0;
  }

  #read(slab: Uint8Array, offset: number, length: number, width: number): string {
    const units = this.#units;
    let text = '';
    for (let from = 0; from < length; from += UNITS_AT_ONCE) {
      const count = Math.min(UNITS_AT_ONCE, length - from);
      units.length = count;
      for (let n = 0; n < count; n++) {
        const at = offset + width * (from + n);
        units[n] = width === 1 ? slab[at]! : wideUnit(slab, at);
      }
      const part = String.fromCharCode(...units);
      text = from === 0 ? part : text + part;
    }
    return text;
  }
}

const u32At = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;

/** Of twice a length, and one more where a unit takes two. */
const bytesOf = (size: number): number => (size >>> 1) * (1 + (size & 1));

const isNarrow = (id: string): boolean => {
  for (let n = 0; n < id.length; n++) if (id.charCodeAt(n) > NARROW_MOST) return false;
  return true;
};

const write = (id: string, width: number, slab: Uint8Array, offset: number): void => {
  for (let n = 0; n < id.length; n++) {
    const unit = id.charCodeAt(n);
    slab[offset + width * n] = unit;
    if (width === 2) slab[offset + 2 * n + 1] = unit >> 8;
  }
};

const wideUnit = (slab: Uint8Array, at: number): number => slab[at]! | (slab[at + 1]! << 8);
