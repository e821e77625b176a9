/** How the errors of a decision are shared out among its metrics. */

import type { MetricPlan } from '../analysis/metric-plan.ts';

export interface Allocation {
  /** Chance allowed of shipping what does nothing. */
  readonly alpha: number;
  /**
   * Two-sided error of each success metric's test in each arm: alpha over the number of both, since any one of them may carry
   * a decision to ship.
   */
  readonly alphaSuccess: number;
  /** Two-sided error of guardrails and of deterioration: alpha itself, since all of them must hold, none can carry it. */
  readonly alphaGuardrail: number;
  /** Chance allowed of not shipping what is good. */
  readonly beta: number;
  /** Error of the second kind of each single test: beta over the tests that must all come out, one success and each guardrail. */
  readonly betaEach: number;
  readonly successMetrics: number;
  readonly guardrails: number;
}

/**
 * [Schultzberg2024]: alpha is divided by the number of success metrics, beta by one plus the number of guardrails. Of several
 * arms that do nothing any may come out better by chance, so alpha is divided by `treatments`, the arms but the control, too.
 */
export const allocate = (
  metrics: readonly MetricPlan[],
  alpha: number,
  beta: number,
  treatments: number,
): Allocation => {
  const successMetrics = metrics.filter((metric) => metric.role === 'success').length;
  const guardrails = metrics.filter((metric) => metric.role === 'guardrail').length;
  return {
    alpha,
    alphaSuccess: alpha / (Math.max(1, successMetrics) * treatments),
    alphaGuardrail: alpha,
    beta,
    betaEach: beta / (1 + guardrails),
    successMetrics,
    guardrails,
  };
};
