import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ItemSummary, Profile } from '#api';
import { say } from '../components/toasts.tsx';
import { listenerKey, profileQuery } from '../queries.ts';
import { tellReaction, type Where } from './events/tell.ts';
import type { Reaction } from './events/wire-event.ts';
import { type Feelings, feelingsOf, withReaction } from './feelings.ts';
import { usePlayer } from './player/player-context.tsx';

const WORDS: Partial<Record<Reaction, string>> = {
  like: 'Liked. Your next pages know.',
  unlike: 'Like taken back.',
  hide: 'Hidden. It will not come back.',
  unhide: 'No longer hidden.',
};
const UNDO: Partial<Record<Reaction, Reaction>> = { like: 'unlike', hide: 'unhide', unhide: 'hide', unlike: 'like' };

/** Asks everything of a listener again, now that something has happened. */
export const askAgain = (client: QueryClient, userId: string): Promise<void> =>
  client.invalidateQueries({ queryKey: listenerKey(userId) });

export const useFeelings = (userId: string): Feelings => feelingsOf(useQuery(profileQuery(userId)).data);

export type React = (reaction: Reaction, item: ItemSummary, where: Where, mayUndo?: boolean) => Promise<void>;

/** Like, hide and the rest: shown at once, told to the engine, and taken back if the engine does not take it. */
export const useReactions = (userId: string): React => {
  const client = useQueryClient();
  const player = usePlayer();
  const react: React = async (reaction, item, where, mayUndo = true) => {
    const key = profileQuery(userId).queryKey;
    client.setQueryData(key, (profile: Profile | undefined) => profile && withReaction(profile, reaction, item));
    try {
      await tellReaction(userId, reaction, item.item_id, where);
    } catch {
      say('That did not reach Ritornello; it will be tried again.');
    }
    const back = mayUndo ? UNDO[reaction] : undefined;
    const words = WORDS[reaction];
    if (words) say(words, back && { label: 'Undo', run: () => void react(back, item, where, false) });
    if (player.state().current !== null) void player.reconsider();
    await askAgain(client, userId);
  };
  return react;
};
