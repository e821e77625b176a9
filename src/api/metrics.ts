/** Engagement metrics: what there is, figures by surface, intent and device, absence curves, the life cycle. */

import { z } from 'zod';
import { timeSchema } from './parts.ts';
import { watchSchema } from './studio.ts';

export const METRIC_DIMENSIONS = ['surface', 'intent', 'device'] as const;
/** Units that success metrics judge: those a definition is for, or all of its kind. */
export const JUDGED_UNITS = ['fitting', 'all'] as const;

/** A number with its interval, or the reason why there is none. */
export const estimateSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    value: z.number(),
    /** A bound that is null is not reached: the interval is open there. */
    interval: z.object({ lower: z.number().nullable(), upper: z.number().nullable() }),
    level: z.number(),
    n: z.number(),
    method: z.string(),
  }),
  z.object({ ok: z.literal(false), reason: z.string(), words: z.string() }),
]);

const polarity = z.enum(['up', 'down', 'free']);

export const metricSchema = z.object({
  /** Canonical: asking for it gives the same metric. */
  name: z.string(),
  family: z.string(),
  title: z.string(),
  question: z.string(),
  unit: z.string(),
  numerator: z.string(),
  denominator: z.string(),
  window: z.string(),
  /** How the interval is made. */
  variance: z.string(),
  polarity,
  exceptions: z.array(
    z.object({ intents: z.array(z.string()), devices: z.array(z.string()), polarity, because: z.string() }),
  ),
  failure_modes: z.array(z.string()),
});

export const metricsSchema = z.object({ metrics: z.array(metricSchema) });

const cellSchema = z.object({
  surface: z.string().nullable(),
  intent: z.string().nullable(),
  device: z.string().nullable(),
});

const periodSchema = z.object({
  /** Days in UTC; `to` is not in it. */
  from: z.iso.date(),
  to: z.iso.date(),
  days: z.number().int(),
  /** Up to when it is known who came back. */
  until: timeSchema,
});

export const figureSchema = z.object({
  metric: z.string(),
  cell: cellSchema,
  polarity,
  because: z.string().nullable(),
  by_events: estimateSchema,
  by_users: estimateSchema,
  users: z.number().int(),
  events: z.number(),
  /** Too young to be judged, and not in the figure. */
  left_out: z.number().int(),
  /** Old enough, but what was seen decides neither way; not in the figure. */
  unknown: z.number().int(),
});

/** Comma-separated words, each once. */
const words = z.string().max(2000);
const day = z.iso.date();
const period = { from: day.optional(), to: day.optional() };

export const reportQuerySchema = z.object({
  /** Names of metrics, separated by commas. */
  metrics: words.min(1),
  /** Any of surface, intent, device, separated by commas; without it all together. */
  by: words.default(''),
  ...period,
  level: z.coerce.number().gt(0).lt(1).default(0.95),
  judge: z.enum(JUDGED_UNITS).default('fitting'),
  watch: watchSchema.optional(),
});

export const metricsReportSchema = z.object({
  period: periodSchema.nullable(),
  by: z.array(z.enum(METRIC_DIMENSIONS)),
  metrics: z.array(metricSchema),
  figures: z.array(figureSchema),
  sql: z.record(z.string(), z.string()),
});

export const absenceQuerySchema = z.object({ by: words.default(''), ...period });

export const absenceCurvesSchema = z.object({
  period: periodSchema.nullable(),
  curves: z.array(
    z.object({
      cell: cellSchema,
      users: z.number().int(),
      absences: z.number().int(),
      returned: z.number().int(),
      /** Share still away after so many hours, with its band; empty with a reason. */
      points: z.array(z.object({ hours: z.number(), away: z.number(), lower: z.number(), upper: z.number() })),
      reason: z.string().nullable(),
    }),
  ),
  sql: z.string(),
});

export const lifeQuerySchema = z.object(period);

export const lifeCycleSchema = z.object({
  period: periodSchema.nullable(),
  weeks: z.array(
    z.object({
      /** Monday, UTC. */
      week: z.iso.date(),
      stage: z.enum(['new', 'engaged', 're_engaged', 'resting', 'dormant', 'churned']),
      users: z.number().int(),
    }),
  ),
  sql: z.string(),
});

export type EstimateWire = z.output<typeof estimateSchema>;
export type MetricWire = z.output<typeof metricSchema>;
export type FigureWire = z.output<typeof figureSchema>;
export type MetricsReportWire = z.output<typeof metricsReportSchema>;
export type AbsenceCurvesWire = z.output<typeof absenceCurvesSchema>;
export type LifeCycleWire = z.output<typeof lifeCycleSchema>;
