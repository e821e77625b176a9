import { expect, it } from 'vitest';
import type { MetricPlan } from '../analysis/metric-plan.ts';
import { allocate } from './allocation.ts';

const metric = (column: string, role: MetricPlan['role']): MetricPlan => ({
  spec: { kind: 'mean', column },
  role,
  better: 'up',
});

it('shares alpha among whatever may carry a launch, beta among whatever must hold', () => {
  const metrics = [metric('y', 'success'), metric('z', 'success'), metric('g', 'guardrail'), metric('w', 'watch')];
  expect(allocate(metrics, 0.05, 0.2, 1)).toMatchObject({ alphaSuccess: 0.025, alphaGuardrail: 0.05, betaEach: 0.1 });
  // Four arms against the control: eight tests, of which any may say ship.
  expect(allocate(metrics, 0.05, 0.2, 4)).toMatchObject({
    alphaSuccess: 0.05 / 8,
    alphaGuardrail: 0.05,
    betaEach: 0.1,
  });
  expect(allocate([metric('g', 'guardrail')], 0.05, 0.2, 2)).toMatchObject({ alphaSuccess: 0.025, successMetrics: 0 });
});
