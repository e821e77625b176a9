/** Takes the playground out of every store. */

import type { UserId } from '#domain';
import { clearStores, type Stores } from '#ingest';
import { queries } from '#warehouse';
import { MADE_UP } from './data-state.ts';
import { tailRecords } from './journal-tail.ts';

const MOST_USERS = 1_000_000;

/**
 * Beside real data, or where some may come in meanwhile, only what carries the prefix of made-up ids goes; else
 * everything is emptied. The writer has to be flushed before; it stands still meanwhile.
 */
export const removeMadeUp = async (stores: Stores, besideLiveData: boolean): Promise<void> => {
  if (!besideLiveData) return clearStores(stores);
  const { journal, warehouse, writer } = stores;
  await writer.exclusive(async () => {
    const found = await warehouse.query(queries.usersSearch, { prefix: MADE_UP, limit: MOST_USERS });
    const users = new Set<string>([`${MADE_UP}editor`, ...found.map(({ user_id }) => user_id)]);
    for await (const { userId } of tailRecords(journal)) if (userId.startsWith(MADE_UP)) users.add(userId);
    await journal.eraseUsers([...users] as UserId[]);
    await warehouse.clear(MADE_UP);
  });
};
