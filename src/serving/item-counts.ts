/** What a listener did with each item, as one row of numbers an item. */

import { PlaceRows } from './place-rows.ts';

/** Columns of a row. Times are epoch milliseconds, 0 where there is none. The dayparts follow in their order. */
export const LISTENS = 0;
export const SKIPS = 1;
/** Plays counted elsewhere, without their times; several counts of one item add up. */
export const TALLY = 2;
export const TALLY_AT = 3;
export const FIRST_AT = 4;
export const LAST_AT = 5;
export const DAYPART = 6;
const WIDTH = 11;

export class ItemCounts {
  readonly #rows = new PlaceRows();
  #values = new Float64Array(16 * WIDTH);

  get size(): number {
    return this.#rows.size;
  }

  /** Of the numbers: 88 an item, with room for up to as many items again. The table of places is not in it: 12 an item, with room likewise. */
  get bytes(): number {
    return this.#values.byteLength;
  }

  /** In the order in which they were met. */
  places(): Int32Array {
    return this.#rows.places;
  }

  has(place: number): boolean {
    return this.#rows.find(place) >= 0;
  }

  /** 0 for an item never met. */
  at(place: number, column: number): number {
    const row = this.#rows.find(place);
    return row < 0 ? 0 : this.#values[row * WIDTH + column]!;
  }

  set(place: number, column: number, value: number): void {
    this.#values[this.#row(place) * WIDTH + column] = value;
  }

  add(place: number, column: number): void {
    const at = this.#row(place) * WIDTH + column;
    this.#values[at] = this.#values[at]! + 1;
  }

  #row(place: number): number {
    const row = this.#rows.rowOf(place);
    if ((row + 1) * WIDTH > this.#values.length) {
      const grown = new Float64Array(this.#values.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    return row;
  }
}
