/** What the thread of a journal and those who ask it say to each other. */

import type { MessagePort } from 'node:worker_threads';
import type { Failure, UserId } from '#domain';
import type { Appended, JournalEntry, Pace, Sequence } from '../journal.ts';

/** What is asked of the journal, and what it answers with. */
export type JournalCall =
  /** A large batch comes in parts: the last one is stored with those before it, all or none. */
  | { readonly kind: 'append'; readonly entries: readonly JournalEntry[]; readonly isLast: boolean }
  | { readonly kind: 'piece'; readonly from: Sequence; readonly limit: number; readonly userId?: UserId }
  | { readonly kind: 'trim'; readonly before: Sequence; readonly pace: Pace }
  | { readonly kind: 'erase'; readonly userIds: readonly UserId[] }
  | { readonly kind: 'clear' }
  /** Somebody else asks over this port from now on. */
  | { readonly kind: 'line'; readonly port: MessagePort }
  | { readonly kind: 'close' };

/** The id of the answer that says that the journal is open; calls are counted from it. */
export const OPENING = 0;

export interface JournalOrder {
  readonly id: number;
  readonly call: JournalCall;
}

export interface JournalAnswer {
  readonly id: number;
  readonly outcome: { readonly value: unknown } | { readonly failure: Failure };
}

/** Answers in the order in which what was asked came about. */
export type JournalReply = readonly JournalAnswer[];

const REPEATED = 0;

/** One number an entry: its sequence, or that it is a repeat. */
export const packOutcomes = (outcomes: readonly Appended[]): Float64Array =>
  Float64Array.from(outcomes, (appended) => (appended.outcome === 'accepted' ? appended.sequence : REPEATED));

export const unpackOutcomes = (packed: Float64Array): Appended[] =>
  Array.from(packed, (sequence) =>
    sequence === REPEATED ? { outcome: 'repeated' } : { outcome: 'accepted', sequence },
  );
