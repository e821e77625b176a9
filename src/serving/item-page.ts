/** One item: who it reaches, what is like it, what the listener made of it. */

import { EngineError, type ItemId, type UserId } from '#domain';
import type { Feeling, ItemPage } from './answers.ts';
import type { Listener } from './listener.ts';
import type { ServingMemory } from './memory.ts';

const SIMILAR = 20;
const MORE_BY_ARTIST = 20;

/** @throws {EngineError} unknown_item */
export const itemPage = async (memory: ServingMemory, itemId: ItemId, userId: UserId | null): Promise<ItemPage> => {
  const { catalogue, learned } = memory;
  const place = catalogue.find(itemId);
  if (place === undefined) throw new EngineError('unknown_item', `there is no item "${itemId}"`);
  const now = memory.deps.clock.now();
  const [counts, listener] = await Promise.all([
    memory.deps.log.itemCounts(itemId),
    userId === null ? null : memory.listener(userId, now),
  ]);
  const taste = listener === null ? null : memory.tasteOf(listener, now);
  const isShown = (other: number): boolean =>
    other !== place && catalogue.isAvailable(other) && (taste === null || taste.refusal(other) === null);
  const alike = learned?.mostSimilar(place) ?? null;
  const similar = [...(alike?.places ?? [])].flatMap((other, n) =>
    isShown(other) ? [{ item: catalogue.item(other), score: alike!.scores[n]!, stage: alike!.stage }] : [],
  );
  const artist = catalogue.artist(place);
  const works = artist < 0 ? [] : catalogue.worksOf(artist).filter(isShown);
  const listeners = (other: number) => learned?.listenersOf(other) ?? 0;
  return {
    item: catalogue.item(place),
    listeners: counts.listeners,
    plays: counts.plays,
    yours: listener === null ? null : yoursOf(listener, place),
    similar: similar.slice(0, SIMILAR),
    moreByArtist: works
      .sort((a, b) => listeners(b) - listeners(a) || a - b)
      .slice(0, MORE_BY_ARTIST)
      .map((other) => catalogue.item(other)),
  };
};

const yoursOf = (listener: Listener, place: number): ItemPage['yours'] => ({
  plays: listener.playsOf(place),
  firstAt: listener.firstListenAt(place),
  lastAt: listener.lastListenAt(place),
  feeling: feelingOf(listener, place),
});

const feelingOf = ({ opinions }: Listener, place: number): Feeling | null => {
  if (opinions.hides(place)) return 'hidden';
  if (opinions.dislikes(place)) return 'disliked';
  return opinions.likes(place) ? 'liked' : null;
};
