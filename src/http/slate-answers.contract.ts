/** Fixed answers about slates: one as served, why a card is in it, how it was decided, and the list of them. */

import type { SlateId, UserId } from '#domain';
import type { ServedSlate, Why } from '#serving';
import type { Decision } from './answers.ts';
import type { StudioFace } from './engine.ts';
import { ITEM } from './item-answers.contract.ts';
import { NOW } from './requests.contract.ts';

export const SLATE: ServedSlate = {
  slateId: 'slate-1' as SlateId,
  userId: 'ada' as UserId,
  surface: 'home',
  createdAt: NOW,
  fresh: true,
  basis: 'collaborative',
  model: 'm1',
  policy: 'p1',
  seed: 's1',
  exploration: 0.1,
  logPropensity: -0.5,
  fallback: null,
  notices: [],
  experiments: [],
  shelves: [
    {
      shelf: 'jump_back',
      title: 'Jump back in',
      need: 'go on where you were',
      character: 'familiar',
      asked: 6,
      shortBecause: 'only 2 items are known',
      cards: [0, 1].map((slot) => ({
        shelf: 'jump_back',
        row: 0,
        slot,
        item: ITEM,
        score: 1 - slot / 2,
        propensity: 1,
        explored: slot === 1,
        source: 'familiar' as const,
        stage: 'history',
        explanation: { text: 'You played this 3 times', claim: 'played_item', evidence: { plays: 3 } },
      })),
    },
  ],
};

export const WHY: Why = {
  ...SLATE,
  ...SLATE.shelves[0]!.cards[0]!,
  account: [{ step: 'context', text: 'Tuesday morning' }],
  contributions: [{ item: ITEM, share: 1 }],
  choices: 4,
  filtered: { hidden: 2 },
};

export const DECISION: Decision = {
  slate: SLATE,
  filtered: { hidden: 2 },
  outcomes: [{ itemId: ITEM.itemId, impressions: 1, plays: 1, msPlayed: null, actions: ['like'] }],
  replays: true,
  sql: 'SELECT 3',
};

export const SLATES: Awaited<ReturnType<StudioFace['slates']>> = {
  slates: [
    {
      slateId: SLATE.slateId,
      userId: SLATE.userId,
      surface: 'home',
      at: NOW,
      cards: 2,
      explored: 1,
      fallback: null,
      model: 'm1',
    },
  ],
  sql: 'SELECT 2',
};
