/** Taking the playground away again, and nothing else. */

import { EngineError, type EpochMs, type EventId, type ItemId, type ListenerEvent, type UserId } from '#domain';
import { queries, type Warehouse } from '#warehouse';
import { PLAYGROUND_PREFIX, type PlaygroundIntake } from './playground.ts';

export interface PlaygroundRemoval {
  readonly warehouse: Warehouse;
  readonly intake: PlaygroundIntake;
  /** Removes a person everywhere: warehouse, journal, memory. */
  eraseUser(userId: UserId): Promise<unknown>;
  /** Empties everything: warehouse, journal, models, memory. */
  clear(): Promise<void>;
}

export interface RemovalReport {
  /** Nobody real was beside it, so all was emptied at once. */
  readonly wasAlone: boolean;
  readonly listeners: number;
  readonly items: number;
}

const MOST_USERS = 1_000_000;
const ITEMS_A_BATCH = 500;
const EDITOR = `${PLAYGROUND_PREFIX}-editor` as UserId;

const isMadeUp = (id: string): boolean => id.startsWith(`${PLAYGROUND_PREFIX}-`);
const isMadeUpItem = (id: ItemId): boolean => isMadeUp(id.slice(id.indexOf(':') + 1));

/**
 * Alone, everything is emptied. Beside real data its people are erased one by one, its pools are removed and its items
 * are taken out of all answers (the catalogue keeps them as not available). What has been learned changes with the next
 * training. Rows must be in the warehouse: flush its writer before.
 */
export const removePlayground = async (
  effects: PlaygroundRemoval,
  options: { readonly now: EpochMs; readonly onProgress?: (done: number, total: number) => void },
): Promise<RemovalReport> => {
  const { warehouse, intake } = effects;
  const { onProgress = () => undefined } = options;
  const users = await warehouse.query(queries.usersSearch, { prefix: `${PLAYGROUND_PREFIX}-`, limit: MOST_USERS });
  const [population] = await warehouse.query(queries.population, {});
  const items = await readItems(warehouse);
  const madeUp = items.filter((item) => isMadeUpItem(item.item_id));
  const report = { listeners: users.length, items: madeUp.length };
  if ((population?.listeners ?? 0) <= users.length && madeUp.length === items.length) {
    await effects.clear();
    return { wasAlone: true, ...report };
  }
  await intake.record(await poolRemovals(warehouse, options.now));
  for (const [done, user] of users.entries()) {
    onProgress(done, users.length);
    await effects.eraseUser(user.user_id as UserId);
  }
  await effects.eraseUser(EDITOR);
  for (let from = 0; from < madeUp.length; from += ITEMS_A_BATCH) {
    const batch = madeUp.slice(from, from + ITEMS_A_BATCH).map((item) => ({ ...item, available: false }));
    const receipts = await intake.acceptItems(batch);
    if (receipts.some((receipt) => receipt.outcome === 'refused')) {
      throw new EngineError('internal', 'the intake refuses to take items of the playground out of the answers');
    }
  }
  return { wasAlone: false, ...report };
};

const readItems = async (warehouse: Warehouse): Promise<{ item_id: ItemId; title: string }[]> => {
  const items: { item_id: ItemId; title: string }[] = [];
  for await (const rows of warehouse.stream(queries.catalogue, {})) {
    for (const { item_id, title } of rows) items.push({ item_id: item_id as ItemId, title });
  }
  return items;
};

/** Said aloud as events too, so that those who hold the pools in memory drop them now. */
const poolRemovals = async (warehouse: Warehouse, now: EpochMs): Promise<ListenerEvent[]> => {
  const pools = await warehouse.query(queries.pools, {});
  return pools
    .filter((pool) => isMadeUp(pool.pool_id))
    .map((pool) => ({
      kind: 'editor',
      eventId: `${pool.pool_id}:removed` as EventId,
      userId: EDITOR,
      at: now,
      receivedAt: now,
      poolId: pool.pool_id,
      change: 'remove',
      extra: {},
    }));
};
