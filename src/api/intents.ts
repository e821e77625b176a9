/** What posteriors over intents rest on, and how well they agree with what listeners say. */

import { z } from 'zod';
import { INTENTS } from '#domain';
import { estimateSchema } from './metrics.ts';
import { timeSchema } from './parts.ts';

export const reliabilitySchema = z.object({
  /** Answers. */
  n: z.number().int(),
  bins: z.array(
    z.object({
      /** Bounds of the probability given. */
      from: z.number(),
      to: z.number(),
      n: z.number().int(),
      /** Mean of what was given, and the share that came true. */
      predicted: z.number(),
      observed: estimateSchema,
    }),
  ),
  /** Expected calibration error, in [0, 1]. */
  ece: estimateSchema,
  /** What a perfectly calibrated posterior stays below in 95 of 100 sets of answers as large. */
  ece_by_chance: z.number().nullable(),
});

export const calibrationSchema = z.object({
  n: z.number().int(),
  listeners: z.number().int(),
  /** Nats an answer. */
  log_loss: z.number(),
  /** Of the most probable intent. */
  top: reliabilitySchema,
  intents: z.array(
    reliabilitySchema.extend({
      intent: z.enum(INTENTS),
      /** Answers that name it. */
      named: z.number().int(),
      /** Why little can be said of it; null where enough answers name it. */
      words: z.string().nullable(),
    }),
  ),
});

export const intentsSchema = z.object({
  /** What posteriors rest on now. */
  basis: z.enum(['rules', 'learned']),
  because: z.enum(['learned', 'too_few_answers', 'no_better_than_rules']),
  words: z.string(),
  answers: z.number().int(),
  listeners: z.number().int(),
  /** Answers left out: the probability of being asked is not known, or they are about no session. */
  without_probability: z.number().int(),
  without_session: z.number().int(),
  trained_at: timeSchema.nullable(),
  /** Of the rules, and of models judged on listeners they have not seen. */
  calibration: z.object({ rules: calibrationSchema, learned: calibrationSchema }).nullable(),
  /** The query that answers and the evidence of their sessions are read with. */
  sql: z.string(),
});

export type ReliabilityWire = z.output<typeof reliabilitySchema>;
export type CalibrationWire = z.output<typeof calibrationSchema>;
export type IntentsWire = z.output<typeof intentsSchema>;
