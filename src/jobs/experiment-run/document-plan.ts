/** The analysis that a document asks for. */

import type { ExperimentDocument } from '#domain';
import type { AnalysisPlan, Looks, MetricPlan, UnitData } from '#experiments';
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

/** What is known in `data` so far decides the information fraction of a group-sequential look. */
export const planOf = (
  document: ExperimentDocument,
  metrics: readonly PlannedMetric[],
  data: UnitData,
): AnalysisPlan => ({
  metrics: metrics.map(metricPlan),
  looks: looksOf(document, knownUnits(metrics, data)),
  alpha: document.alpha,
  beta: 1 - document.power,
  checks: document.checks,
  // A period of a switchback is compared within its user; what was played before holds the arms of earlier periods.
  ...(document.unit === 'switchback'
    ? { strata: 'user' }
    : { covariates: covariatesOf(metrics), slices: ['device', 'activity before'] }),
  ...(document.target !== undefined && { target: document.target }),
});

/** Units by how much of their success is known, by the least known metric: a sum over a window is so when that is over. */
const knownUnits = (metrics: readonly PlannedMetric[], { armOf, numbers }: UnitData): number => {
  const summed = metrics.filter(({ role, measure }) => role === 'success' && measure.needsWholeWindow);
  const shares = summed.map(({ measure }) => {
    const values = numbers.get(columnsOf(measure.metric.name).numerator)!;
    return values.filter((value) => !Number.isNaN(value)).length / values.length;
  });
  return armOf.length * Math.min(1, ...shares);
};

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
