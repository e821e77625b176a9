/**
 * Dense numbers for ids, given on first sight. One large map would be built anew each time it doubles, which at a million ids
 * holds the thread for some fifty milliseconds; here many small ones grow by themselves.
 */

const SHARDS = 256;
/** Ids differ at their end. */
const HASHED = 6;

export class IdTable<Id extends string> {
  readonly #shards: readonly Map<Id, number>[] = Array.from({ length: SHARDS }, () => new Map<Id, number>());
  readonly #ids: Id[] = [];

  get size(): number {
    return this.#ids.length;
  }

  /** The number of an id; undefined when it was never given one. O(1). */
  find(id: Id): number | undefined {
    return this.#shardOf(id).get(id);
  }

  /** The number of an id, given on first sight: 0, 1, 2 … O(1). */
  numberOf(id: Id): number {
    const shard = this.#shardOf(id);
    const known = shard.get(id);
    if (known !== undefined) return known;
    const number = this.#ids.length;
    shard.set(id, number);
    this.#ids.push(id);
    return number;
  }

  /** The id of a number that was given. */
  id(number: number): Id {
    return this.#ids[number]!;
  }

  #shardOf(id: Id): Map<Id, number> {
    let hash = 0;
    for (let at = Math.max(0, id.length - HASHED); at < id.length; at++) hash = (hash * 31 + id.charCodeAt(at)) | 0;
    return this.#shards[hash & (SHARDS - 1)]!;
  }
}
