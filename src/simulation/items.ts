/** The world's catalogue as items of the engine. */

import { type EpochMs, type Item, toTimestamp } from '#domain';
import type { Catalogue } from './catalogue.ts';
import type { Show } from './shows.ts';
import { pick } from './weighted-draw.ts';

/** What can be played: tracks and episodes. Artists, albums and shows are named on them. */
export const catalogueItems = (catalogue: Catalogue, shows: readonly Show[], updatedAt: EpochMs): readonly Item[] => [
  ...catalogue.tracks.map((track): Item => {
    const artist = pick(catalogue.artists, track.artist);
    return {
      itemId: track.id,
      type: 'track',
      title: track.title,
      artist: artist.name,
      artistId: artist.id,
      album: track.album,
      albumId: track.albumId,
      tags: track.tags,
      durationMs: track.durationMs,
      releasedOn: dayOf(track.releasedAt),
      explicit: track.explicit,
      updatedAt,
      extra: {},
    };
  }),
  ...shows.flatMap((show) =>
    show.episodes.map(
      (episode): Item => ({
        itemId: episode.id,
        type: 'episode',
        title: episode.title,
        artist: show.name,
        artistId: show.id,
        tags: [show.topic],
        durationMs: episode.durationMs,
        releasedOn: dayOf(episode.releasedAt),
        updatedAt,
        extra: {},
      }),
    ),
  ),
];

const dayOf = (at: EpochMs): string => toTimestamp(at).slice(0, 10);
