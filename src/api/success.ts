/** Definitions of success: the map, one of them, what came of units, and the editor's questions. */

import { z } from 'zod';
import { estimateSchema } from './metrics.ts';
import { momentSchema, timeSchema } from './parts.ts';
import { watchSchema } from './studio.ts';

const label = z.enum(['achieved', 'failed', 'unknown']);
const words = z.array(z.string()).nullable();

export const definitionRowSchema = z.object({
  name: z.string(),
  version: z.number().int(),
  question: z.string(),
  unit: z.string(),
  horizon: z.string(),
  /** Null: any. */
  holds_for: z.object({ surface: words, intent: words, device: words, item_type: words }),
  /** Shipped with the engine, or kept in the data folder. */
  origin: z.enum(['shipped', 'own']),
  /** The newest of its name: the one that decides. */
  decides: z.boolean(),
});

export const successMapSchema = z.object({
  definitions: z.array(definitionRowSchema),
  /** Every surface, intent and device with the definitions that decide there, one a kind of unit; none is a gap. */
  cells: z.array(
    z.object({ surface: z.string(), intent: z.string(), device: z.string(), definitions: z.array(z.string()) }),
  ),
  /** Definitions that are equally specific somewhere, in words. */
  ties: z.array(z.string()),
});

const reasonSchema = z.object({
  clause: z.enum(['achieved', 'failed', 'unknown']),
  /** As it is written. */
  text: z.string(),
  /** Null: it could not be decided. */
  is: z.boolean().nullable(),
  /** With the numbers it rests on, in words. */
  words: z.string(),
});

const timelineSchema = z.array(
  z.object({
    event_id: z.string(),
    list: z.string(),
    /** Milliseconds since the unit began. */
    at: z.number(),
    lasts_ms: z.number(),
    words: z.string(),
    deciding: z.boolean(),
  }),
);

const outcomeSchema = z.object({
  label,
  value: z.number().nullable(),
  effort: z.number().nullable(),
  mature: z.boolean(),
  evidence: z.array(z.string()),
});

export const unitOutcomeSchema = outcomeSchema.extend({
  unit_id: z.string(),
  user_id: z.string(),
  start: timeSchema,
  surface: z.string().nullable(),
  intent: z.string().nullable(),
  device: z.string().nullable(),
  reasons: z.array(reasonSchema),
  /** Empty unless asked for. */
  timeline: timelineSchema,
});

const clause = z.string().nullable();

export const definitionSchema = z.object({
  row: definitionRowSchema,
  versions: z.array(z.number().int()),
  rationale: z.string(),
  lets: z.array(z.object({ name: z.string(), text: z.string() })),
  clauses: z.object({ unknown: clause, failed: clause, achieved: z.string(), value: z.string(), effort: clause }),
  polarity: z.record(z.string(), z.enum(['up', 'down', 'free'])),
  examples: z.array(
    z.object({
      title: z.string(),
      outcome: outcomeSchema,
      reasons: z.array(reasonSchema),
      timeline: timelineSchema,
      /** Where it comes out otherwise than it says. */
      differences: z.array(z.string()),
    }),
  ),
  source: z.string(),
  sql: z.string(),
});

export const outcomesSchema = z.object({
  definition: z.string(),
  version: z.number().int(),
  engine: z.enum(['stream', 'sql']),
  from: timeSchema,
  to: timeSchema,
  summary: z.object({
    units: z.number().int(),
    users: z.number().int(),
    immature: z.number().int(),
    labels: z.object({ achieved: z.number().int(), failed: z.number().int(), unknown: z.number().int() }),
    success_rate: estimateSchema,
    value: estimateSchema,
  }),
  /** By the day (UTC) the units began, oldest first; mature ones. */
  per_day: z.array(
    z.object({
      day: z.string(),
      achieved: z.number().int(),
      failed: z.number().int(),
      unknown: z.number().int(),
      success_rate: estimateSchema,
    }),
  ),
  /** Newest first, as many as were asked for. */
  units: z.array(unitOutcomeSchema),
  sql: z.string(),
});

export const findingSchema = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  end_line: z.number().int(),
  end_column: z.number().int(),
});

export const checkAnswerSchema = z.object({
  findings: z.array(findingSchema),
  /** Null when there are errors. */
  definition: definitionRowSchema.nullable(),
});

export const previewSchema = z.object({
  before: z.string(),
  after: z.string(),
  units: z.number().int(),
  moves: z.array(z.object({ from: label, to: label, units: z.number().int() })),
  value_changed: z.number().int(),
  changes: z.array(
    z.object({
      unit_id: z.string(),
      user_id: z.string(),
      before: outcomeSchema,
      after: outcomeSchema,
      because_before: z.array(reasonSchema),
      because_after: z.array(reasonSchema),
    }),
  ),
});

const range = {
  /** The last 28 days when left out. */
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  /** Listeners at most, those with the latest events that such a unit begins with first. */
  listeners: z.coerce.number().int().min(1).max(1_000_000).default(200),
  /** One listener alone. */
  user_id: z.string().min(1).max(200).optional(),
  watch: watchSchema.optional(),
};

export const outcomesQuerySchema = z.object({
  ...range,
  engine: z.enum(['stream', 'sql']).default('stream'),
  /** Units told one by one. */
  limit: z.coerce.number().int().min(0).max(1_000_000).default(50),
  /** The limit is of achieved, failed, unknown and immature ones each. */
  each_label: z.stringbool().default(false),
  timeline: z.stringbool().default(false),
});
export const previewQuerySchema = z.object({ ...range, against: z.string().min(1).max(100) });

export type DefinitionRow = z.output<typeof definitionRowSchema>;
export type DefinitionPage = z.output<typeof definitionSchema>;
export type SuccessMap = z.output<typeof successMapSchema>;
export type UnitOutcomeWire = z.output<typeof unitOutcomeSchema>;
export type OutcomesAnswer = z.output<typeof outcomesSchema>;
export type CheckAnswer = z.output<typeof checkAnswerSchema>;
export type PreviewAnswer = z.output<typeof previewSchema>;
