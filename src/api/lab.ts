/** The Lab: two policies in made-up worlds, whose truth is known and may be shown. */

import { z } from 'zod';
import { estimateSchema } from './metrics.ts';

export const labQuerySchema = z.object({
  /** A preset, or a world of one's own. */
  world: z.string().min(1).max(100).default('small'),
  first: z.string().min(1).max(100).default('click_greedy'),
  second: z.string().min(1).max(100).default('discover'),
  /** Listeners of each world. */
  listeners: z.coerce.number().int().min(10).max(2000).default(80),
  weeks: z.coerce.number().int().min(2).max(26).default(12),
  /** Worlds, the units of every interval. */
  worlds: z.coerce.number().int().min(3).max(10).default(5),
  seed: z.coerce.number().int().min(0).max(1_000_000).default(1),
});

const estimates = z.array(estimateSchema);

const resultSchema = z.object({
  /** One estimate a week. */
  curves: z.array(
    z.object({
      name: z.enum(['clicks', 'active', 'utility']),
      doc: z.string(),
      /** Whether no log can show it. */
      truth: z.boolean(),
      first: estimates,
      second: estimates,
      /** Second minus first in the same world, with the same people. */
      difference: estimates,
    }),
  ),
  events: z.number().int(),
  /** Listeners of the first world who were followed. */
  people: z.array(
    z.object({ listener: z.number().int(), kind: z.string(), time_zone: z.string(), readiness: z.number() }),
  ),
});

const runSchema = z.object({
  request: labQuerySchema,
  /** Interrupted: the server ended meanwhile; nothing of the run is kept. */
  state: z.enum(['running', 'done', 'cancelled', 'failed', 'interrupted']),
  progress: z.object({ done: z.number().int(), total: z.number().int().nullable(), unit: z.string() }),
  result: resultSchema.nullable(),
  error: z.string().nullable(),
});

export const labSchema = z.object({
  worlds: z.array(
    z.object({
      name: z.string(),
      about: z.string(),
      /** The document, YAML. */
      text: z.string(),
      /** Kept by someone here; the others come with the program. */
      own: z.boolean(),
    }),
  ),
  /** What a world of one's own can say: with what it is otherwise, and within what bounds. */
  fields: z.array(
    z.object({ name: z.string(), standard: z.number(), from: z.number(), to: z.number(), doc: z.string() }),
  ),
  policies: z.array(z.object({ name: z.string(), about: z.string(), knows_truth: z.boolean() })),
  /** Most listener-days of a run, both policies together. */
  listener_days: z.object({ reference: z.number().int(), engine: z.number().int() }),
  /** The run under way, or the last one. */
  run: runSchema.nullable(),
});

export const labWorldParamsSchema = z.object({ world: z.string().min(1).max(100) });

export const labLifeQuerySchema = z.object({
  listener: z.coerce.number().int().min(0).default(0),
  /** Week of the world from 0. */
  week: z.coerce.number().int().min(0).default(0),
});

const sessionSchema = z.object({
  /** Of the listener's own clock. */
  date: z.iso.date(),
  time: z.string(),
  device: z.string(),
  intent: z.string(),
  /** True utility of the session, in [0, 1]. */
  felt: z.number(),
  companions: z.number().int(),
  /** First cards of the page; empty where the listener came with a plan. */
  shown: z.array(z.object({ title: z.string(), artist: z.string(), seen: z.boolean(), chosen: z.boolean() })),
  plays: z.array(
    z.object({
      title: z.string(),
      artist: z.string(),
      ms_played: z.number(),
      /** True utility in that moment; null for what is spoken. */
      felt: z.number().nullable(),
      skip: z.enum(['none', 'rejection', 'sampling', 'satiation', 'context_switch']),
    }),
  ),
});

const ownSchema = z.object({
  /** By day of the whole run: the probability of coming, and whether they came. */
  days: z.array(z.object({ returns: z.number(), came: z.boolean() })),
  /** Of the week asked for. */
  sessions: z.array(sessionSchema),
});

export const labLifeSchema = z.object({
  listener: z.number().int(),
  kind: z.string(),
  week: z.number().int(),
  first: ownSchema,
  second: ownSchema,
});

export type LabWire = z.output<typeof labSchema>;
export type LabRunWire = z.output<typeof runSchema>;
export type LabResultWire = z.output<typeof resultSchema>;
export type LabLifeWire = z.output<typeof labLifeSchema>;
export type LabSessionWire = z.output<typeof sessionSchema>;
