/** What a listener likes, dislikes and has hidden: as the profile says, with what was just done on top. */

import type { ItemSummary, Profile } from '#api';
import type { Reaction } from './events/wire-event.ts';

export interface Feelings {
  readonly liked: ReadonlySet<string>;
  readonly disliked: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
}

const ids = (items: readonly ItemSummary[] = []) => new Set(items.map((item) => item.item_id));

export const feelingsOf = (profile: Profile | undefined): Feelings => ({
  liked: ids(profile?.liked),
  disliked: ids(profile?.disliked),
  hidden: ids(profile?.hidden),
});

const without = (items: readonly ItemSummary[], item: ItemSummary) =>
  items.filter((each) => each.item_id !== item.item_id);

/** The profile as it will be once the reaction has been taken. */
export const withReaction = (profile: Profile, reaction: Reaction, item: ItemSummary): Profile => {
  const liked = without(profile.liked, item);
  const disliked = without(profile.disliked, item);
  const hidden = without(profile.hidden, item);
  switch (reaction) {
    case 'like':
      return { ...profile, liked: [item, ...liked], disliked };
    case 'unlike':
      return { ...profile, liked };
    case 'dislike':
      return { ...profile, liked, disliked: [item, ...disliked] };
    case 'hide':
      return { ...profile, liked, hidden: [item, ...hidden] };
    case 'unhide':
      return { ...profile, hidden };
    case 'open_page':
    case 'why':
      return profile;
  }
};
