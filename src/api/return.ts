/** Who comes back: by cohort, calendar week and tenure. */

import { z } from 'zod';
import { estimateSchema } from './metrics.ts';

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

export type ReturnWire = z.output<typeof returnSchema>;
