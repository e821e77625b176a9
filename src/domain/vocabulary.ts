/** The closed vocabularies of events and requests. Wire values are these strings as they stand. */

export const SURFACES = [
  'home',
  'search',
  'playlist',
  'album',
  'artist',
  'show',
  'episode',
  'library',
  'radio',
  'autoplay',
  'queue',
  'voice',
  'weekly_discovery',
] as const;
export type Surface = (typeof SURFACES)[number];

export const DEVICES = ['mobile', 'desktop', 'web', 'tablet', 'speaker', 'tv', 'car', 'watch', 'other'] as const;
export type Device = (typeof DEVICES)[number];

export const INTENTS = [
  'quick_access',
  'background',
  'mood',
  'sleep',
  'focus',
  'party',
  'workout',
  'discover_now',
  'discover_save',
  'deep_explore',
  'known_item',
  'open_search',
  'learn',
  'news',
  'unknown',
] as const;
export type Intent = (typeof INTENTS)[number];

/** Where a play came from. */
export const PLAY_SOURCES = [
  'user_collection',
  'catalogue',
  'editorial',
  'algorithmic',
  'personalized_playlist',
  'radio',
  'autoplay',
  'charts',
  'search',
  'voice',
  'queue',
  'unknown',
] as const;
export type PlaySource = (typeof PLAY_SOURCES)[number];

export const ITEM_TYPES = ['track', 'artist', 'album', 'show', 'episode', 'segment', 'playlist'] as const;
export type ItemType = (typeof ITEM_TYPES)[number];

export const ACTIONS = [
  'like',
  'unlike',
  'dislike',
  'hide',
  'unhide',
  'add_to_playlist',
  'remove',
  'queue',
  'follow',
  'unfollow',
  'save',
  'unsave',
  'share',
  'open_page',
  'scroll',
  'sleep_timer_set',
  'why',
  'tune',
] as const;
export type ActionName = (typeof ACTIONS)[number];

/** Parts of the listener's local day; bounds are local hours, half-open. */
export const DAYPARTS = ['morning', 'afternoon', 'evening', 'night', 'late_night'] as const;
export type Daypart = (typeof DAYPARTS)[number];

/** Named sources of candidates; every card says which one brought it. */
export const CANDIDATE_SOURCES = [
  'familiar',
  'forgotten',
  'similar_items',
  'similar_users',
  'new_artists',
  'daypart',
  'session',
  'fresh',
  'editorial',
  'popular',
] as const;
export type CandidateSource = (typeof CANDIDATE_SOURCES)[number];
