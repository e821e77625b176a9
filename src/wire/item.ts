/** A catalogue item as answers show it. */

import type { ItemSummary } from '#api';
import type { Item } from '#domain';

export const toItemSummary = (item: Item): ItemSummary => ({
  item_id: item.itemId,
  type: item.type,
  title: item.title,
  artist: item.artist ?? null,
  artist_id: item.artistId ?? null,
  album: item.album ?? null,
  tags: [...(item.tags ?? [])],
  duration_ms: item.durationMs ?? null,
  audio_url: item.audioUrl ?? null,
  image_url: item.imageUrl ?? null,
});
