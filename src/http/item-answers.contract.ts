/** Fixed answers about an item: itself and its page. */

import { type Item, itemId } from '#domain';
import type { ItemPage } from '#serving';
import { NOW } from './requests.contract.ts';

export const ITEM: Item = {
  itemId: itemId('track', 'one'),
  type: 'track',
  title: 'One',
  artist: 'The First',
  artistId: itemId('artist', 'first'),
  tags: ['calm'],
  updatedAt: NOW,
  extra: {},
};

/** As a listener sees it who has played the item. */
export const ITEM_PAGE: ItemPage = {
  item: ITEM,
  listeners: 1,
  plays: 3,
  yours: { plays: 3, firstAt: NOW, lastAt: NOW, feeling: 'liked' },
  similar: [{ item: ITEM, score: 0.5, stage: 'als' }],
  moreByArtist: [ITEM],
};
