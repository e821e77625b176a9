/** A listener's rights: everything along, or everything gone, with a second look as proof. */

import { EngineError, type UserId } from '#domain';
import type { Answers, PeopleFace } from '#http';
import type { Journal } from '#journal';
import type { Serving } from '#serving';
import { queries, type Warehouse } from '#warehouse';
import { tailOfUser, tailRecords } from './journal-tail.ts';
import { hashedId, type Log } from './log.ts';

export interface PeopleDeps {
  readonly journal: Journal;
  readonly warehouse: Warehouse;
  readonly serving: Serving;
  /** Carries what is acknowledged to the warehouse. */
  readonly flush: () => Promise<void>;
  /** Called when somebody is gone whose data were learned from. */
  readonly onErased: () => void;
  readonly log: Log;
}

export const createPeople = (deps: PeopleDeps): PeopleFace => ({
  eraseUser: (userId) => erase(deps, userId),
  exportUser: (userId) => exportOf(deps, userId),
});

/**
 * The writer is flushed first, so that none of the user's records is on its way; the journal goes before the warehouse,
 * because it is what the warehouse is filled from.
 */
const erase = async (deps: PeopleDeps, userId: UserId): Promise<Answers.Erasure> => {
  const { journal, warehouse, serving, flush, onErased, log } = deps;
  await flush();
  const journaled = await journal.eraseUser(userId);
  const rows = await warehouse.eraseUser(userId);
  await serving.forget(userId);
  const left = await countLeft(deps, userId);
  const kept = Object.entries(rows).filter(([, count]) => count > 0);
  const removed = { journal: journaled, ...Object.fromEntries(kept) };
  const total = Object.values(removed).reduce((sum, count) => sum + count, 0);
  log('user.erased', { user: hashedId(userId), rows: total, left });
  if (left > 0) throw new EngineError('internal', `${left} rows of the listener are left after erasing`);
  if (total > 0) onErased();
  return { userId, removed, left };
};

const countLeft = async ({ journal, warehouse }: PeopleDeps, userId: UserId): Promise<number> => {
  const inTables = await warehouse.query(queries.userRows, { user_id: userId });
  return inTables.reduce((sum, row) => sum + row.row_count, 0) + tailOfUser(journal, userId).length;
};

async function* exportOf({ journal, warehouse }: PeopleDeps, userId: UserId): AsyncGenerator<string> {
  const tail = [...tailRecords(journal)].filter((record) => record.userId === userId);
  const inTail = new Set(tail.map((record) => record.eventId));
  for await (const rows of warehouse.stream(queries.userExport, { user_id: userId })) {
    for (const { kind, row } of rows) {
      const { event_id } = JSON.parse(row) as { event_id: string };
      if (!inTail.has(event_id)) yield typed(kind, row);
    }
  }
  for (const { kind, row } of tail) yield typed(kind, row);
}

const typed = (kind: string, row: string): string => `{"type":${JSON.stringify(kind)},${row.slice(1)}`;
