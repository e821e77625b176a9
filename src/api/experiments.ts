/** Experiments: documents, how they stand, what they will see, what they found; and the arm of a listener. */

import { z } from 'zod';
import { DEVICES, experimentSchema, SURFACES } from '#domain';
import { timeSchema } from './parts.ts';

const id = z.string().min(1).max(200);

/** A number with its interval, or why there is none. */
const estimateSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    value: z.number(),
    interval: z.object({ lower: z.number(), upper: z.number() }),
    level: z.number(),
    n: z.number(),
    method: z.string(),
  }),
  z.object({ ok: z.literal(false), reason: z.string() }),
]);

export const experimentEntrySchema = z.object({
  document: experimentSchema,
  state: z.enum(['planned', 'running', 'stopped']),
  created_at: timeSchema,
  started_at: timeSchema.nullable(),
  stopped_at: timeSchema.nullable(),
});

export const experimentsSchema = z.object({ experiments: z.array(experimentEntrySchema) });

const role = z.enum(['success', 'guardrail', 'watch']);

export const experimentPowerSchema = z.object({
  users: z.number().int(),
  metrics: z.array(
    z.object({
      metric: z.string(),
      role,
      mean: z.number(),
      variance: z.number(),
      variance_left: z.number(),
      /** Least relative change seen with the power asked for, at the planned units. */
      detectable: z.number(),
      needed: z.number().nullable(),
      curve: z.array(z.object({ change: z.number(), power: z.number() })),
    }),
  ),
  unknown: z.array(z.object({ metric: z.string(), reason: z.string() })),
  advice: z.string().nullable(),
  sql: z.string(),
});

const checkSchema = z.object({
  check: z.string(),
  state: z.enum(['passed', 'warning', 'failed', 'not_possible']),
  p_value: z.number().nullable(),
  says: z.string(),
});

const metricSchema = z.object({
  metric: z.string(),
  role,
  better: z.enum(['up', 'down']),
  margin: z.number().nullable(),
  alpha: z.number(),
  variance_left: z.number(),
  arms: z.array(z.object({ arm: z.string(), estimate: estimateSchema })),
  changes: z.array(
    z.object({ arm: z.string(), absolute: estimateSchema, relative: estimateSchema, p_value: z.number().nullable() }),
  ),
  /** When a cut was declared: the control's mean without and with it, each difference without it, and all that in words. */
  cut: z
    .object({
      control_uncut: z.number().nullable(),
      control_cut: z.number().nullable(),
      arms: z.array(z.object({ arm: z.string(), uncut: estimateSchema })),
      says: z.string(),
    })
    .nullable(),
});

const sliceReportSchema = z.object({
  column: z.string(),
  metric: z.string(),
  arm: z.string(),
  /** p-value that the effect is the same everywhere. */
  heterogeneity: z.number().nullable(),
  slices: z.array(
    z.object({
      slice: z.string(),
      units: z.number().int(),
      effect: estimateSchema,
      /** Pulled towards the mean of all slices by as much as slices differ by chance. */
      shrunken: estimateSchema,
      /** Adjusted by Holm. */
      p_value: z.number().nullable(),
    }),
  ),
  too_small: z.array(z.string()),
});

/** A success metric at each look: relative change, with the interval that holds at all looks at once. */
const lookPathSchema = z.object({
  metric: z.string(),
  arm: z.string(),
  looks: z.array(z.object({ units: z.number().int(), at: timeSchema, relative: estimateSchema })),
});

/** A switchback by the test over the draws of arms that could have been made. */
const randomizationSchema = z.object({
  metric: z.string(),
  arm: z.string(),
  periods: z.number().int(),
  draws: z.number().int(),
  exact: z.boolean(),
  p_value: z.number().nullable(),
  effect: estimateSchema,
});

export const experimentAnalysisSchema = z.object({
  until: timeSchema,
  users: z.number().int(),
  arms: z.array(z.object({ arm: z.string(), assigned: z.number().int(), exposed: z.number().int() })),
  planned_units: z.number().int(),
  allocation: z
    .object({
      alpha: z.number(),
      alpha_success: z.number(),
      alpha_guardrail: z.number(),
      beta: z.number(),
      beta_each: z.number(),
    })
    .nullable(),
  checks: z.array(checkSchema),
  metrics: z.array(metricSchema),
  slices: z.array(sliceReportSchema),
  path: z.array(lookPathSchema),
  randomization: z.array(randomizationSchema),
  verdicts: z.array(
    z.object({
      arm: z.string(),
      decision: z.enum(['ship', 'do_not_ship', 'not_enough_data', 'cannot_be_trusted']),
      sentence: z.string(),
    }),
  ),
  advice: z.string().nullable(),
  sql: z.string(),
});

export const armQuerySchema = z.object({
  session_id: id.optional(),
  device: z.enum(DEVICES).optional(),
  surface: z.enum(SURFACES).optional(),
  /** Value of the attribute that the document's `cluster_by` names. */
  cluster: id.optional(),
});

export const armSchema = z.object({
  experiment: z.string(),
  /** Null when the unit takes no part, with the reason. */
  arm: z.string().nullable(),
  value: z.unknown().optional(),
  unit: z.string().nullable(),
  reason: z.enum(['held_out', 'other_part_of_layer', 'not_eligible', 'no_unit', 'not_running']).nullable(),
});

export type ExperimentEntry = z.output<typeof experimentEntrySchema>;
export type ExperimentPower = z.output<typeof experimentPowerSchema>;
export type ExperimentAnalysis = z.output<typeof experimentAnalysisSchema>;
export type ExperimentMetric = ExperimentAnalysis['metrics'][number];
export type SliceReport = ExperimentAnalysis['slices'][number];
export type LookPath = ExperimentAnalysis['path'][number];
export type EffectEstimate = z.output<typeof estimateSchema>;
export type Arm = z.output<typeof armSchema>;
