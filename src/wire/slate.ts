/** A served slate on the wire. */

import type { Card, Shelf, Slate } from '#api';
import type { Explanation, ServedCard, ServedShelf, ServedSlate } from '#serving';
import { toItemSummary } from './item.ts';
import { toTime } from './time.ts';

export const toExplanation = (explanation: Explanation | null): Card['explanation'] =>
  explanation === null ? null : { text: explanation.text, claim: explanation.claim, evidence: explanation.evidence };

const toCard = (card: ServedCard): Card => ({
  shelf: card.shelf,
  row: card.row,
  slot: card.slot,
  item: toItemSummary(card.item),
  score: card.score,
  propensity: card.propensity,
  explored: card.explored,
  source: card.source,
  stage: card.stage,
  explanation: toExplanation(card.explanation),
});

const toShelf = (shelf: ServedShelf): Shelf => ({
  shelf: shelf.shelf,
  title: shelf.title,
  need: shelf.need,
  character: shelf.character,
  asked: shelf.asked,
  short_because: shelf.shortBecause,
  cards: shelf.cards.map(toCard),
});

export const toSlate = (slate: ServedSlate): Slate => ({
  slate_id: slate.slateId,
  user_id: slate.userId,
  surface: slate.surface,
  created_at: toTime(slate.createdAt),
  fresh: slate.fresh,
  basis: slate.basis,
  model: slate.model,
  policy: slate.policy,
  seed: slate.seed,
  exploration: slate.exploration,
  log_propensity: slate.logPropensity,
  fallback: slate.fallback,
  notices: [...slate.notices],
  experiments: slate.experiments.map(({ experiment, arm }) => ({ experiment, arm })),
  shelves: slate.shelves.map(toShelf),
});
