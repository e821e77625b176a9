/**
 * Many short texts outside the garbage-collected heap: as strings they would be traced again and again, and the
 * engine lets its heap grow to a multiple of what lives in it.
 */

const BLOCK_BYTES = 2 ** 20;
const LENGTH_BYTES = 4;

export class TextStore {
  readonly #blocks: Buffer[] = [];
  /** Bytes taken in the last block. */
  #used = BLOCK_BYTES;

  /** Bytes it holds. */
  get size(): number {
    return this.#blocks.length * BLOCK_BYTES;
  }

  /** Keeps the text; the number names it. Texts are never freed one by one. @throws {RangeError} */
  add(text: string): number {
    const size = LENGTH_BYTES + Buffer.byteLength(text);
    if (size > BLOCK_BYTES) throw new RangeError(`a text of ${size} bytes is too long to keep: at most ${BLOCK_BYTES}`);
    if (this.#used + size > BLOCK_BYTES) {
      this.#blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
      this.#used = 0;
    }
    const block = this.#blocks.at(-1)!;
    block.writeUInt32LE(size - LENGTH_BYTES, this.#used);
    block.write(text, this.#used + LENGTH_BYTES);
    const name = (this.#blocks.length - 1) * BLOCK_BYTES + this.#used;
    this.#used += size;
    return name;
  }

  /** The bytes of a text, as long as the store is not cleared. */
  bytes(name: number): Buffer {
    const block = this.#blocks[Math.floor(name / BLOCK_BYTES)]!;
    const start = name % BLOCK_BYTES;
    return block.subarray(start + LENGTH_BYTES, start + LENGTH_BYTES + block.readUInt32LE(start));
  }

  clear(): void {
    this.#blocks.length = 0;
    this.#used = BLOCK_BYTES;
  }
}
