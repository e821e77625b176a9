/**
 * Experiments: from data of units in arms to effects, quality checks and a decision in words. Pure: documents, data, the
 * time and randomness are arguments.
 */

export type { Looks } from './analysis/looks.ts';
export type { MetricPlan } from './analysis/metric-plan.ts';
export { columnsOf, METRIC_FORMS, type MetricSpec, parseMetric } from './analysis/metric-spec.ts';
export type { UnitData } from './analysis/unit-data.ts';
export { type AnalysisPlan, analyze, type ExperimentReport } from './analyze.ts';
export type { QualityCheck } from './quality/checks.ts';
export { checkSampleRatio } from './quality/sample-ratio.ts';
