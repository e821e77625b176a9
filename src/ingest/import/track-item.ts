/** The item that a row names by artist and title. */

import type { ItemId } from '#domain';
import { known, type WireItem } from './row-outcome.ts';
import type { TrackIdCache } from './track-ids.ts';

export type TrackItem = WireItem & { readonly item_id: ItemId };

export interface TrackNames {
  readonly artist: string;
  readonly title: string;
  readonly album?: string | undefined;
  readonly durationMs?: number | undefined;
  /** What other services call it. */
  readonly externalIds?: readonly string[];
}

export const trackItem = (names: TrackNames, cache: TrackIdCache): TrackItem => {
  const { artist, title, album, durationMs, externalIds = [] } = names;
  const { item_id, artist_id, album_id } = cache.of(artist, title, album);
  return known({
    item_id,
    title,
    artist,
    artist_id,
    album,
    album_id,
    duration_ms: durationMs,
    external_ids: externalIds.length > 0 ? externalIds : undefined,
  });
};
