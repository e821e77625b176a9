/** Policies replayed against the log: what another one would have earned. */

import { z } from 'zod';
import { SURFACES } from '#domain';
import { estimateSchema } from './metrics.ts';

/** What a card earns. */
export const POLICY_REWARDS = ['played', 'listened_30s'] as const;

export const policyQuerySchema = z.object({
  surface: z.enum(SURFACES).default('home'),
  reward: z.enum(POLICY_REWARDS).default('played'),
  /** Times each listener's own share of exploration; 0 for none. */
  exploration_factor: z.coerce.number().min(0).max(10).default(0.5),
  /** The plausible band, as a multiple of the slots; left as it was unless given. */
  band_factor: z.coerce.number().min(1).max(10).optional(),
  /** Newest slates that are looked at. */
  limit: z.coerce.number().int().min(1).max(5000).default(1000),
  level: z.coerce.number().gt(0).lt(1).default(0.95),
});

export const policySliceSchema = z.object({
  by: z.enum(['all', 'device', 'intent']),
  value: z.string(),
  slates: z.number().int(),
  /** Null when no shelf could be replayed. */
  report: z
    .object({
      shelves: z.number().int(),
      /** Rewards a shelf, as logged. */
      logged: estimateSchema,
      estimates: z.array(z.object({ name: z.string(), title: z.string(), estimate: estimateSchema })),
      /** By slot from 1: how many shelves the weights of the slots down to it are worth. */
      by_slot: z.array(z.object({ slot: z.number().int(), effective_size: z.number(), mean_weight: z.number() })),
      trust: z.object({ level: z.enum(['yes', 'careful', 'no']), sentence: z.string() }),
    })
    .nullable(),
});

export const policyReplaySchema = z.object({
  slates: z.number().int(),
  /** Slates whose logged probabilities come out of their candidates again; only these count. */
  replayed: z.number().int(),
  slices: z.array(policySliceSchema),
  sql: z.string(),
});

export type PolicyReplayWire = z.output<typeof policyReplaySchema>;
export type PolicySliceWire = z.output<typeof policySliceSchema>;
