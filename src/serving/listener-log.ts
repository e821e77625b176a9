/** Where serving reads the past from: the event log, whoever keeps it. */

import type { EventOf, ItemId, ListenerEvent, SlateId, UserId } from '#domain';
import type { PoolChange } from './catalogue.ts';

export interface ItemCounts {
  /** Listeners with at least one listen. */
  readonly listeners: number;
  readonly plays: number;
}

export interface ListenerLog {
  /**
   * What is on record of a listener, acknowledged before the call: all plays, tallies and actions, and the slates of
   * the last five weeks that a weekly list or a running session still needs. Each event once, in any order.
   */
  past(userId: UserId): AsyncIterable<readonly ListenerEvent[]>;
  /** Null when no such slate is on record. */
  slate(slateId: SlateId): Promise<EventOf<'slate'> | null>;
  itemCounts(itemId: ItemId): Promise<ItemCounts>;
  /**
   * The whole catalogue, each item's latest version, an older one before a newer: blocks of `toCatalogueLines`, each in memory
   * of its own that nobody else reads.
   */
  catalogue(): AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** Changes of editorial pools, at least the last one of each, oldest first. */
  pools(): Promise<readonly PoolChange[]>;
}
