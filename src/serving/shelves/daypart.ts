/** What fits this part of the listener's day: artists they turn to now more than at other times. */

import { DAYPARTS, type Daypart } from '#domain';
import { DAYPART } from '../item-counts.ts';
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

export const daypartShelf = (context: PageContext): ShelfPlan | null => {
  const { taste, facts, daypart } = context;
  const { listener, catalogue } = taste;
  const index = DAYPARTS.indexOf(daypart);
  const scored: ScoredPlace[] = [];
  for (const [artist, affinity] of favouriteArtists(context, index)) {
    const works = [artist, ...catalogue.worksOf(artist)].filter((place) => isCard(context, place));
    const heard = (place: number) => listener.items.at(place, DAYPART + index);
    works.sort((a, b) => heard(b) - heard(a) || popularityOf(context, b) - popularityOf(context, a) || a - b);
    for (const place of works.slice(0, WORKS_OF_ARTIST)) {
      scored.push({ place, score: affinity * (0.5 + Math.log1p(heard(place))), stage: 'daypart_artists' });
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
const favouriteArtists = ({ taste }: PageContext, daypart: number): readonly (readonly [number, number])[] => {
  const inDaypart = taste.daypartArtists(daypart);
  const { dayparts, listens } = taste.listener;
  const usual = listens === 0 ? 0 : dayparts[daypart]! / listens;
  return [...inDaypart]
    .map(([artist, heard]) => {
      const all = taste.artists.get(artist) ?? heard;
      const share = (heard + PRIOR_LISTENS * usual) / (all + PRIOR_LISTENS);
      return [artist, Math.log1p(heard) * (share / usual)] as const;
    })
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, ARTISTS);
};

/** An artist stands as a card only where artists are what people listen to. */
const isCard = ({ taste }: PageContext, place: number): boolean => {
  const isArtist = taste.catalogue.artist(place) === place;
  if (isArtist && taste.listener.playsOf(place) === 0 && taste.learned?.mainType !== 'artist') return false;
  return taste.isServable(place);
};

const popularityOf = ({ taste }: PageContext, place: number): number => taste.learned?.listenersOf(place) ?? 0;
