/** The other end of a line: the thread that has the journal answers what is asked over it. */

import type { MessagePort } from 'node:worker_threads';
import { failureOf } from '#domain';
import type { Appended, JournalEntry } from '../journal.ts';
import type { JournalAnswer, JournalCall, JournalOrder, JournalReply } from './journal-messages.ts';
import { packOutcomes } from './journal-messages.ts';
import type { Piece } from './piece.ts';

export interface Answering {
  append(entries: readonly JournalEntry[]): Promise<readonly Appended[]>;
  /** Whatever is not an append. */
  answer(call: Exclude<JournalCall, { kind: 'append' }>): unknown;
  /** Just before answers leave. */
  beforeTelling(): void;
}

/** Answers what comes over the port. What is returned sends an answer that was not asked for over it, as that of the opening. */
export const answerCalls = (
  port: Pick<MessagePort, 'postMessage' | 'on'>,
  answering: Answering,
): ((answer: JournalAnswer) => void) => {
  /** Parts of batches whose last part has not come. */
  const parts = new Map<number, JournalEntry[]>();
  let answers: JournalAnswer[] = [];
  /** Memory that goes along with them. */
  let transfer: ArrayBuffer[] = [];

  const tell = (): void => {
    answering.beforeTelling();
    port.postMessage(answers satisfies JournalReply, transfer);
    [answers, transfer] = [[], []];
  };
  /** What is answered in one turn goes as one message. */
  const say = (one: JournalAnswer, memory: readonly ArrayBuffer[] = []): void => {
    if (answers.length === 0) queueMicrotask(tell);
    answers.push(one);
    transfer.push(...memory);
  };
  const wholeBatch = (id: number, entries: readonly JournalEntry[]): readonly JournalEntry[] => {
    const before = parts.get(id);
    parts.delete(id);
    return before === undefined ? entries : before.concat(entries);
  };

  port.on('message', async ({ id, call }: JournalOrder) => {
    if (call.kind === 'append' && !call.isLast) {
      parts.set(id, [...(parts.get(id) ?? []), ...call.entries]);
      return;
    }
    try {
      const value =
        call.kind === 'append'
          ? packOutcomes(await answering.append(wholeBatch(id, call.entries)))
          : await answering.answer(call);
      say({ id, outcome: { value } }, call.kind === 'piece' ? [(value as Piece).rows.buffer as ArrayBuffer] : []);
    } catch (error) {
      say({ id, outcome: { failure: failureOf(error) } });
    }
  });
  return say;
};
