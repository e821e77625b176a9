/** Fixed answers about listeners: a profile, the list of them, and that there is none of a name. */

import { EngineError, itemId, type UserId } from '#domain';
import type { Profile } from '#serving';
import type { ListenerSummary } from './answers.ts';
import { ITEM } from './item-answers.contract.ts';
import { NOW } from './requests.contract.ts';

export const PROFILE: Omit<Profile, 'userId'> = {
  timeZone: 'Europe/Berlin',
  plays: 3,
  listens: 2,
  listenedMs: null,
  firstAt: NOW,
  lastAt: null,
  topArtists: [{ artistId: itemId('artist', 'first'), name: 'The First', plays: 3 }],
  topItems: [{ item: ITEM, plays: 3, lastAt: NOW }],
  topTags: [{ tag: 'calm', share: 1 }],
  dayparts: [{ daypart: 'morning', share: 1 }],
  months: [{ month: '2026-11', plays: 3 }],
  breadth: { artists: 1, generalistSpecialist: null, words: 'too little is known' },
  exploration: { share: 0.1, words: 'one in ten' },
  liked: [ITEM],
  disliked: [],
  hidden: [],
};

export const LISTENERS: readonly ListenerSummary[] = [{ userId: 'ada' as UserId, plays: 3, lastAt: NOW }];

/** What engines throw for something that is not there. */
export const unknownUser = (): EngineError => new EngineError('unknown_user', 'the user "ada" is not known');
