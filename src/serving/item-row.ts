/** A stored row of the catalogue, from the warehouse or the journal, as the item it was made of. */

import { fromTimestamp, type Item, type ItemId, itemTypeOf, toCamel } from '#domain';
import type { CatalogueEntry } from './listener-log.ts';

/** Null columns and empty lists are unknown fields. */
export const itemOfRow = (row: Readonly<Record<string, unknown>>): CatalogueEntry => {
  const { updated_at, added_at, extra, sequence: _, ...columns } = row;
  const fields: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(columns)) {
    if (value === null || (Array.isArray(value) && value.length === 0)) continue;
    fields[column] = value;
  }
  const updatedAt = fromTimestamp(updated_at as string);
  const item = {
    ...toCamel(fields),
    type: itemTypeOf(row['item_id'] as ItemId),
    updatedAt,
    extra: JSON.parse((extra as string | undefined) ?? '{}'),
  } as unknown as Item;
  return { item, addedAt: added_at === undefined ? updatedAt : fromTimestamp(added_at as string) };
};
