/** Parts that several answers share. All of it is wire form: snake_case, times as ISO 8601 in UTC. */

import { z } from 'zod';
import { CANDIDATE_SOURCES, ITEM_TYPES } from '#domain';

export const timeSchema = z.iso.datetime();

export const itemSummarySchema = z.object({
  item_id: z.string(),
  type: z.enum(ITEM_TYPES),
  title: z.string(),
  artist: z.string().nullable(),
  artist_id: z.string().nullable(),
  album: z.string().nullable(),
  tags: z.array(z.string()),
  duration_ms: z.number().int().nullable(),
  audio_url: z.string().nullable(),
  image_url: z.string().nullable(),
});

export const explanationSchema = z.object({
  /** The sentence shown to the listener; true when the slate was served. */
  text: z.string(),
  /** Name of the predicate that was checked. */
  claim: z.string(),
  /** The facts it rests on. */
  evidence: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const cardSchema = z.object({
  shelf: z.string(),
  row: z.number().int(),
  slot: z.number().int(),
  item: itemSummarySchema,
  score: z.number(),
  /** Probability of this item at this slot given all slots before it. */
  propensity: z.number().min(0).max(1),
  explored: z.boolean(),
  source: z.enum(CANDIDATE_SOURCES),
  stage: z.string(),
  /** Null where nothing true and useful could be said. */
  explanation: explanationSchema.nullable(),
});

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  request_id: z.string(),
  remedy: z.string(),
  errors: z.array(z.object({ field: z.string(), reason: z.string() })),
});

export type ItemSummary = z.output<typeof itemSummarySchema>;
export type Card = z.output<typeof cardSchema>;
export type Problem = z.output<typeof problemSchema>;
/** A day, or a time with its offset. */
export const momentSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
