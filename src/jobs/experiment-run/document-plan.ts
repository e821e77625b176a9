/** The analysis that a document asks for. */

import type { ExperimentDocument } from '#domain';
import type { AnalysisPlan, Looks, MetricPlan } from '#experiments';
import { BEFORE_COLUMNS } from './unit-figures.ts';
import { columnsOf, type PlannedMetric } from './unit-measures.ts';

export const metricPlan = ({ measure, role, better, margin, supplySide }: PlannedMetric): MetricPlan => ({
  spec: measure.spec,
  role,
  better,
  supplySide,
  ...(margin !== undefined && { margin }),
});

/** What was known of units before: their activity, and each metric itself, joined by a prediction. */
export const covariatesOf = (metrics: readonly PlannedMetric[]): readonly string[] => [
  ...BEFORE_COLUMNS,
  ...metrics.map(({ measure }) => columnsOf(measure.metric.name).before),
];

/** `units` seen so far decide the information fraction of a group-sequential look. */
export const planOf = (
  document: ExperimentDocument,
  metrics: readonly PlannedMetric[],
  units: number,
): AnalysisPlan => ({
  metrics: metrics.map(metricPlan),
  looks: looksOf(document, units),
  alpha: document.alpha,
  beta: 1 - document.power,
  checks: document.checks,
  // A period of a switchback is compared within its user; what was played before holds the arms of earlier periods.
  ...(document.unit === 'switchback'
    ? { strata: 'user' }
    : { covariates: covariatesOf(metrics), slices: ['device', 'activity before'] }),
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
