/** Events and catalogue items in. */

import { z } from 'zod';
import { EVENT_SCHEMAS, type EventKind } from '#domain';

const kinds = Object.keys(EVENT_SCHEMAS) as EventKind[];
const [first, ...others] = kinds.map((kind) => EVENT_SCHEMAS[kind].extend({ type: z.literal(kind) }));

/** One event on the wire: `type` names the kind, fields the schema does not know are kept. */
export const eventSchema = z.discriminatedUnion('type', [first!, ...others]);

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
