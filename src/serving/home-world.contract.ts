/** The made-up world that the tests of home share, and the listeners whose homes they open. */

import type { ItemId, UserId } from '#domain';
import type { ServedCard, ServedSlate } from './answers.ts';
import { fitBundle, grouped, worldHistory } from './made-up-world.contract.ts';

export const history = worldHistory({ listeners: 60, tracks: 800, days: 60 });
export const bundle = await fitBundle(history);
export const plays = history.events.filter((event) => event.kind === 'play');
export const byUser = grouped(plays, (event) => event.userId);
/** The listener with most plays, and the one who comes next. */
export const [fan, other] = [...byUser].sort((a, b) => b[1].length - a[1].length).map(([userId]) => userId) as [
  UserId,
  UserId,
];
export const artistOf = new Map(history.items.map((item) => [item.itemId, item.artistId ?? item.itemId]));

export const cardsOf = (slate: ServedSlate): readonly ServedCard[] => slate.shelves.flatMap((shelf) => shelf.cards);
export const idsOf = (slate: ServedSlate): readonly ItemId[] => cardsOf(slate).map((card) => card.item.itemId);
