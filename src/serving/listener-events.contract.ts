/** Events of one listener, and the listener they make: what the tests of listeners share. */

import {
  type EventId,
  type EventOf,
  type ItemId,
  itemId,
  type ListenerEvent,
  type Surface,
  type UserId,
} from '#domain';
import { Catalogue } from './catalogue.ts';
import { Listener } from './listener.ts';
import { LocalClock } from './local-clock.ts';

export const user = 'u' as UserId;
export const song = (name: number | string): ItemId => itemId('track', String(name));
export const base = (id: string, at: number) => ({
  eventId: id as EventId,
  userId: user,
  at,
  receivedAt: at,
  extra: {},
});
export const play = (id: string, item: ItemId, at: number, fields: object = {}): ListenerEvent => ({
  ...base(id, at),
  kind: 'play',
  itemId: item,
  msPlayed: 60_000,
  ...fields,
});
export const act = (
  id: string,
  action: 'like' | 'unlike' | 'dislike' | 'hide' | 'unhide',
  at: number,
): ListenerEvent => ({
  ...base(id, at),
  kind: 'action',
  action,
  itemId: song('a'),
});

export const slate = (id: string, at: number, items: readonly ItemId[], surface: Surface = 'home'): ListenerEvent => ({
  ...base(id, at),
  kind: 'slate',
  slateId: id,
  surface,
  context: {} as EventOf<'slate'>['context'],
  policy: 'test',
  model: 'none',
  seed: id,
  exploration: 0.1,
  logPropensity: 0,
  fallback: null,
  shelves: [],
  cards: items.map((item, slot) => ({
    shelf: 'picked',
    row: 0,
    slot,
    itemId: item,
    score: 1,
    propensity: 1,
    explored: true,
    source: 'similar_users',
    stage: 'als',
    claim: null,
  })),
  candidates: null,
  filtered: {},
});
export const skip = (id: string, item: ItemId, at: number, fields: object = {}): ListenerEvent =>
  play(id, item, at, { msPlayed: 4000, skipped: true, ...fields });

export const listen = (events: readonly ListenerEvent[]) => {
  const catalogue = new Catalogue();
  const listener = new Listener(catalogue, new LocalClock());
  for (const event of events) listener.apply(event);
  return { listener, place: (item: ItemId) => catalogue.place(item) };
};
