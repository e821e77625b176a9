/** A row for each place of the catalogue that somebody met, in memory that the collector of garbage does not walk over. */

/** Of slots; a power of two. At least half of them are free. */
const FIRST_SLOTS = 32;
/** Knuth's multiplier: places that follow each other land far apart. */
const SPREAD = 0x9e3779b1;

export class PlaceRows {
  /** Row + 1, or 0 where there is none. */
  #slots = new Int32Array(FIRST_SLOTS);
  #shift = 32 - Math.log2(FIRST_SLOTS);
  #places = new Int32Array(FIRST_SLOTS / 2);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** In the order in which they were met. Stands until another one is. */
  get places(): Int32Array {
    return this.#places.subarray(0, this.#size);
  }

  /** -1 of a place that was not met. O(1). */
  find(place: number): number {
    return this.#slots[this.#slotOf(place)]! - 1;
  }

  /** The row of a place, given on first sight: 0, 1, 2 … O(1). */
  rowOf(place: number): number {
    const slot = this.#slotOf(place);
    const known = this.#slots[slot]!;
    if (known !== 0) return known - 1;
    const row = this.#size++;
    this.#slots[slot] = row + 1;
    this.#places[row] = place;
    if (this.#size === this.#places.length) this.#grow();
    return row;
  }

  /** Where the place is, or would be. */
  #slotOf(place: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = Math.imul(place, SPREAD) >>> this.#shift;
    for (let row = slots[slot]!; row !== 0 && this.#places[row - 1] !== place; row = slots[slot]!) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const places = new Int32Array(2 * this.#places.length);
    places.set(this.#places);
    this.#places = places;
    this.#slots = new Int32Array(2 * this.#slots.length);
    this.#shift--;
    for (let row = 0; row < this.#size; row++) this.#slots[this.#slotOf(places[row]!)] = row + 1;
  }
}
