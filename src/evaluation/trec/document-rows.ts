/** A table of documents with a number each, kept as bytes: millions of rows cost some 30 bytes each. */

/** Row r names a document in bytes starts[r] to starts[r + 1] of `names` and gives it values[r]. */
export interface DocumentRows {
  /** The file, for messages. */
  readonly fileName: string;
  readonly names: Uint8Array;
  readonly starts: Uint32Array;
  /** Hash of each name. */
  readonly hashes: Uint32Array;
  readonly values: Float64Array;
}

const FIRST_ROWS = 1024;

/** Gathers rows in order; its arrays grow as they must. */
export class DocumentRowsBuilder {
  count = 0;
  #names = new Uint8Array(FIRST_ROWS * 16);
  #starts = new Uint32Array(FIRST_ROWS + 1);
  #hashes = new Uint32Array(FIRST_ROWS);
  #values = new Float64Array(FIRST_ROWS);
  #end = 0;

  /** A row whose document is named by these bytes. */
  add(bytes: Uint8Array, from: number, to: number, value: number): void {
    if (this.count === this.#hashes.length) this.#growRows();
    if (this.#end + to - from > this.#names.length) this.#growNames(to - from);
    const names = this.#names;
    let end = this.#end;
    // FNV-1a, 32 bits.
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      names[end++] = byte;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    this.#end = end;
    this.#hashes[this.count] = hash;
    this.#values[this.count] = value;
    this.#starts[++this.count] = end;
  }

  /** The table; the builder is not to be used after it. */
  build(fileName: string): DocumentRows {
    return {
      fileName,
      names: this.#names.subarray(0, this.#end),
      starts: this.#starts.subarray(0, this.count + 1),
      hashes: this.#hashes.subarray(0, this.count),
      values: this.#values.subarray(0, this.count),
    };
  }

  #growRows(): void {
    const rows = this.count * 2;
    this.#starts = grown(this.#starts, new Uint32Array(rows + 1));
    this.#hashes = grown(this.#hashes, new Uint32Array(rows));
    this.#values = grown(this.#values, new Float64Array(rows));
  }

  #growNames(more: number): void {
    this.#names = grown(this.#names, new Uint8Array(Math.max(this.#names.length * 2, this.#end + more)));
  }
}

const grown = <T extends Uint8Array | Uint32Array | Float64Array>(old: T, larger: T): T => {
  larger.set(old);
  return larger;
};
