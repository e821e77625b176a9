/** The thread that a journal lives in. Started by `JournalBeside`; ends when the journal is closed. */

import { parentPort, workerData } from 'node:worker_threads';
import { type Answering, answerCalls } from './answer-calls.ts';
import { OPENING } from './journal-messages.ts';
import { openTablesOf } from './open-lmdb-journal.ts';
import { writeStatus } from './shared-status.ts';

export interface JournalThreadData {
  /** Folder of the journal; whoever started the thread holds its lock. */
  readonly path: string;
  /** Where the thread says how the journal stands. */
  readonly status: SharedArrayBuffer;
}

if (parentPort === null) throw new Error('journal-thread.ts is the file of a thread');
const port = parentPort;
const { path, status } = workerData as JournalThreadData;
const journal = openTablesOf(path, () => undefined);

const answering: Answering = {
  append: (entries) => journal.append(entries),
  answer: async (call) => {
    switch (call.kind) {
      case 'piece':
        return journal.piece(call.from, call.limit, call.userId);
      case 'trim':
        return journal.trim(call.before, call.pace);
      case 'erase':
        return journal.eraseUsers(call.userIds);
      case 'clear':
        return journal.clear();
      case 'line':
        answerCalls(call.port, answering);
        return null;
      case 'close':
        await journal.close();
        port.unref();
        return null;
    }
  },
  beforeTelling: () => writeStatus(status, journal.status()),
};

const say = answerCalls(port, answering);
say({ id: OPENING, outcome: { value: null } });
