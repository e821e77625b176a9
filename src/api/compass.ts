/** Which metrics predict return: cards, a matrix by intent, weights of the proxy by test size, disagreements. */

import { z } from 'zod';
import { estimateSchema } from './metrics.ts';
import { timeSchema } from './parts.ts';

const name = z.string().min(1).max(200);

export const compassQuerySchema = z.object({
  /** The long-term metric; the one read latest unless given. */
  outcome: name.optional(),
  /** The metric whose gains may hide a loss; the most sensitive one unless given. */
  quick: name.optional(),
});

const flagSchema = z.object({
  kind: z.enum(['up_while_outcome_down', 'easy_to_move_says_little', 'points_the_other_way']),
  experiments: z.array(z.string()),
});

const cardSchema = z.object({
  metric: z.string(),
  sensitivity: estimateSchema,
  mean_absolute_z: z.number().nullable(),
  false_alarms: estimateSchema,
  direction_agreement: estimateSchema,
  latency_days: z.number().nullable(),
  slope: estimateSchema,
  plain_slope: z.number().nullable(),
  surrogacy: estimateSchema,
  beats_direct_below: z.object({
    units: z.number().nullable(),
    reason: z.enum(['never', 'always', 'unknown']).nullable(),
  }),
  drift: z.object({ difference: estimateSchema, moved: z.boolean() }).nullable(),
  flags: z.array(flagSchema),
});

const corpusSchema = z.object({
  experiments: z.number().int(),
  aa: z.number().int(),
  metrics: z.array(z.string()),
  /** When the corpus was put; null when only experiments of this engine are there. */
  saved_at: timeSchema.nullable(),
  /** Ended experiments of this engine among them. */
  archived: z.number().int(),
  /** Ended experiments that cannot be analysed any more, with the reason in words. */
  left_out: z.array(z.object({ experiment: z.string(), reason: z.string() })),
});

export const compassSchema = z.object({
  /** Null while there is no corpus: nothing else is there then. */
  corpus: corpusSchema.nullable(),
  noise: z.enum(['a/a tests', 'given', 'taken for independent']),
  outcome: z.string(),
  quick: z.string(),
  cards: z.array(cardSchema),
  matrix: z.array(
    z.object({
      metric: z.string(),
      /** Null for all intents together. */
      intent: z.string().nullable(),
      n: z.number().int(),
      slope: estimateSchema,
      surrogacy: estimateSchema,
    }),
  ),
  proxies: z.array(z.string()),
  sizes: z.array(
    z.object({
      n: z.number(),
      shares: z.array(z.number()).nullable(),
      correlation: z.number().nullable(),
      direct: z.number(),
    }),
  ),
  disagreements: z.array(
    z.object({ experiment: z.string(), z: z.number(), probability_worse: z.number(), expected_effect: z.number() }),
  ),
  /** Decisions by all metrics together (metric null) and by each alone, against those by the measured outcome. */
  validation: z.array(
    z.object({
      metric: z.string().nullable(),
      experiments: z.number().int(),
      agreement: estimateSchema,
      recall: estimateSchema,
      precision: estimateSchema,
      contradictions: estimateSchema,
    }),
  ),
});

export const corpusReceiptSchema = z.object({
  rows: z.number().int(),
  experiments: z.number().int(),
  metrics: z.array(z.string()),
});

export type CompassWire = z.output<typeof compassSchema>;
