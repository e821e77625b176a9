/** Events and catalogue items in. */

import { z } from 'zod';

export const receiptSchema = z.object({
  index: z.number().int(),
  outcome: z.enum(['accepted', 'repeated', 'refused']),
  /** Only of refused entries: which fields, and why. */
  errors: z.array(z.object({ field: z.string(), reason: z.string() })).optional(),
});

/** One receipt per entry, in order: a bad entry never takes the good ones beside it down. */
export const receiptsSchema = z.object({
  accepted: z.number().int(),
  repeated: z.number().int(),
  refused: z.number().int(),
  results: z.array(receiptSchema),
});

export type Receipts = z.output<typeof receiptsSchema>;
