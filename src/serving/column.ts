/** One number for each place, in an array that grows as places come: bytes that the collector of garbage does not look at. */

type Numbers = Uint8Array | Int32Array | Uint32Array | Float64Array;

const FIRST_PLACES = 1024;

export class Column {
  readonly #make: (length: number) => Numbers;
  readonly #unset: number;
  #values: Numbers;

  /** `unset` is what places have that were not set. */
  constructor(make: (length: number) => Numbers, unset: number) {
    this.#make = make;
    this.#unset = unset;
    this.#values = make(FIRST_PLACES).fill(unset);
  }

  /** With room for at most as many places again. */
  get bytes(): number {
    return this.#values.byteLength;
  }

  at(place: number): number {
    return this.#values[place] ?? this.#unset;
  }

  set(place: number, value: number): void {
    if (place >= this.#values.length) {
      const larger = this.#make(Math.max(place + 1, 2 * this.#values.length)).fill(this.#unset);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[place] = value;
  }
}

export const byte = (length: number): Numbers => new Uint8Array(length);
export const int32 = (length: number): Numbers => new Int32Array(length);
export const uint32 = (length: number): Numbers => new Uint32Array(length);
export const float64 = (length: number): Numbers => new Float64Array(length);
