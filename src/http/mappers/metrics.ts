/** Metrics and figures on the wire. */

import type { AbsenceCurvesWire, EstimateWire, FigureWire, MetricsReportWire, MetricWire } from '#api';
import { type Estimate, fromTimestamp } from '#domain';
import type { AbsenceReport, MetricsReport, ReportPeriod } from '#jobs';
import { type Figure, type Metric, reasonWords, varianceWords } from '#metrics';
import { toTime } from '#wire';

/** JSON has no infinity: a bound that is not reached is null. */
const bound = (value: number): number | null => (Number.isFinite(value) ? value : null);

export const toEstimate = (estimate: Estimate): EstimateWire =>
  estimate.ok
    ? {
        ...estimate,
        interval: { lower: bound(estimate.interval.lower), upper: bound(estimate.interval.upper) },
      }
    : { ok: false, reason: estimate.reason, words: reasonWords(estimate.reason) };

export const toMetric = (metric: Metric): MetricWire => ({
  name: metric.name,
  family: metric.family,
  title: metric.title,
  question: metric.question,
  unit: metric.unit,
  numerator: metric.numerator,
  denominator: metric.denominator,
  window: metric.window,
  variance: varianceWords(metric.recipe),
  polarity: metric.polarity,
  exceptions: metric.exceptions.map(({ intents, devices, polarity, because }) => ({
    intents: [...(intents ?? [])],
    devices: [...(devices ?? [])],
    polarity,
    because,
  })),
  failure_modes: [...metric.failureModes],
});

export const toPeriod = (period: ReportPeriod | null): MetricsReportWire['period'] =>
  period === null ? null : { ...period, until: toTime(fromTimestamp(period.until)) };

const toFigure = (figure: Figure): FigureWire => ({
  metric: figure.metric,
  cell: figure.cell,
  polarity: figure.polarity,
  because: figure.because,
  by_events: toEstimate(figure.byEvents),
  by_users: toEstimate(figure.byUsers),
  users: figure.users,
  events: figure.events,
  left_out: figure.leftOut,
  unknown: figure.unknown,
});

export const toMetricsReport = (report: MetricsReport): MetricsReportWire => ({
  period: toPeriod(report.period),
  by: [...report.by],
  metrics: report.metrics.map(toMetric),
  figures: report.figures.map(toFigure),
  sql: { ...report.sql },
});

export const toAbsenceCurves = ({ period, curves, sql }: AbsenceReport): AbsenceCurvesWire => ({
  period: toPeriod(period),
  curves: curves.map(({ cell, users, curve, reason }) => ({
    cell,
    users,
    absences: curve?.absences ?? 0,
    returned: curve?.returned ?? 0,
    points: curve?.points.map((point) => ({ ...point })) ?? [],
    reason: reason === null ? null : reasonWords(reason),
  })),
  sql,
});
