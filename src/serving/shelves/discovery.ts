/** Shelves of new things: picked by listeners alike, artists never played, more by artists known. */

import type { CandidateSource } from '#domain';
import type { Claim } from '#policy';
import type { RankedPlaces } from '../learned.ts';
import { scoresOfGroups } from '../scores.ts';
import { heaviest, placesIn } from '../weighted-places.ts';
import type { PageContext, ScoredPlace, ShelfPlan } from './shelf-plan.ts';
import { inTiers, planShelf, SHELF_CANDIDATES } from './shelf-plan.ts';

/** Places wanted from the rankings before the next model is asked. */
const ENOUGH = 60;
const FAVOURITE_ARTISTS = 20;
const WORKS_OF_ARTIST = 10;

/** The best of what the listener has not met. */
export const picked = (context: PageContext): ShelfPlan | null => {
  const rankings = rankingsFor(context, () => true);
  const words = { shelf: 'picked', title: 'Picked for you', source: sourceOf(rankings) } as const;
  return planShelf(
    context,
    words,
    inTiers(rankings, () => true, SHELF_CANDIDATES),
    (place) => becausePlayed(context, place),
  );
};

/** As `picked`, from artists the listener has never played. */
export const newArtists = (context: PageContext): ShelfPlan | null => {
  const { taste } = context;
  const isNew = (place: number) => {
    const artist = taste.catalogue.artist(place);
    return artist >= 0 && !taste.metArtists.has(artist);
  };
  const rankings = rankingsFor(context, isNew);
  const words = { shelf: 'new_artists', title: 'Artists you have not tried', source: 'new_artists' } as const;
  return planShelf(context, words, inTiers(rankings, isNew, SHELF_CANDIDATES), (place) =>
    newArtistClaim(context, place),
  );
};

/** Works not yet played by the artists played most. */
export const favouritesMore = (context: PageContext): ShelfPlan | null => {
  const { taste, facts } = context;
  const { catalogue } = taste;
  const playsOf = (artist: number): number => taste.artists.get(artist)!;
  const artists = heaviest(placesIn(taste.artists), playsOf, FAVOURITE_ARTISTS);
  const worksByArtist = Array.from(artists.places, (artist) =>
    catalogue.worksOf(artist).filter((place) => taste.isNews(place)),
  );
  const scored: ScoredPlace[] = [];
  for (const [n, { scores, stage }] of scoresOfGroups(taste, worksByArtist).entries()) {
    const top = Math.max(...scores, Number.MIN_VALUE);
    const favour = Math.log1p(artists.weights[n]!);
    const works = worksByArtist[n]!.map((place, at) => {
      return { place, score: favour * (1 + Math.max(0, scores[at]!) / top), stage };
    });
    works.sort((a, b) => b.score - a.score || a.place - b.place);
    for (let at = 0; at < works.length && at < WORKS_OF_ARTIST; at++) scored.push(works[at]!);
  }
  const words = { shelf: 'favourites_more', title: 'More by artists you play', source: 'familiar' } as const;
  return planShelf(context, words, scored, (place) => {
    const artist = catalogue.artistId(place);
    return artist === null ? null : { kind: 'because_artist', artist, plays: facts.listener.artistPlays(artist) };
  });
};

/** Rankings of the personal models, best first, as many as it takes to have enough. */
export const rankingsFor = (
  { taste }: PageContext,
  keep: (place: number) => boolean,
  enough: number = ENOUGH,
): readonly RankedPlaces[] => {
  const rankings: RankedPlaces[] = [];
  let count = 0;
  for (let tier = 0; count < enough; tier++) {
    const ranked = taste.ranking(tier);
    if (ranked === null) break;
    rankings.push(ranked);
    for (let n = 0; n < ranked.places.length; n++) if (keep(ranked.places[n]!)) count++;
  }
  return rankings;
};

/** The played item that speaks most for this one, if the model that ranked it names any. */
export const strongestReason = ({ taste }: PageContext, place: number): number | null => {
  const { learned, listener } = taste;
  if (learned === null) return null;
  for (const { model, user } of taste.rankers()) {
    const isPlayed = (reason: number): boolean => reason !== place && listener.playsOf(reason) > 0;
    const reason = learned.strongestReason(model, user, place, isPlayed);
    if (reason !== null) return reason;
  }
  return null;
};

export const becausePlayed = (context: PageContext, place: number): Claim | null => {
  const reason = strongestReason(context, place);
  if (reason === null) return null;
  const item = context.taste.catalogue.id(reason);
  return { kind: 'because_played', item, plays: context.facts.listener.playsOf(item) };
};

const newArtistClaim = (context: PageContext, place: number): Claim | null => {
  const artist = context.taste.catalogue.artistId(place);
  const reason = strongestReason(context, place);
  if (artist === null || reason === null) return null;
  const likedItem = context.taste.catalogue.id(reason);
  return { kind: 'new_artist', artist, likedItem, likedPlays: context.facts.listener.playsOf(likedItem) };
};

const sourceOf = (rankings: readonly RankedPlaces[]): CandidateSource =>
  rankings[0]?.stage === 'content' ? 'similar_items' : 'similar_users';
