/** Lines of text gathered as bytes: strings kept for a whole day would cost more to keep than to make. */

const FIRST_BYTES = 1 << 16;
/** A UTF-16 unit takes three bytes at most. */
const MOST_BYTES_A_UNIT = 3;
const LINE_END = 10;

export class LineBuffer {
  readonly #encoder = new TextEncoder();
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;

  /** Adds the line and its end. */
  add(line: string): void {
    const needed = this.#length + MOST_BYTES_A_UNIT * line.length + 1;
    if (needed > this.#bytes.length) this.#grow(needed);
    this.#length += this.#encoder.encodeInto(line, this.#bytes.subarray(this.#length)).written;
    this.#bytes[this.#length++] = LINE_END;
  }

  /** All lines so far, in UTF-8, in memory of their own; the buffer is empty again. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }

  #grow(needed: number): void {
    const bytes = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
  }
}
