/** The thread that a journal lives in. Started by `JournalBeside`; ends when the journal is closed. */

import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from '#domain';
import type { JournalEntry } from '../journal.ts';
import {
  type JournalAnswer,
  type JournalCall,
  type JournalOrder,
  type JournalReply,
  OPENING,
  packOutcomes,
} from './journal-messages.ts';
import { openTablesOf } from './open-lmdb-journal.ts';
import type { Piece } from './piece.ts';

/** Whoever started the thread holds the lock. */
const journal = openTablesOf(workerData as string, () => undefined);

/** Parts of batches whose last part has not come. */
const parts = new Map<number, JournalEntry[]>();

const wholeBatch = (id: number, entries: readonly JournalEntry[]): readonly JournalEntry[] => {
  const before = parts.get(id);
  parts.delete(id);
  return before === undefined ? entries : before.concat(entries);
};

const answer = async (id: number, call: JournalCall): Promise<unknown> => {
  switch (call.kind) {
    case 'append':
      return packOutcomes(await journal.append(wholeBatch(id, call.entries)));
    case 'piece':
      return journal.piece(call.from, call.limit, call.userId);
    case 'trim':
      return journal.trim(call.before);
    case 'erase':
      return journal.eraseUser(call.userId);
    case 'clear':
      return journal.clear();
    case 'close':
      return journal.close();
  }
};

let answers: JournalAnswer[] = [];
/** Memory that goes along with them. */
let transfer: ArrayBuffer[] = [];

/** What is answered in one turn goes as one message. */
const say = (one: JournalAnswer, memory: ArrayBuffer[] = []): void => {
  if (answers.length === 0) queueMicrotask(tell);
  answers.push(one);
  transfer.push(...memory);
};
const tell = (): void => {
  const reply: JournalReply = { answers, status: journal.status() };
  parentPort?.postMessage(reply, transfer);
  [answers, transfer] = [[], []];
};

parentPort?.on('message', async ({ id, call }: JournalOrder) => {
  if (call.kind === 'append' && !call.isLast) {
    parts.set(id, [...(parts.get(id) ?? []), ...call.entries]);
    return;
  }
  try {
    const value = await answer(id, call);
    say({ id, outcome: { value } }, call.kind === 'piece' ? [(value as Piece).rows.buffer as ArrayBuffer] : []);
  } catch (error) {
    say({ id, outcome: { failure: failureOf(error) } });
  }
  if (call.kind === 'close') parentPort?.unref();
});

say({ id: OPENING, outcome: { value: null } });
