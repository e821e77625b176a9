/**
 * Engagement metrics as values with canonical names, and the estimators behind them: ratios clustered by user, absences
 * by Kaplan–Meier, click-through under a common law of examination. Rows come from the warehouse; what reports are made
 * of them is decided in `#jobs`. What success is stands in `#success`.
 */

export { METRIC_KINDS } from './catalogue.ts';
export { type AbsenceCounts, absenceQuantile, type ReturnCurve, returnCurve } from './estimate-absence.ts';
export { estimateClickThrough, type PlaceCounts } from './estimate-click-through.ts';
export { estimateRatio, estimateShare, type RatioMoments } from './estimate-ratio.ts';
export { type Cell, type CellDimension, type Figure, reasonWords } from './figure.ts';
export { USER_GROUPS } from './group-jackknife.ts';
export { type Metric, polarityAt, type RolledUp, varianceWords } from './metric.ts';
export { parseMetric, standardMetrics } from './parse-metric.ts';
export { ratioMoments } from './ratio-moments.ts';
