/** A slate as it leaves: the bytes of the contract's JSON, made once, and beside them what is counted of it. */

import type { UserId } from '#domain';
import type { HomeRequest, RadioRequest, ServedSlate, WeeklyRequest } from '#serving';
import { toSlate } from './slate.ts';

export interface SlateCounts extends Pick<ServedSlate, 'fresh' | 'surface' | 'fallback'> {
  readonly cards: number;
  readonly explored: number;
}

export interface SlateAnswer {
  /** A `Slate` of the contract as JSON in UTF-8, in a buffer of its own. */
  readonly json: Uint8Array;
  readonly counts: SlateCounts;
}

/** What listeners are shown. */
export interface Surfaces {
  home(userId: UserId, request?: HomeRequest): Promise<SlateAnswer>;
  weekly(userId: UserId, request?: WeeklyRequest): Promise<SlateAnswer>;
  radio(userId: UserId, request?: RadioRequest): Promise<SlateAnswer>;
}

const utf8 = new TextEncoder();

export const slateAnswer = (slate: ServedSlate): SlateAnswer => {
  const { fresh, surface, fallback, shelves } = slate;
  let [cards, explored] = [0, 0];
  for (const shelf of shelves) {
    cards += shelf.cards.length;
    for (const card of shelf.cards) if (card.explored) explored += 1;
  }
  return { json: utf8.encode(JSON.stringify(toSlate(slate))), counts: { fresh, surface, fallback, cards, explored } };
};
