/** The facts that claims are checked against, read from what is in memory now. */

import { DAYPARTS, type EpochMs, type ItemId } from '#domain';
import type { Facts } from '#policy';
import type { Taste } from './taste.ts';

export const factsOf = (taste: Taste, now: EpochMs): Facts => {
  const { listener, catalogue, learned } = taste;
  const of = <T>(id: ItemId, read: (place: number) => T, otherwise: T): T => {
    const place = catalogue.find(id);
    return place === undefined ? otherwise : read(place);
  };
  return {
    now,
    listener: {
      playsOf: (item) => of(item, (place) => listener.playsOf(place), 0),
      lastPlayedAt: (item) => of(item, (place) => listener.lastListenAt(place), null),
      artistPlays: (artist) => of(artist, (place) => taste.artists.get(place) ?? 0, 0),
      hasMetArtist: (artist) => of(artist, (place) => taste.metArtists.has(place), false),
      daypartArtistPlays: (daypart, artist) =>
        of(artist, (place) => taste.daypartArtists(DAYPARTS.indexOf(daypart)).get(place) ?? 0, 0),
      sessionPlayAt: (item) => of(item, (place) => listener.recent.lastSessionPlayAt(place), null),
    },
    catalogue: {
      releasedOn: (item) => of(item, (place) => catalogue.item(place).releasedOn ?? null, null),
      addedAt: (item) =>
        of<EpochMs | null>(
          item,
          (place) => (Number.isNaN(catalogue.addedAt(place)) ? null : catalogue.addedAt(place)),
          null,
        ),
      poolTitle: (poolId, item) => {
        const pool = catalogue.pool(poolId);
        return pool?.items.has(item) ? pool.title : null;
      },
      listenersOf: (item) => of(item, (place) => learned?.listenersOf(place) ?? 0, 0),
    },
  };
};
