/** What fits this part of the listener's day: artists they turn to now more than at other times. */

import { DAYPARTS, type Daypart } from '#domain';
import { DAYPART } from '../item-counts.ts';
import { heaviest, placesIn, type WeightedPlaces } from '../weighted-places.ts';
import type { PageContext, ScoredPlace, ShelfPlan } from './shelf-plan.ts';
import { planShelf } from './shelf-plan.ts';

const TITLES: Readonly<Record<Daypart, string>> = {
  morning: 'For your morning',
  afternoon: 'For your afternoon',
  evening: 'For your evening',
  night: 'For your night',
  late_night: 'For the small hours',
};
const ARTISTS = 20;
const WORKS_OF_ARTIST = 20;
/** Listens at an artist before their share of this daypart is trusted. */
const PRIOR_LISTENS = 5;

interface Work {
  readonly place: number;
  /** Listens in this part of the day. */
  readonly heard: number;
  readonly listeners: number;
}

export const daypartShelf = (context: PageContext): ShelfPlan | null => {
  const { taste, facts, daypart } = context;
  const { listener, catalogue } = taste;
  const index = DAYPARTS.indexOf(daypart);
  const scored: ScoredPlace[] = [];
  const favourites = favouriteArtists(context, index);
  for (const [n, artist] of favourites.places.entries()) {
    const affinity = favourites.weights[n]!;
    const works: Work[] = [];
    const add = (place: number): void => {
      if (!isCard(context, place)) return;
      works.push({ place, heard: listener.items.at(place, DAYPART + index), listeners: listenersOf(context, place) });
    };
    add(artist);
    for (const place of catalogue.worksOf(artist)) add(place);
    works.sort((a, b) => b.heard - a.heard || b.listeners - a.listeners || a.place - b.place);
    for (let at = 0; at < works.length && at < WORKS_OF_ARTIST; at++) {
      const { place, heard } = works[at]!;
      scored.push({ place, score: affinity * (0.5 + Math.log1p(heard)), stage: 'daypart_artists' });
    }
  }
  const words = { shelf: 'daypart', title: TITLES[daypart], source: 'daypart' } as const;
  return planShelf(context, words, scored, (place) => {
    const artist = catalogue.artistId(place);
    if (artist === null) return null;
    const plays = facts.listener.daypartArtistPlays(daypart, artist);
    return plays === 0 ? null : { kind: 'daypart_artist', daypart, artist, plays };
  });
};

/** Artists by listens in this daypart times how much larger their share of it is than of the whole day. */
const favouriteArtists = ({ taste }: PageContext, daypart: number): WeightedPlaces => {
  const inDaypart = taste.daypartArtists(daypart);
  const { dayparts, listens } = taste.listener;
  const usual = listens === 0 ? 0 : dayparts[daypart]! / listens;
  const affinityTo = (artist: number): number => {
    const heard = inDaypart.get(artist)!;
    const all = taste.artists.get(artist) ?? heard;
    const share = (heard + PRIOR_LISTENS * usual) / (all + PRIOR_LISTENS);
    return Math.log1p(heard) * (share / usual);
  };
  return heaviest(placesIn(inDaypart), affinityTo, ARTISTS);
};

/** An artist stands as a card only where artists are what people listen to. */
const isCard = ({ taste }: PageContext, place: number): boolean => {
  const isArtist = taste.catalogue.artist(place) === place;
  if (isArtist && taste.listener.playsOf(place) === 0 && taste.learned?.mainType !== 'artist') return false;
  return taste.isServable(place);
};

const listenersOf = ({ taste }: PageContext, place: number): number => taste.learned?.listenersOf(place) ?? 0;
