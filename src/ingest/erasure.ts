/** Removes a listener, or everything, from each place where events are kept; the writer stands still meanwhile. */

import type { UserId } from '#domain';
import type { Journal } from '#journal';
import { queries, type Warehouse } from '#warehouse';
import type { DeadLetters } from './dead-letters.ts';
import type { WarehouseWriter } from './writer.ts';

export interface Stores {
  readonly journal: Journal;
  readonly warehouse: Warehouse;
  readonly writer: WarehouseWriter;
  readonly deadLetters: DeadLetters;
}

export interface Erased {
  /** Rows removed: of each table, `journal` and `dead_letters`. */
  readonly removed: Readonly<Record<string, number>>;
  /** Rows found when looking again. */
  readonly left: number;
}

/**
 * Erases a listener. Events of them that arrive while it runs may be taken as new ones: stop the source first.
 * @throws {EngineError} warehouse_unavailable: ask again later; what is gone from the warehouse by then stays gone.
 */
export const eraseListener = (stores: Stores, userId: UserId): Promise<Erased> =>
  stores.writer.exclusive(async () => {
    const { journal, warehouse, deadLetters } = stores;
    // With the warehouse away the journal keeps their identities, so that a late repeat is still known as one.
    const tables = await warehouse.eraseUser(userId);
    // Before the journal, whose file can only be written anew where there is room.
    const letters = await deadLetters.eraseUser(userId);
    const inJournal = await journal.eraseUsers([userId]);
    const rows = await warehouse.query(queries.userRows, { user_id: userId });
    return {
      removed: { ...tables, journal: inJournal, dead_letters: letters },
      left: rows.reduce((sum, row) => sum + row.row_count, 0),
    };
  });

/** Empties every place: after this nothing is known of anyone. */
export const clearStores = (stores: Stores): Promise<void> =>
  stores.writer.exclusive(async () => {
    await stores.journal.clear();
    await stores.warehouse.clear();
    await stores.deadLetters.clear();
  });
