/** A listener's rights: everything along, or everything gone, with a second look as proof. */

import { EngineError, type UserId } from '#domain';
import type { Answers, PeopleFace } from '#http';
import { eraseListener, type Stores } from '#ingest';
import type { Serving } from '#serving';
import { queries } from '#warehouse';
import { tailOfUser } from './journal-tail.ts';
import { hashedId, type Log } from './log.ts';

export interface PeopleDeps {
  readonly stores: Stores;
  readonly serving: Pick<Serving, 'forget'>;
  /** Called when somebody is gone whose data were learned from. */
  readonly onErased: () => void;
  readonly log: Log;
}

export const createPeople = (deps: PeopleDeps): PeopleFace => ({
  eraseUser: (userId) => erase(deps, userId),
  exportUser: (userId) => exportOf(deps, userId),
});

const erase = async ({ stores, serving, onErased, log }: PeopleDeps, userId: UserId): Promise<Answers.Erasure> => {
  // Before, while memory can still read what it owes to them; after, for what was read in between.
  await serving.forget(userId);
  const erased = await eraseListener(stores, userId);
  await serving.forget(userId);
  const left = erased.left + (await tailOfUser(stores.journal, userId)).length;
  const removed = Object.fromEntries(Object.entries(erased.removed).filter(([, count]) => count > 0));
  const total = Object.values(removed).reduce((sum, count) => sum + count, 0);
  log('user.erased', { user: hashedId(userId), rows: total, left });
  if (left > 0) throw new EngineError('internal', `${left} rows of the listener are left after erasing`);
  if (total > 0) onErased();
  return { userId, removed, left };
};

async function* exportOf({ stores: { journal, warehouse } }: PeopleDeps, userId: UserId): AsyncGenerator<string> {
  const tail = await tailOfUser(journal, userId);
  const inTail = new Set(tail.map((record) => record.eventId));
  for await (const rows of warehouse.stream(queries.userExport, { user_id: userId })) {
    for (const { kind, row } of rows) {
      const { event_id } = JSON.parse(row) as { event_id: string };
      if (!inTail.has(event_id)) yield typed(kind, row);
    }
  }
  for (const { kind, row } of tail) yield typed(kind, row.toString());
}

const typed = (kind: string, row: string): string => `{"type":${JSON.stringify(kind)},${row.slice(1)}`;
