/** For those who run it: what is in here, what was decided, imports, training, the playground. */

import { z } from 'zod';
import { SURFACES } from '#domain';
import { timeSchema } from './parts.ts';
import { slateSchema } from './slates.ts';

export const IMPORT_FORMATS = ['spotify', 'listenbrainz', 'lastfm', 'plays', 'items'] as const;

export const progressSchema = z.object({ done: z.number(), total: z.number().nullable(), unit: z.string() });

/** A name of the asker's own for a question that may take long: how far it is can be asked by it. */
export const watchSchema = z.string().min(1).max(64);
export const watchQuerySchema = z.object({ watch: watchSchema });
/** Null when no question of that name is being answered. */
export const watchedSchema = z.object({ progress: progressSchema.nullable() });

export const importReportSchema = z.object({
  format: z.enum(IMPORT_FORMATS),
  files: z.number().int(),
  rows: z.number().int(),
  taken: z.number().int(),
  repeated: z.number().int(),
  dropped: z.record(z.string(), z.number().int()),
  noted: z.record(z.string(), z.number().int()),
  dead_letters: z.object({ count: z.number().int(), path: z.string().nullable() }),
  first_at: timeSchema.nullable(),
  last_at: timeSchema.nullable(),
  users: z.number().int(),
  items: z.number().int(),
  seconds: z.number(),
});

export const importJobSchema = z.object({
  import_id: z.string(),
  format: z.enum(IMPORT_FORMATS),
  file_name: z.string(),
  user_id: z.string(),
  state: z.enum(['running', 'learning', 'done', 'failed']),
  progress: progressSchema,
  report: importReportSchema.nullable(),
  /** In words, when it failed. */
  error: z.string().nullable(),
});

export const importQuerySchema = z.object({
  /** Without it the format is told from the file. */
  format: z.enum(IMPORT_FORMATS).optional(),
  file_name: z.string().min(1).max(300),
  user_id: z.string().min(1).max(200).default('me'),
});

export const statusSchema = z.object({
  /** Empty: no listener data; playground: only the made-up world; live: real data (the playground may still stand beside). */
  data: z.enum(['empty', 'playground', 'live']),
  playground: z.enum(['absent', 'making', 'present']),
  playground_progress: progressSchema.nullable(),
  training: z.enum(['idle', 'running', 'failed']),
  training_progress: progressSchema.nullable(),
  /** Who Listen shows when nobody is chosen; null when there is nobody. */
  default_user: z.string().nullable(),
  needs_key: z.boolean(),
  version: z.string(),
});

export const modelSchema = z.object({
  version: z.string(),
  trained_at: timeSchema,
  models: z.array(z.string()),
  users: z.number().int(),
  items: z.number().int(),
  interactions: z.number().int(),
  seconds: z.number(),
  basis: z.enum(['collaborative', 'content_only', 'popularity_only']),
  /** Why models are missing, in words. */
  notes: z.array(z.string()),
});

export const overviewSchema = z.object({
  listeners: z.number().int(),
  items: z.number().int(),
  events: z.array(z.object({ kind: z.string(), rows: z.number().int(), last_at: timeSchema.nullable() })),
  /** By day and kind, days in UTC, oldest first. */
  per_day: z.array(z.object({ day: z.string(), kind: z.string(), events: z.number().int() })),
  freshness: z.object({
    /** Acknowledged but not yet in the warehouse. */
    lag_records: z.number().int(),
    last_event_at: timeSchema.nullable(),
    warehouse: z.enum(['ok', 'away']),
  }),
  dead_letters: z.number().int(),
  model: modelSchema.nullable(),
  sql: z.record(z.string(), z.string()),
});

export const slateRowSchema = z.object({
  slate_id: z.string(),
  user_id: z.string(),
  surface: z.enum(SURFACES),
  at: timeSchema,
  cards: z.number().int(),
  explored: z.number().int(),
  fallback: z.string().nullable(),
  model: z.string(),
});

export const slatesQuerySchema = z.object({
  user_id: z.string().min(1).max(200).optional(),
  surface: z.enum(SURFACES).optional(),
  before: timeSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const slatesSchema = z.object({ slates: z.array(slateRowSchema), sql: z.string() });

export const decisionSchema = z.object({
  slate: slateSchema,
  filtered: z.record(z.string(), z.number().int()),
  /** What the listener did with each card. */
  outcomes: z.array(
    z.object({
      item_id: z.string(),
      impressions: z.number().int(),
      plays: z.number().int(),
      /** Null when no play says how long it was. */
      ms_played: z.number().int().nullable(),
      actions: z.array(z.string()),
    }),
  ),
  /** Whether drawing again from the logged candidates and seed gave the identical slate. */
  replays: z.boolean(),
  sql: z.string(),
});

export const usersQuerySchema = z.object({
  query: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const usersSchema = z.object({
  users: z.array(z.object({ user_id: z.string(), plays: z.number().int(), last_at: timeSchema.nullable() })),
});

export const importsSchema = z.object({ imports: z.array(importJobSchema) });

export type ImportReportWire = z.output<typeof importReportSchema>;
export type ImportJob = z.output<typeof importJobSchema>;
export type Watched = z.output<typeof watchedSchema>;
export type Status = z.output<typeof statusSchema>;
export type Overview = z.output<typeof overviewSchema>;
export type SlateRow = z.output<typeof slateRowSchema>;
export type Decision = z.output<typeof decisionSchema>;
export type ModelInfo = z.output<typeof modelSchema>;
