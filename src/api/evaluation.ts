/** Runs judged and compared, and test collections. */

import { z } from 'zod';
import { SURFACES } from '#domain';
import { estimateSchema } from './metrics.ts';
import { momentSchema } from './parts.ts';

export const PAIRED_TEST_NAMES = ['randomization', 't', 'wilcoxon', 'bootstrap'] as const;

export const evaluateRunsSchema = z.object({
  /** Lines of topic, iteration, document, relevance. */
  qrels: z.string().min(1),
  /** Lines of topic, Q0, document, rank, score, run. */
  run: z.string().min(1),
  /** Another run, to compare with. */
  other: z.string().min(1).optional(),
  /** Names of measures that are means over topics, as trec_eval has them. */
  measures: z.array(z.string().min(1).max(200)).min(1).max(20),
  /** Relevance from which a document is relevant. */
  level: z.number().int().min(0).max(1_000_000).default(1),
  test: z.enum(PAIRED_TEST_NAMES).default('randomization'),
  /** The catalogue and what listeners played before, as tables: with both, lists are judged beyond accuracy, too. */
  items: z.string().min(1).optional(),
  plays: z.string().min(1).optional(),
});

/** Measures beyond accuracy, those of the whole run first. */
const BEYOND_MEASURES = [
  'coverage',
  'gini',
  'novelty',
  'intra_list_diversity',
  'calibration_error',
  'serendipity',
  'popularity_lift',
  'gs_score',
] as const;

const testSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), statistic: z.number(), p_value: z.number(), method: z.string() }),
  z.object({ ok: z.literal(false), reason: z.string(), words: z.string() }),
]);

export const judgedRunsSchema = z.object({
  run_id: z.string(),
  other_run_id: z.string().nullable(),
  topics: z.number().int(),
  /** Judged topics that a run lacks: left out. */
  missing: z.array(z.string()),
  measures: z.array(
    z.object({
      measure: z.string(),
      run: estimateSchema,
      other: estimateSchema.nullable(),
      difference: estimateSchema.nullable(),
      test: testSchema.nullable(),
      /** Adjusted over the measures; null where the test says nothing. */
      p_holm: z.number().nullable(),
      p_benjamini_hochberg: z.number().nullable(),
      by_topic: z.array(z.object({ topic: z.string(), run: z.number(), other: z.number().nullable() })),
    }),
  ),
  /** Empty without a catalogue and plays. */
  beyond: z.array(
    z.object({ measure: z.enum(BEYOND_MEASURES), run: estimateSchema, other: estimateSchema.nullable() }),
  ),
});

export const collectionsSchema = z.object({
  collections: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      kind: z.enum(['graded', 'interval']),
      /** Whether it came with the package. */
      shipped: z.boolean(),
    }),
  ),
});

const leaderboardSchema = z.object({
  measure: z.string(),
  pairs_told_apart: z.number().int(),
  pairs: z.number().int(),
  rows: z.array(
    z.object({
      rank: z.number().int(),
      team: z.string(),
      run: z.string(),
      mean: estimateSchema,
      /** Runs that share a letter are not told apart. */
      groups: z.string(),
    }),
  ),
});

export const collectionReportSchema = z.object({
  name: z.string(),
  description: z.string(),
  unit: z.enum(['documents', 'seconds']),
  depth: z.number().int(),
  topics: z.number().int(),
  judged_topics: z.number().int(),
  pooled: z.number().int(),
  agreements: z.array(
    z.object({
      assessors: z.array(z.string()),
      both: z.number(),
      same: z.number(),
      kappa: estimateSchema,
      weighted_kappa: estimateSchema,
    }),
  ),
  leaderboards: z.array(leaderboardSchema),
  reusability: z.object({
    measure: z.string(),
    unique: z.number(),
    relevant: z.number(),
    largest_loss: z.number().nullable(),
    runs: z.array(
      z.object({
        team: z.string(),
        run: z.string(),
        in_pool: z.number(),
        as_stranger: z.number(),
        places_lost: z.number().int(),
      }),
    ),
  }),
});

export const BROWSING_UNITS = ['shelf', 'page'] as const;

export const browsingQuerySchema = z.object({
  surface: z.enum(SURFACES).default('home'),
  /** `shelf`: along shelves, by slot. `page`: down pages, by shelf. */
  along: z.enum(BROWSING_UNITS).default('shelf'),
  /** Slates made from this day or time on, and before that one. */
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  /** Ranks with fewer visits are pooled. */
  least_visits: z.coerce.number().int().min(1).max(1_000_000).default(100),
});

export const browsingSchema = z.object({
  laws: z.array(
    z.object({
      device: z.string(),
      visits: z.number().int(),
      /** Share that went on from rank 1, 2, … */
      continuations: z.array(estimateSchema),
      /** The law as a measure of `evaluate ranking`; null when too few visits say anything. */
      measure: z.string().nullable(),
    }),
  ),
  /** Null for a file. */
  sql: z.string().nullable(),
});

export type BrowsingWire = z.output<typeof browsingSchema>;
export type EvaluateRunsWire = z.input<typeof evaluateRunsSchema>;
export type JudgedRunsWire = z.output<typeof judgedRunsSchema>;
export type CollectionReportWire = z.output<typeof collectionReportSchema>;
