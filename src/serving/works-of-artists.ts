/** Which places are works of which artist: lists in columns, 12 bytes a place, without an object for each artist. */

import { Column, int32 } from './column.ts';

const NONE = -1;

export class WorksOfArtists {
  /** Of an artist's place the work that came last; of a work the one before and the one after it. */
  readonly #last = new Column(int32, NONE);
  readonly #before = new Column(int32, NONE);
  readonly #after = new Column(int32, NONE);

  get bytes(): number {
    return this.#last.bytes + this.#before.bytes + this.#after.bytes;
  }

  /** In the order in which they came. */
  of(artist: number): readonly number[] {
    const works: number[] = [];
    for (let work = this.#last.at(artist); work !== NONE; work = this.#before.at(work)) works.push(work);
    return works.reverse();
  }

  add(artist: number, place: number): void {
    const before = this.#last.at(artist);
    this.#before.set(place, before);
    this.#after.set(place, NONE);
    if (before !== NONE) this.#after.set(before, place);
    this.#last.set(artist, place);
  }

  /** Takes out a work that was added to this artist. */
  remove(artist: number, place: number): void {
    const [before, after] = [this.#before.at(place), this.#after.at(place)];
    if (before !== NONE) this.#after.set(before, after);
    if (after === NONE) this.#last.set(artist, before);
    else this.#before.set(after, before);
  }
}
