/** The made-up world that the tests of home share, and the listener whose home they open. */

import type { ItemId } from '#domain';
import type { ServedCard, ServedSlate } from './answers.ts';
import { fitBundle, grouped, worldHistory } from './made-up-world.contract.ts';

export const history = worldHistory({ listeners: 60, tracks: 800, days: 60 });
export const bundle = await fitBundle(history);
export const plays = history.events.filter((event) => event.kind === 'play');
export const byUser = grouped(plays, (event) => event.userId);
/** The listener with most plays. */
export const fan = [...byUser].sort((a, b) => b[1].length - a[1].length)[0]![0];
export const artistOf = new Map(history.items.map((item) => [item.itemId, item.artistId ?? item.itemId]));

export const cardsOf = (slate: ServedSlate): readonly ServedCard[] => slate.shelves.flatMap((shelf) => shelf.cards);
export const idsOf = (slate: ServedSlate): readonly ItemId[] => cardsOf(slate).map((card) => card.item.itemId);
