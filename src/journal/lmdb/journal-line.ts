/**
 * A line to the thread of a journal for somebody in another thread than the one that opened it: what is appended over it passes
 * nobody else, and comes into the same order as all that others append.
 */

import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { EngineError } from '#domain';
import type { Journal } from '../journal.ts';
import { answerCalls } from './answer-calls.ts';
import { JournalCalls } from './journal-calls.ts';
import { createSharedStatus } from './shared-status.ts';

/** The end that is given to the other thread; the port moves there. */
export interface JournalLineEnd {
  readonly port: MessagePort;
  readonly status: SharedArrayBuffer;
  /** File of what stands ahead of the journal (`AheadLine`). */
  readonly ahead?: string;
}

/** Once the journal is closed, or its thread has ended, all that is asked fails with `unavailable`. */
export const openJournalLine = ({ port, status }: JournalLineEnd): Pick<Journal, 'append' | 'status'> => {
  const calls = new JournalCalls(port, status);
  port.on('close', () => calls.fail('its thread ended'));
  port.unref();
  return calls;
};

/** A line that ends in this thread: what is appended over it comes to `append`. Whoever appends is tested on it without a journal. */
export const lineInto = (append: Journal['append']): JournalLineEnd => {
  const { port1, port2 } = new MessageChannel();
  const answer = () => {
    throw new EngineError('internal', 'over this line only appends are answered');
  };
  answerCalls(port1, { append, answer, beforeTelling: () => undefined });
  port1.unref();
  return { port: port2, status: createSharedStatus() };
};
