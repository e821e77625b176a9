/** What is known of a listener, as they may see it. */

import { DAYPARTS, EngineError, type Item, type UserId } from '#domain';
import type { Profile } from './answers.ts';
import { explorationOf } from './decision.ts';
import type { ServingMemory } from './memory.ts';
import type { Taste } from './taste.ts';
import { generalistSpecialist } from './taste-breadth.ts';

const TOP_ARTISTS = 20;
const TOP_ITEMS = 20;
const TOP_TAGS = 12;
const LISTED = 200;

/** @throws {EngineError} unknown_user */
export const profile = async (memory: ServingMemory, userId: UserId): Promise<Profile> => {
  const now = memory.deps.clock.now();
  const listener = await memory.listener(userId, now);
  if (listener.isUnknown) throw new EngineError('unknown_user', `nothing is known of user "${userId}"`);
  const taste = memory.tasteOf(listener, now);
  const { catalogue } = memory;
  const items = (places: readonly number[]): readonly Item[] =>
    places.slice(0, LISTED).map((place) => catalogue.item(place));
  const counted = listener.dayparts.reduce((sum, count) => sum + count, 0);
  const share = explorationOf(taste, now);
  return {
    userId,
    timeZone: listener.place.timeZone ?? null,
    plays: listener.plays,
    listens: listener.listens,
    listenedMs: listener.timedPlays === 0 ? null : listener.listenedMs,
    firstAt: listener.firstAt === 0 ? null : listener.firstAt,
    lastAt: listener.lastAt === 0 ? null : listener.lastAt,
    topArtists: topArtists(taste),
    topItems: topPlaces(taste).map((place) => ({
      item: catalogue.item(place),
      plays: listener.playsOf(place),
      lastAt: listener.lastListenAt(place),
    })),
    topTags: topTags(taste),
    dayparts: counted === 0 ? [] : DAYPARTS.map((daypart, n) => ({ daypart, share: listener.dayparts[n]! / counted })),
    months: [...listener.months]
      .sort((a, b) => a[0] - b[0])
      .map(([month, plays]) => ({ month: monthName(month), plays })),
    breadth: breadthOf(taste),
    exploration: { share, words: explorationWords(share) },
    liked: items(listener.opinions.liked()),
    disliked: items(listener.opinions.disliked()),
    hidden: items(listener.opinions.hidden()),
  };
};

const topArtists = ({ artists, catalogue }: Taste): Profile['topArtists'] =>
  [...artists]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, TOP_ARTISTS)
    .map(([artist, plays]) => ({ artistId: catalogue.id(artist), name: catalogue.artistName(artist), plays }));

const topPlaces = ({ listener }: Taste): readonly number[] =>
  [...listener.items.places()]
    .filter((place) => listener.playsOf(place) > 0)
    .sort((a, b) => listener.playsOf(b) - listener.playsOf(a) || a - b)
    .slice(0, TOP_ITEMS);

/** Shares of plays among the plays of tagged items; an item's plays are split over its tags. */
const topTags = ({ listener, catalogue }: Taste): Profile['topTags'] => {
  const counts = new Map<string, number>();
  let total = 0;
  for (const place of listener.items.places()) {
    const tags = catalogue.item(place).tags ?? [];
    const plays = listener.playsOf(place);
    if (tags.length === 0 || plays === 0) continue;
    total += plays;
    for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + plays / tags.length);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, TOP_TAGS)
    .map(([tag, plays]) => ({ tag, share: plays / total }));
};

const monthName = (month: number): string => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

const breadthOf = (taste: Taste): Profile['breadth'] => {
  const score = generalistSpecialist(taste);
  const { artists } = taste.breadth;
  if (score === null)
    return { artists, generalistSpecialist: null, words: 'Too little is known to say how broad your taste is.' };
  const kind =
    score < 0.35 ? 'broad: much of what you play is unlike the rest' : 'focused: what you play is much alike';
  const middle = score >= 0.35 && score < 0.65;
  return {
    artists,
    generalistSpecialist: score,
    words: `Your taste is ${middle ? 'neither broad nor narrow' : kind}.`,
  };
};

const explorationWords = (share: number): string => {
  if (share === 0) return 'Nothing new is tried for now: you turned down two new things in this session.';
  const percent = Math.round(share * 100);
  if (share < 0.08) return `About ${percent} % of what you are shown is a try; you mostly stay with what you know.`;
  if (share > 0.12) return `About ${percent} % of what you are shown is a try; you often take to new artists.`;
  return `About ${percent} % of what you are shown is a try, as for most listeners.`;
};
