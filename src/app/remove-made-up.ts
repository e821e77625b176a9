/** Takes the playground out of every store. */

import type { UserId } from '#domain';
import { clearStores, type Stores } from '#ingest';
import { queries } from '#warehouse';
import { MADE_UP } from './data-state.ts';

const MOST_USERS = 1_000_000;

/**
 * Alone, everything is emptied. Beside real data only what carries the prefix of made-up ids goes. The writer has to be
 * flushed before; it stands still meanwhile.
 */
export const removeMadeUp = async (stores: Stores, besideLiveData: boolean): Promise<void> => {
  if (!besideLiveData) return clearStores(stores);
  const { journal, warehouse, writer } = stores;
  await writer.exclusive(async () => {
    const users = await warehouse.query(queries.usersSearch, { prefix: MADE_UP, limit: MOST_USERS });
    for (const { user_id } of users) await journal.eraseUser(user_id as UserId);
    await journal.eraseUser(`${MADE_UP}editor` as UserId);
    await warehouse.clear(MADE_UP);
  });
};
