/** When something last happened to each of some places, for as long as it matters. */

import type { EpochMs } from '#domain';
import { PlaceRows } from './place-rows.ts';

const FIRST_ROWS = 16;

export class PlaceTimes {
  #rows = new PlaceRows();
  #times = new Float64Array(FIRST_ROWS);

  get size(): number {
    return this.#rows.size;
  }

  /** Undefined where nothing did, or so long ago that it was forgotten. */
  at(place: number): EpochMs | undefined {
    const row = this.#rows.find(place);
    return row < 0 ? undefined : this.#times[row];
  }

  /** The later time stays. What lies before `before` may be forgotten to make room. */
  note(place: number, at: EpochMs, before: EpochMs): void {
    if (this.#rows.size === this.#times.length && this.#rows.find(place) < 0) this.#makeRoom(before);
    const size = this.#rows.size;
    const row = this.#rows.rowOf(place);
    this.#times[row] = row === size ? at : Math.max(at, this.#times[row]!);
  }

  /** Room for as many again as still matter. */
  #makeRoom(before: EpochMs): void {
    const [places, times] = [this.#rows.places, this.#times];
    const kept = new PlaceRows();
    const left: number[] = [];
    for (let row = 0; row < places.length; row++) {
      if (times[row]! < before) continue;
      kept.rowOf(places[row]!);
      left.push(times[row]!);
    }
    this.#rows = kept;
    this.#times = new Float64Array(Math.max(FIRST_ROWS, 2 ** Math.ceil(Math.log2(2 * left.length + 1))));
    this.#times.set(left);
  }
}
