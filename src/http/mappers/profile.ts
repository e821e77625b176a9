/** What is known of a listener, on the wire. */

import type { Profile as WireProfile } from '#api';
import type { Profile } from '#serving';
import { toItemSummary, toTimeOrNull } from '#wire';

export const toProfile = (profile: Profile): WireProfile => ({
  user_id: profile.userId,
  time_zone: profile.timeZone,
  plays: profile.plays,
  listens: profile.listens,
  listened_ms: profile.listenedMs,
  first_at: toTimeOrNull(profile.firstAt),
  last_at: toTimeOrNull(profile.lastAt),
  top_artists: profile.topArtists.map(({ artistId, name, plays }) => ({ artist_id: artistId, name, plays })),
  top_items: profile.topItems.map(({ item, plays, lastAt }) => ({
    item: toItemSummary(item),
    plays,
    last_at: toTimeOrNull(lastAt),
  })),
  top_tags: profile.topTags.map(({ tag, share }) => ({ tag, share })),
  dayparts: profile.dayparts.map(({ daypart, share }) => ({ daypart, share })),
  months: profile.months.map(({ month, plays }) => ({ month, plays })),
  breadth: {
    artists: profile.breadth.artists,
    generalist_specialist: profile.breadth.generalistSpecialist,
    words: profile.breadth.words,
  },
  exploration: { share: profile.exploration.share, words: profile.exploration.words },
  liked: profile.liked.map(toItemSummary),
  disliked: profile.disliked.map(toItemSummary),
  hidden: profile.hidden.map(toItemSummary),
});
