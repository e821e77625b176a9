/** A listener's rights: everything along, or everything gone, with a second look as proof. */

import { EngineError, type UserId } from '#domain';
import type { Answers, PeopleFace } from '#http';
import { eraseListener, type Stores } from '#ingest';
import type { Serving } from '#serving';
import { createTurns } from '#threads';
import { queries, streamRows } from '#warehouse';
import type { DataState } from './data-state.ts';
import type { ImportJobs } from './import-jobs.ts';
import { tailOfUser } from './journal-tail.ts';
import type { Learning } from './learning.ts';
import { hashedId, type Log } from './log.ts';
import type { Unlearned } from './unlearned.ts';

export interface PeopleDeps {
  readonly stores: Stores;
  readonly serving: Pick<Serving, 'forget'>;
  readonly state: Pick<DataState, 'forget'>;
  readonly imports: Pick<ImportJobs, 'forget'>;
  readonly learning: Pick<Learning, 'schedule'>;
  readonly unlearned: Pick<Unlearned, 'isOwed' | 'mark' | 'begin'>;
  /** What was acknowledged is in the journal. */
  readonly settled: () => Promise<void>;
  readonly log: Log;
}

export const createPeople = (deps: PeopleDeps): PeopleFace => ({
  eraseUser: (userId) => erase(deps, userId),
  exportUser: (userId) => exportOf(deps, userId),
});

const erase = async (deps: PeopleDeps, userId: UserId): Promise<Answers.Erasure> => {
  const { stores, serving, state, imports, learning, unlearned, log } = deps;
  const wasOwed = unlearned.isOwed;
  // Before anything goes, so that a start after a kill knows; after it again, for a training that read in between.
  unlearned.mark();
  const takeBack = unlearned.begin();
  // Before, while memory can still read what it owes to them; after, for what was read in between.
  await serving.forget(userId);
  const erased = await eraseListener(stores, userId);
  await serving.forget(userId);
  const left = erased.left + (await tailOfUser(stores.journal, userId)).length;
  const removed = Object.fromEntries(Object.entries(erased.removed).filter(([, count]) => count > 0));
  const total = Object.values(removed).reduce((sum, count) => sum + count, 0);
  log('user.erased', { user: hashedId(userId), rows: total, left });
  imports.forget(userId);
  if (left > 0) throw new EngineError('internal', `${left} rows of the listener are left after erasing`);
  // Also of one whose first erasing broke off: what was learned from them is still there.
  if (total > 0 || wasOwed) {
    unlearned.mark();
    learning.schedule('a listener was erased');
  } else await takeBack();
  await state.forget(userId, stores.warehouse, stores.journal);
  return { userId, removed, left };
};

async function* exportOf(
  { stores: { journal, warehouse }, settled }: PeopleDeps,
  userId: UserId,
): AsyncGenerator<string> {
  await settled();
  const tail = await tailOfUser(journal, userId);
  const inTail = new Set(tail.map((record) => record.eventId));
  for await (const rows of streamRows(warehouse, queries.userExport, { user_id: userId })) {
    for (const { kind, row } of rows) {
      const { event_id } = JSON.parse(row) as { event_id: string };
      if (!inTail.has(event_id)) yield typed(kind, row);
    }
  }
  const turn = createTurns();
  for (const { kind, row } of tail) {
    yield typed(kind, row.toString());
    await turn();
  }
}

const typed = (kind: string, row: string): string => `{"type":${JSON.stringify(kind)},${row.slice(1)}`;
