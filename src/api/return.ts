/** Who comes back: by cohort, calendar week and tenure. */

import { z } from 'zod';
import { estimateSchema } from './metrics.ts';
import { timeSchema } from './parts.ts';

export const RETURN_BY = ['cohort', 'calendar', 'tenure'] as const;

export const returnQuerySchema = z.object({
  by: z.enum(RETURN_BY).default('calendar'),
  /** Days within which a next one counts as a return; not used by cohort. */
  horizon: z.coerce.number().int().min(1).max(365).default(28),
  /** First day and the day after the last, UTC; all there is unless given. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  level: z.coerce.number().gt(0).lt(1).default(0.95),
});

export const returnSchema = z.object({
  by: z.enum(RETURN_BY),
  horizon: z.number().int(),
  users: z.number().int(),
  rows: z.array(
    z.object({
      /** Monday of the week (of the first visit, for a cohort); null by tenure. */
      week_of: z.iso.date().nullable(),
      /** Weeks since the first visit; null by calendar. */
      week: z.number().int().nullable(),
      returned: estimateSchema,
    }),
  ),
  /** Null when a file was read. */
  sql: z.string().nullable(),
});

export const diversityQuerySchema = z.object({
  /** Days after the window within which a play counts as a return. */
  horizon: returnQuerySchema.shape.horizon,
  level: returnQuerySchema.shape.level,
  /** An experiment whose arms moved what was played: its arm is the instrument. */
  experiment: z.string().min(1).max(64).optional(),
});

export const diversitySchema = z.object({
  /** End of the 28 days of plays that diversity is of. */
  moment: timeSchema,
  horizon: z.number().int(),
  experiment: z.string().nullable(),
  users: z.number().int(),
  /** Fewer than ten plays of what the model knows. */
  too_few_plays: z.number().int(),
  /** Fifths of the users by diversity (1 - GS), the least diverse first. */
  parts: z.array(z.object({ diversity: z.number(), users: z.number().int(), returned: estimateSchema })),
  /** Of a tenth more of diversity on the share that returns; null with the reason in words. */
  claim: z
    .object({
      status: z.enum(['not_causal', 'causal_if_instrument_holds']),
      says: z.string(),
      plain: estimateSchema,
      adjusted: estimateSchema,
      instrument: estimateSchema.nullable(),
      first_stage_f: z.number().nullable(),
      e_value: z.object({ value: z.number(), interval: z.number() }).nullable(),
      negative_control: estimateSchema.nullable(),
    })
    .nullable(),
  reason: z.string().nullable(),
  sql: z.string(),
});

export type DiversityWire = z.output<typeof diversitySchema>;
export type ReturnWire = z.output<typeof returnSchema>;
