/**
 * Ids of the tracks of one import. A history plays the same recordings again and again: those met lately are
 * remembered, so that their names are not normalised and hashed for every row.
 */

import type { ItemId } from '#domain';
import { albumIdOf, artistIdOf, recordingIdOf } from './recording.ts';

export interface TrackIds {
  readonly item_id: ItemId;
  readonly artist_id: ItemId;
  readonly album_id: ItemId | undefined;
}

/** About 5 MiB in two generations: the older goes when the younger is full. */
const GENERATION = 8192;

export class TrackIdCache {
  #young = new Map<string, TrackIds>();
  #old = new Map<string, TrackIds>();

  of(artist: string, title: string, album: string | undefined): TrackIds {
    const key = `${artist}\n${title}\n${album ?? ''}`;
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const ids = this.#old.get(key) ?? {
      item_id: recordingIdOf(artist, title),
      artist_id: artistIdOf(artist),
      album_id: album === undefined ? undefined : albumIdOf(artist, album),
    };
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, ids);
    return ids;
  }
}
