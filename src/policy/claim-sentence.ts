/** The sentence of a claim. It says exactly what the claim's predicate checked, with the same numbers. */

import { DAY_MS, type Daypart, type EpochMs, HOUR_MS, type ItemId } from '#domain';
import type { Candidate, Claim } from './slate.ts';

export interface Names {
  title(item: ItemId): string;
  artist(artist: ItemId): string;
}

const IN_DAYPART: Readonly<Record<Daypart, string>> = {
  morning: 'in the morning',
  afternoon: 'in the afternoon',
  evening: 'in the evening',
  night: 'at night',
  late_night: 'late at night',
};

/** `now` is when it is read: times are told as their distance from it. */
export const sentence = (
  claim: Claim,
  subject: Pick<Candidate, 'itemId' | 'artistId'>,
  names: Names,
  now: EpochMs,
): string => {
  const title = () => names.title(subject.itemId);
  switch (claim.kind) {
    case 'played_item':
      return claim.lastAt === null
        ? `You played ${title()} ${times(claim.plays)}.`
        : `You played ${title()} ${times(claim.plays)}, last ${ago(now - claim.lastAt)}.`;
    case 'because_played':
      return `Because you played ${names.title(claim.item)} ${times(claim.plays)}.`;
    case 'because_artist':
      return `You have played ${names.artist(claim.artist)} ${times(claim.plays)}.`;
    case 'daypart_artist':
      return `You have played ${names.artist(claim.artist)} ${times(claim.plays)} ${IN_DAYPART[claim.daypart]}.`;
    case 'new_artist': {
      const liked = `${names.title(claim.likedItem)} ${times(claim.likedPlays)}`;
      return `You have not played ${names.artist(claim.artist)} yet; picked because you played ${liked}.`;
    }
    case 'forgotten':
      return `You played ${title()} ${times(claim.plays)}, last ${ago(now - claim.lastAt)}.`;
    case 'session_like':
      return `Goes with ${names.title(claim.item)} from your last session.`;
    case 'fresh_release':
      return claim.artist === null || claim.artistPlays === 0
        ? `Released ${day(claim.releasedOn)}.`
        : `Released ${day(claim.releasedOn)}; you have played ${names.artist(claim.artist)} ${times(claim.artistPlays)}.`;
    case 'fresh_here':
      return `Added here ${ago(now - claim.addedAt)}.`;
    case 'from_editors':
      return `From the editors: ${claim.title}.`;
    case 'popular':
      return claim.listeners === 1
        ? 'At least 1 listener here has played it.'
        : `At least ${claim.listeners} listeners here have played it.`;
  }
};

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** Whole units that have passed, so that "3 days ago" is at least three days. */
const UNITS: readonly (readonly [ms: number, from: number, one: string])[] = [
  [365.25 * DAY_MS, 2, 'year'],
  [(365.25 / 12) * DAY_MS, 2, 'month'],
  [7 * DAY_MS, 2, 'week'],
  [DAY_MS, 1, 'day'],
  [HOUR_MS, 1, 'hour'],
];

const ago = (passedMs: number): string => {
  for (const [ms, from, unit] of UNITS) {
    const count = Math.floor(passedMs / ms);
    if (count >= from) return count === 1 ? `1 ${unit} ago` : `${count} ${unit}s ago`;
  }
  return 'less than an hour ago';
};

const DAY_FORMAT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** Formatting a day takes a microsecond or more, and the releases of a few months have few days between them. */
const MOST_DAYS = 10_000;
const days = new Map<string, string>();

const day = (iso: string): string => {
  const known = days.get(iso);
  if (known !== undefined) return known;
  const words = DAY_FORMAT.format(Date.parse(iso));
  if (days.size >= MOST_DAYS) days.clear();
  days.set(iso, words);
  return words;
};
