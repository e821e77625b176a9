/** Home, weekly discovery, radio, and the account of why. */

import { z } from 'zod';
import { SURFACES } from '#domain';
import { cardSchema, explanationSchema, itemSummarySchema, timeSchema } from './parts.ts';

/**
 * What the answer rests on: listeners like you, only what the items are, only what is popular, or nothing learned yet; unknown of
 * slates made elsewhere.
 */
export const BASES = ['collaborative', 'content_only', 'popularity_only', 'untrained', 'unknown'] as const;

export const shelfSchema = z.object({
  shelf: z.string(),
  title: z.string(),
  /** The listener's need that this shelf serves, in words. */
  need: z.string(),
  /** Familiar: played before; discovery: new to the listener; mixed: both. */
  character: z.enum(['familiar', 'discovery', 'mixed']),
  asked: z.number().int(),
  /** Why there are fewer cards than asked; null when full. */
  short_because: z.string().nullable(),
  cards: z.array(cardSchema),
});

export const slateSchema = z.object({
  slate_id: z.string(),
  user_id: z.string(),
  surface: z.enum(SURFACES),
  created_at: timeSchema,
  /** False when the earlier slate still stands: nothing has happened that would change it. */
  fresh: z.boolean(),
  basis: z.enum(BASES),
  /** Version of the models that scored. */
  model: z.string(),
  policy: z.string(),
  seed: z.string(),
  /** Share of slots meant for exploration. */
  exploration: z.number(),
  /** Natural logarithm of the probability of this slate. */
  log_propensity: z.number(),
  fallback: z.string().nullable(),
  /** Things the listener should know in words, e.g. why the list is short. */
  notices: z.array(z.string()),
  /** Experiments that it was decided by, with the listener's arms; empty for who is in none. */
  experiments: z.array(z.object({ experiment: z.string(), arm: z.string() })),
  shelves: z.array(shelfSchema),
});

/** By which a unit of an experiment is found that is no user. */
const unit = {
  session_id: z.string().min(1).max(200).optional(),
  /** Value of the attribute that units of an experiment are clustered by. */
  cluster: z.string().min(1).max(200).optional(),
  device: z.string().max(20).optional(),
};

export const homeQuerySchema = z.object({
  ...unit,
  /** Make a new page even if nothing has happened. */
  refresh: z.stringbool().default(false),
  /** IANA name; remembered for the listener's local time. */
  time_zone: z.string().max(64).optional(),
});

export const weeklyQuerySchema = z.object({
  ...unit,
  time_zone: z.string().max(64).optional(),
  length: z.coerce.number().int().min(1).max(100).default(30),
});

export const radioQuerySchema = z.object({
  ...unit,
  /** Item to start from; without it the running session leads. */
  seed_item: z.string().min(1).max(200).optional(),
  count: z.coerce.number().int().min(1).max(50).default(10),
  time_zone: z.string().max(64).optional(),
});

export const whySchema = z.object({
  slate_id: z.string(),
  item: itemSummarySchema,
  shelf: z.string(),
  slot: z.number().int(),
  explanation: explanationSchema.nullable(),
  /** From context to card, one sentence a step. */
  account: z.array(z.object({ step: z.string(), text: z.string() })),
  source: z.string(),
  stage: z.string(),
  score: z.number(),
  /** What in the listener's history brought the score, largest first; shares of the score. */
  contributions: z.array(z.object({ item: itemSummarySchema, share: z.number() })),
  explored: z.boolean(),
  propensity: z.number(),
  log_propensity: z.number(),
  /** How many items could be drawn at this slot; null of slates made elsewhere. */
  choices: z.number().int().nullable(),
  /** What was left out before the choice, by reason. */
  filtered: z.record(z.string(), z.number().int()),
  fallback: z.string().nullable(),
  basis: z.enum(BASES),
  model: z.string(),
  policy: z.string(),
  seed: z.string(),
});

export type Slate = z.output<typeof slateSchema>;
export type Shelf = z.output<typeof shelfSchema>;
export type Why = z.output<typeof whySchema>;
