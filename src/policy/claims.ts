/** Explanations are claims: each kind has one predicate over the listener's data and the catalogue. */

import { DAY_MS, type Daypart, type EpochMs, HOUR_MS, type ItemId } from '#domain';
import type { Candidate, Claim } from './slate.ts';

/** Not played for so long counts as forgotten. */
export const FORGOTTEN_AFTER_MS: number = 28 * DAY_MS;
/** Released or added so recently counts as fresh. */
export const FRESH_RELEASE_MS: number = 90 * DAY_MS;
export const FRESH_HERE_MS: number = 30 * DAY_MS;

/** What is true of a listener now. Plays are listens (`isListen`) and tallies; 0 where there is none. */
export interface ListenerFacts {
  playsOf(item: ItemId): number;
  /** Null when never played, or when some play of it has no known time. */
  lastPlayedAt(item: ItemId): EpochMs | null;
  artistPlays(artist: ItemId): number;
  /** Any play of anything by the artist, also one that was skipped. */
  hasMetArtist(artist: ItemId): boolean;
  daypartArtistPlays(daypart: Daypart, artist: ItemId): number;
  /** Last play of the item in the listener's last session; null when it is not in it. */
  sessionPlayAt(item: ItemId): EpochMs | null;
}

/** What is true of the catalogue now. */
export interface CatalogueFacts {
  releasedOn(item: ItemId): string | null;
  addedAt(item: ItemId): EpochMs | null;
  /** Title of the pool, if the item is in it. */
  poolTitle(pool: string, item: ItemId): string | null;
  /** Lower bound of the listeners with at least one listen: as counted when last learned, those erased since left out. */
  listenersOf(item: ItemId): number;
}

export interface Facts {
  readonly now: EpochMs;
  readonly listener: ListenerFacts;
  readonly catalogue: CatalogueFacts;
}

type Subject = Pick<Candidate, 'itemId' | 'artistId'>;

/** Whether the claim, made of `subject`, is true: each number and time it names is the one on record. */
export const holds = (claim: Claim, subject: Subject, facts: Facts): boolean => {
  const { listener, catalogue, now } = facts;
  const played = (item: ItemId, plays: number) => plays > 0 && listener.playsOf(item) === plays;
  switch (claim.kind) {
    case 'played_item':
      return played(subject.itemId, claim.plays) && listener.lastPlayedAt(subject.itemId) === claim.lastAt;
    case 'because_played':
      return claim.item !== subject.itemId && played(claim.item, claim.plays);
    case 'because_artist':
      return claim.artist === subject.artistId && claim.plays > 0 && listener.artistPlays(claim.artist) === claim.plays;
    case 'daypart_artist':
      return (
        claim.artist === subject.artistId &&
        claim.plays > 0 &&
        listener.daypartArtistPlays(claim.daypart, claim.artist) === claim.plays
      );
    case 'new_artist':
      return (
        claim.artist === subject.artistId &&
        !listener.hasMetArtist(claim.artist) &&
        played(claim.likedItem, claim.likedPlays)
      );
    case 'forgotten':
      return (
        played(subject.itemId, claim.plays) &&
        listener.lastPlayedAt(subject.itemId) === claim.lastAt &&
        now - claim.lastAt >= FORGOTTEN_AFTER_MS
      );
    case 'session_like':
      return claim.item !== subject.itemId && listener.sessionPlayAt(claim.item) === claim.playedAt;
    case 'fresh_release':
      return (
        catalogue.releasedOn(subject.itemId) === claim.releasedOn &&
        isFreshRelease(Date.parse(claim.releasedOn), now) &&
        claim.artist === subject.artistId &&
        claim.artistPlays === (claim.artist === null ? 0 : listener.artistPlays(claim.artist))
      );
    case 'fresh_here':
      return catalogue.addedAt(subject.itemId) === claim.addedAt && isFreshHere(claim.addedAt, now);
    case 'from_editors':
      return catalogue.poolTitle(claim.pool, subject.itemId) === claim.title;
    case 'popular':
      return claim.listeners > 0 && catalogue.listenersOf(subject.itemId) >= claim.listeners;
  }
};

/** The first place on earth where a day begins is so far ahead of UTC. */
const EARLIEST_DAY_MS = 14 * HOUR_MS;

/** `releasedAt` is the start of the day in UTC. Out for at most `FRESH_RELEASE_MS`, and out already somewhere. */
export const isFreshRelease = (releasedAt: EpochMs, now: EpochMs): boolean => {
  const age = now - releasedAt;
  return age >= -EARLIEST_DAY_MS && age <= FRESH_RELEASE_MS;
};

export const isFreshHere = (addedAt: EpochMs, now: EpochMs): boolean =>
  addedAt <= now && now - addedAt <= FRESH_HERE_MS;

/**
 * The claim with the numbers of now; null where its kind does not hold any more. A list that is served all week thus
 * says what is true on each day.
 */
export const renewClaim = (claim: Claim, subject: Subject, facts: Facts): Claim | null => {
  const renewed = withCurrentNumbers(claim, subject, facts);
  return renewed !== null && holds(renewed, subject, facts) ? renewed : null;
};

const withCurrentNumbers = (claim: Claim, subject: Subject, { listener }: Facts): Claim | null => {
  switch (claim.kind) {
    case 'played_item':
      return { ...claim, plays: listener.playsOf(subject.itemId), lastAt: listener.lastPlayedAt(subject.itemId) };
    case 'because_played':
      return { ...claim, plays: listener.playsOf(claim.item) };
    case 'because_artist':
      return { ...claim, plays: listener.artistPlays(claim.artist) };
    case 'daypart_artist':
      return { ...claim, plays: listener.daypartArtistPlays(claim.daypart, claim.artist) };
    case 'new_artist':
      return { ...claim, likedPlays: listener.playsOf(claim.likedItem) };
    case 'forgotten': {
      const lastAt = listener.lastPlayedAt(subject.itemId);
      return lastAt === null ? null : { ...claim, plays: listener.playsOf(subject.itemId), lastAt };
    }
    case 'fresh_release':
      return { ...claim, artistPlays: claim.artist === null ? 0 : listener.artistPlays(claim.artist) };
    case 'session_like':
    case 'fresh_here':
    case 'from_editors':
    case 'popular':
      return claim;
  }
};
