/** Policies replayed against the log: what another one would have earned. */

import { z } from 'zod';
import { CANDIDATE_SOURCES, NAMED_POLICIES, SURFACES } from '#domain';
import { estimateSchema } from './metrics.ts';
import { momentSchema } from './parts.ts';
import { watchSchema } from './studio.ts';

/** What a card earns when no success is named. */
export const POLICY_REWARDS = ['played', 'listened_30s'] as const;

/** Standard deviations of a shelf's scores. */
const points = z.number().min(-100).max(100);

/**
 * What a policy under trial does otherwise than the one that made the slates; what is not named stays as logged. What an arm
 * of an experiment sets has the same names, so that it can be tried on the log first.
 */
export const policyDocumentSchema = z
  .strictObject({
    /** As reports call it. */
    title: z.string().min(1).max(100).optional(),
    name: z.enum(NAMED_POLICIES).optional(),
    /** Share of slots meant for exploration, the same for every listener. */
    exploration: z.number().min(0).max(1).optional(),
    /** Times each listener's own share, in place of one for all. */
    exploration_factor: z.number().min(0).max(10).optional(),
    /** The plausible band: the best so many times the slots. */
    band: z.number().min(1).max(50).optional(),
    /** Cards of one artist on a shelf, and cards between two of them. */
    per_artist: z.number().int().min(1).max(50).optional(),
    artist_gap: z.number().int().min(0).max(50).optional(),
    /** Slots of a shelf before this one (from 0) are not explored. */
    explore_from: z.number().int().min(0).max(100).optional(),
    /** Points that order the logged candidates of a shelf anew; added up. */
    scoring: z
      .strictObject({
        score: points.optional(),
        sources: z.partialRecord(z.enum(CANDIDATE_SOURCES), points).optional(),
        stages: z.record(z.string().min(1), points).optional(),
        tags: z.record(z.string().min(1), points).optional(),
        per_year: points.optional(),
      })
      .optional(),
  })
  .superRefine(({ name, exploration, exploration_factor }, context) => {
    const shares = Object.entries({ name, exploration, exploration_factor }).filter(([, value]) => value !== undefined);
    if (shares.length < 2) return;
    const message = `expected one of ${shares.map(([field]) => field).join(' and ')}: each sets the exploration`;
    context.addIssue({ code: 'custom', path: [shares.at(-1)![0]], message });
  });

export const policyQuerySchema = z.object({
  surface: z.enum(SURFACES).default('home'),
  /** `played` when neither this nor a success is named. */
  reward: z.enum(POLICY_REWARDS).optional(),
  /** A definition of success, by name or name@version: a card earns the value of what it led to. */
  success: z.string().min(1).max(100).optional(),
  /** Slates made from this day or time on, and before that one. */
  from: momentSchema.optional(),
  to: momentSchema.optional(),
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
      /** Mean probability of a shelf with a card that the log's policy could never have placed there. */
      outside: z.number(),
      trust: z.object({ level: z.enum(['yes', 'careful', 'no']), sentence: z.string() }),
    })
    .nullable(),
});

export const policyReplaySchema = z.object({
  policy: policyDocumentSchema,
  /** What a card earned: played, listened_30s, or the definition with its version. */
  reward: z.string(),
  slates: z.number().int(),
  /** Slates whose logged probabilities come out of their candidates again; only these count. */
  replayed: z.number().int(),
  left_out: z.array(z.object({ reason: z.string(), slates: z.number().int(), words: z.string() })),
  /** Units of success credited to cards, and those of unknown success: these earn nothing. */
  units: z.number().int(),
  unknown: z.number().int(),
  slices: z.array(policySliceSchema),
  sql: z.string(),
});

export const downstreamQuerySchema = z.object({
  surface: z.enum(SURFACES).default('home'),
  /** Slates made from this day or time on, and before that one. */
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  /** Newest slates that are looked at. */
  limit: z.coerce.number().int().min(1).max(5000).default(2000),
  level: z.coerce.number().gt(0).lt(1).default(0.95),
  watch: watchSchema.optional(),
});

export const downstreamSchema = z.object({
  /** At least a week old. */
  slates: z.number().int(),
  /** Slates whose logged probabilities come out of their candidates again; only these count. */
  replayed: z.number().int(),
  left_out: z.array(z.object({ reason: z.string(), slates: z.number().int(), words: z.string() })),
  /** Cards that chance alone placed, and those of them that were looked at. */
  cards: z.number().int(),
  looked_at: z.number().int(),
  listeners: z.number().int(),
  /** Items that chance passed over, once a slate. */
  passed_over: z.number().int(),
  acts: z.array(
    z.object({
      act: z.string(),
      /** Acts a card, credited to the last impression; and shared by place. */
      last_touch: estimateSchema,
      by_place: estimateSchema,
      /** Acts toward items that chance placed, and passed over, whatever led to them. */
      placed: estimateSchema,
      passed_over: estimateSchema,
      /** Their difference: what a card added. */
      incremental: estimateSchema,
    }),
  ),
  sql: z.string(),
});

export type DownstreamWire = z.output<typeof downstreamSchema>;
export type PolicyDocument = z.output<typeof policyDocumentSchema>;
export type PolicyReplayWire = z.output<typeof policyReplaySchema>;
export type PolicySliceWire = z.output<typeof policySliceSchema>;
