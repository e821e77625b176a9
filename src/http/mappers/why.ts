/** The account of why, on the wire. */

import type { Why as WireWhy } from '#api';
import type { Why } from '#serving';
import { toExplanation, toItemSummary } from '#wire';

export const toWhy = (why: Why): WireWhy => ({
  slate_id: why.slateId,
  item: toItemSummary(why.item),
  shelf: why.shelf,
  slot: why.slot,
  explanation: toExplanation(why.explanation),
  account: why.account.map(({ step, text }) => ({ step, text })),
  source: why.source,
  stage: why.stage,
  score: why.score,
  contributions: why.contributions.map(({ item, share }) => ({ item: toItemSummary(item), share })),
  explored: why.explored,
  propensity: why.propensity,
  log_propensity: why.logPropensity,
  choices: why.choices,
  filtered: { ...why.filtered },
  fallback: why.fallback,
  basis: why.basis,
  model: why.model,
  policy: why.policy,
  seed: why.seed,
});
