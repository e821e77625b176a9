/** What outcomes come to together. Only mature ones count; unknown ones stand beside the rate, not in it. */

import type { Estimate } from '#domain';
import { meanEstimate, PairMoments, ratioEstimate } from '#stats';
import type { Label, UnitOutcome } from '#success';

export interface OutcomeSummary {
  readonly units: number;
  readonly users: number;
  readonly immature: number;
  /** Of the mature units. */
  readonly labels: Readonly<Record<Label, number>>;
  /** achieved / (achieved + failed), clustered by user. */
  readonly success_rate: Estimate;
  /** Mean over users of the mean value of their units. */
  readonly value: Estimate;
}

export const summarize = (outcomes: readonly UnitOutcome[]): OutcomeSummary => {
  const labels: Record<Label, number> = { achieved: 0, failed: 0, unknown: 0 };
  const byUser = new Map<string, UnitOutcome[]>();
  for (const outcome of outcomes.filter(({ mature }) => mature)) {
    labels[outcome.label]++;
    const held = byUser.get(outcome.user_id);
    if (held === undefined) byUser.set(outcome.user_id, [outcome]);
    else held.push(outcome);
  }
  const pairs = new PairMoments();
  const means: number[] = [];
  for (const ofUser of byUser.values()) {
    const achieved = ofUser.filter(({ label }) => label === 'achieved').length;
    const decided = ofUser.filter(({ label }) => label !== 'unknown').length;
    if (decided > 0) pairs.add(decided, achieved);
    const values = ofUser.flatMap(({ value }) => value ?? []);
    if (values.length > 0) means.push(values.reduce((sum, value) => sum + value, 0) / values.length);
  }
  return {
    units: outcomes.length,
    users: new Set(outcomes.map(({ user_id }) => user_id)).size,
    immature: outcomes.filter(({ mature }) => !mature).length,
    labels,
    success_rate: asShare(ratioEstimate(pairs)),
    value: asShare(meanEstimate(means)),
  };
};

/** A share lies in [0, 1], and so does what is known of it: the rest of a t interval says nothing. */
const asShare = (estimate: Estimate): Estimate => {
  if (!estimate.ok) return estimate;
  const { lower, upper } = estimate.interval;
  return { ...estimate, interval: { lower: Math.max(0, lower), upper: Math.min(1, upper) } };
};
