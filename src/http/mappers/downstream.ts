/** What cards led to, on the wire. */

import type { DownstreamWire, EstimateWire } from '#api';
import type { Estimate } from '#domain';
import type { DownstreamReport } from '#jobs';
import { toEstimate } from './metrics.ts';

const LEFT_OUT_WORDS: Readonly<Record<DownstreamReport['leftOut'][number]['reason'], string>> = {
  unreadable: 'the log does not hold what was chosen from',
  inexact: 'the logged probabilities do not come out of the logged candidates again',
};

const REASON_WORDS: Readonly<Record<string, string>> = {
  few_chance_cards: 'not enough data: chance alone has placed fewer than 50 cards, or for fewer than 10 listeners',
  few_acts: 'not enough data: fewer than five such acts with the cards',
  one_unit: 'one listener alone: how far others differ cannot be told',
  no_units: 'chance has passed over nothing yet',
  zero_denominator: 'chance has passed over nothing yet',
};

const told = (estimate: Estimate): EstimateWire => {
  const wire = toEstimate(estimate);
  return wire.ok ? wire : { ...wire, words: REASON_WORDS[wire.reason] ?? wire.words };
};

export const toDownstream = (report: DownstreamReport): DownstreamWire => ({
  slates: report.slates,
  replayed: report.replayed,
  left_out: report.leftOut.map(({ reason, slates }) => ({ reason, slates, words: LEFT_OUT_WORDS[reason] })),
  cards: report.cards,
  looked_at: report.lookedAt,
  listeners: report.listeners,
  passed_over: report.passedOver,
  acts: report.acts.map(({ act, lastTouch, byPlace, placed, passedOver, incremental }) => ({
    act,
    last_touch: told(lastTouch),
    by_place: told(byPlace),
    placed: told(placed),
    passed_over: told(passedOver),
    incremental: told(incremental),
  })),
  sql: report.sql,
});
