/** The analysis that a document asks for. */

import type { ExperimentDocument, UnitMetric } from '#domain';
import type { AnalysisPlan, Looks, MetricPlan, MetricSpec } from '#experiments';

const SPECS: Readonly<Record<UnitMetric, MetricSpec>> = {
  minutes: { kind: 'mean', column: 'minutes' },
  plays: { kind: 'mean', column: 'plays' },
  active_days: { kind: 'mean', column: 'active_days' },
  skip_rate: { kind: 'ratio', column: 'skips', denominator: 'plays' },
  returned: { kind: 'binary', column: 'returned' },
};

export const metricPlans = (document: ExperimentDocument): MetricPlan[] => [
  ...document.success.map(({ metric, better }) => ({ spec: SPECS[metric], role: 'success' as const, better })),
  ...document.guardrails.map(({ metric, better, margin }) => ({
    spec: SPECS[metric],
    role: 'guardrail' as const,
    better,
    margin,
  })),
];

/** What units played before their exposure: three covariates joined by a prediction. */
export const COVARIATES = ['minutes_before', 'plays_before', 'active_days_before'];

/** `units` seen so far decide the information fraction of a group-sequential look. */
export const planOf = (document: ExperimentDocument, units: number): AnalysisPlan => ({
  metrics: metricPlans(document),
  looks: looksOf(document, units),
  alpha: document.alpha,
  beta: 1 - document.power,
  // A period of a switchback is compared within its user; what was played before holds the arms of earlier periods.
  ...(document.unit === 'switchback' ? { strata: 'user' } : { covariates: COVARIATES }),
  ...(document.target !== undefined && { target: document.target }),
});

const looksOf = (document: ExperimentDocument, units: number): Looks => {
  switch (document.looks) {
    case 'fixed':
      return { kind: 'fixed' };
    case 'always_valid':
      return { kind: 'always-valid', plannedUnits: document.planned_units };
    case 'group_sequential': {
      // A look a tenth of the plan: what was passed counts as looked at, since the page can be opened any day.
      const now = Math.min(1, Math.max(units, 1) / document.planned_units);
      const tenths = Array.from({ length: 10 }, (_, i) => (i + 1) / 10).filter((tenth) => tenth < now);
      return { kind: 'group-sequential', fractions: [...tenths, now], spending: 'obrien-fleming' };
    }
  }
};
