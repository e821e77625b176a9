/** The decision log on the wire. */

import type { SlateRow, Decision as WireDecision } from '#api';
import { toSlate, toTime } from '#wire';
import type { Decision, SlateEntry } from '../answers.ts';

export const toSlateRow = (entry: SlateEntry): SlateRow => ({
  slate_id: entry.slateId,
  user_id: entry.userId,
  surface: entry.surface,
  at: toTime(entry.at),
  cards: entry.cards,
  explored: entry.explored,
  fallback: entry.fallback,
  model: entry.model,
});

export const toDecision = (decision: Decision): WireDecision => ({
  slate: toSlate(decision.slate),
  filtered: { ...decision.filtered },
  outcomes: decision.outcomes.map((outcome) => ({
    item_id: outcome.itemId,
    impressions: outcome.impressions,
    plays: outcome.plays,
    ms_played: outcome.msPlayed,
    actions: [...outcome.actions],
  })),
  replays: decision.replays,
  sql: decision.sql,
});
