/** What is known of a listener, and how they take it with them or erase it. */

import { z } from 'zod';
import { DAYPARTS } from '#domain';
import { itemSummarySchema, timeSchema } from './parts.ts';

const played = z.object({ item: itemSummarySchema, plays: z.number().int(), last_at: timeSchema.nullable() });

export const profileSchema = z.object({
  user_id: z.string(),
  time_zone: z.string().nullable(),
  plays: z.number().int(),
  listens: z.number().int(),
  /** Time listened where it is known; null when no play says how long it was. */
  listened_ms: z.number().int().nullable(),
  first_at: timeSchema.nullable(),
  last_at: timeSchema.nullable(),
  top_artists: z.array(z.object({ artist_id: z.string(), name: z.string(), plays: z.number().int() })),
  top_items: z.array(played),
  top_tags: z.array(z.object({ tag: z.string(), share: z.number() })),
  /** Share of plays with known time per part of the local day; empty when no times are known. */
  dayparts: z.array(z.object({ daypart: z.enum(DAYPARTS), share: z.number() })),
  /** Plays per calendar month, YYYY-MM, oldest first. */
  months: z.array(z.object({ month: z.string(), plays: z.number().int() })),
  breadth: z.object({
    artists: z.number().int(),
    /** Generalist–specialist score in [0, 1], low is broad; null when too little is known. */
    generalist_specialist: z.number().nullable(),
    words: z.string(),
  }),
  exploration: z.object({
    /** Share of slots given to exploration for this listener. */
    share: z.number(),
    words: z.string(),
  }),
  liked: z.array(itemSummarySchema),
  disliked: z.array(itemSummarySchema),
  hidden: z.array(itemSummarySchema),
});

export const erasureSchema = z.object({
  user_id: z.string(),
  /** Rows removed per place: each table, journal, memory. */
  removed: z.record(z.string(), z.number().int()),
  /** Rows that are left anywhere after looking again: always 0 in a good answer. */
  left: z.number().int(),
});

export const itemPageSchema = z.object({
  item: itemSummarySchema,
  external_ids: z.array(z.string()),
  released_on: z.string().nullable(),
  /** Listeners with at least one listen. */
  listeners: z.number().int(),
  plays: z.number().int(),
  /** Of the user asked for; null when none was. */
  yours: z
    .object({
      plays: z.number().int(),
      first_at: timeSchema.nullable(),
      last_at: timeSchema.nullable(),
      feeling: z.enum(['liked', 'disliked', 'hidden']).nullable(),
    })
    .nullable(),
  similar: z.array(z.object({ item: itemSummarySchema, score: z.number(), stage: z.string() })),
  more_by_artist: z.array(itemSummarySchema),
});

export type Profile = z.output<typeof profileSchema>;
export type Erasure = z.output<typeof erasureSchema>;
export type ItemPage = z.output<typeof itemPageSchema>;
