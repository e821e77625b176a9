import type { MetricSpec } from './metric-spec.ts';

/** What part a metric plays in the decision, with what was declared of it beforehand. */
export interface MetricPlan {
  readonly spec: MetricSpec;
  /** `success` is what the change is for; `guardrail` must not get worse than its margin; `watch` is only told. */
  readonly role: 'success' | 'guardrail' | 'watch';
  /** Which way is better. */
  readonly better: 'up' | 'down';
  /** Non-inferiority margin of a guardrail, relative to the control: 0.01 lets it be 1 % worse. */
  readonly margin?: number;
  /** The metric of things that arms compete for, e.g. plays of an artist: told apart, since arms then interfere. */
  readonly supplySide?: boolean;
}
