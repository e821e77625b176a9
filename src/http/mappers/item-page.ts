/** One item's page on the wire. */

import type { ItemPage as WireItemPage } from '#api';
import type { ItemPage } from '#serving';
import { toItemSummary, toTimeOrNull } from '#wire';

const toYours = (yours: ItemPage['yours']): WireItemPage['yours'] =>
  yours === null
    ? null
    : {
        plays: yours.plays,
        first_at: toTimeOrNull(yours.firstAt),
        last_at: toTimeOrNull(yours.lastAt),
        feeling: yours.feeling,
      };

export const toItemPage = (page: ItemPage): WireItemPage => ({
  item: toItemSummary(page.item),
  external_ids: [...(page.item.externalIds ?? [])],
  released_on: page.item.releasedOn ?? null,
  listeners: page.listeners,
  plays: page.plays,
  yours: toYours(page.yours),
  similar: page.similar.map(({ item, score, stage }) => ({ item: toItemSummary(item), score, stage })),
  more_by_artist: page.moreByArtist.map(toItemSummary),
});
