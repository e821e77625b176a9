/** What of all tracks is read in every decision, as columns: a pass over them touches nothing else. */

import type { EpochMs } from '#domain';
import { DIMENSIONS } from './vectors.ts';

/** One entry a track, by its index. */
export interface TrackColumns {
  readonly releasedAt: Float64Array;
  /** Index of the artist. */
  readonly artist: Uint32Array;
  readonly energy: Float64Array;
  readonly quality: Float64Array;
  /** tracks × DIMENSIONS. */
  readonly vectors: Float64Array;
}

interface Columned {
  readonly releasedAt: EpochMs;
  readonly artist: number;
  readonly energy: number;
  readonly quality: number;
  readonly vector: Float32Array;
}

export const columnsOf = (tracks: readonly Columned[]): TrackColumns => {
  const vectors = new Float64Array(tracks.length * DIMENSIONS);
  for (const [n, { vector }] of tracks.entries()) vectors.set(vector, n * DIMENSIONS);
  return {
    releasedAt: Float64Array.from(tracks, (track) => track.releasedAt),
    artist: Uint32Array.from(tracks, (track) => track.artist),
    energy: Float64Array.from(tracks, (track) => track.energy),
    quality: Float64Array.from(tracks, (track) => track.quality),
    vectors,
  };
};
