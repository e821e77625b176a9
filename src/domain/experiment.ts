/** The document of an experiment: what is asked, of whom, how it is judged. Written as YAML or JSON, snake_case. */

import { z } from 'zod';
import { DEVICES, SURFACES } from './vocabulary.ts';

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'expected up to 64 of a-z, 0-9, _ and -, beginning with a letter or a digit');
const sentence = z.string().min(1).max(1000);
const relative = z.number().gt(0).lt(1);

/** What may be checked of the data before a decision is taken on them. */
export const QUALITY_CHECKS = [
  'sample_ratio',
  'several_arms',
  'pre_exposure',
  'novelty',
  'carry_over',
  'heavy_tail',
  'interference',
] as const;

const better = z.enum(['up', 'down']);

const metric = {
  /** Canonical name, e.g. success_rate[sleep_playlist]; whether there is such a metric is known where metrics are. */
  metric: z.string().min(1).max(200),
  /** Which way is better; without it as the metric's card says. */
  better: better.optional(),
  /** Of things that arms compete for, e.g. plays of an artist. */
  supply_side: z.boolean().default(false),
  /** Values of units above this quantile of all arms count as it. Of metrics that are means of units. */
  winsorize: z.number().gt(0.5).lt(1).optional(),
  /** Without this share of the lowest and of the highest units of each arm. Of metrics that are means of units. */
  trim: z.number().gt(0).lt(0.5).optional(),
};

/** `greedy` never explores, `uniform-band` draws every slot that may be explored from the plausible band. */
export const NAMED_POLICIES = ['band-epsilon-greedy', 'greedy', 'uniform-band'] as const;

/** What of serving an arm sets; what it does not name stays as it is for everyone. */
const policy = z
  .strictObject({
    name: z.enum(NAMED_POLICIES).optional(),
    /** Share of slots meant for exploration, instead of the listener's own. Two rejections still end it for a session. */
    exploration: z.number().min(0).max(1).optional(),
    /** The plausible band: so many times as many candidates as slots. */
    band: z.number().min(1).max(50).optional(),
    /** Cards of one artist on a shelf, and cards between two of them. */
    per_artist: z.number().int().min(1).max(50).optional(),
    artist_gap: z.number().int().min(0).max(50).optional(),
    /** Definition of success whose learned value orders the shelves of the home. */
    reward: z.string().min(1).max(64).optional(),
  })
  .superRefine((value, context) => {
    if (Object.keys(value).length === 0) {
      context.addIssue({
        code: 'custom',
        message: 'expected at least one of name, exploration, band, per_artist, artist_gap, reward',
      });
    }
    if (value.name !== undefined && value.exploration !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['exploration'],
        message: 'name sets the exploration: give one of them',
      });
    }
  });
export type ArmPolicy = z.output<typeof policy>;

export const experimentSchema = z
  .strictObject({
    name,
    hypothesis: sentence,
    /** What is randomized. Cluster and switchback need the field below that says how. */
    unit: z.enum(['user', 'session', 'cluster', 'switchback']).default('user'),
    /** cluster: attribute of the context whose value is the unit. switchback: attribute within which time is switched. */
    cluster_by: z.string().min(1).max(64).optional(),
    /** switchback: length of a period. */
    period_hours: z.number().gt(0).max(744).optional(),
    /** Experiments of one layer never meet: each takes a part of it. Layers are independent of each other. */
    layer: name.default('main'),
    /** Part of the layer's units, from and to in [0, 1). */
    part: z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]).default([0, 1]),
    /** The first is the control. */
    arms: z
      .array(
        z.strictObject({
          name,
          weight: z.number().gt(0).default(1),
          /** What serving does for the arm; an arm without it is served as everyone is. */
          policy: policy.optional(),
          /** What the arm means to whoever asks for it: any setting of theirs. */
          value: z.unknown().optional(),
        }),
      )
      .min(2)
      .max(20),
    /** Who takes part; a missing field means any. Attributes are those of the asking context. */
    eligible: z
      .strictObject({
        device: z.array(z.enum(DEVICES)).optional(),
        surface: z.array(z.enum(SURFACES)).optional(),
        attributes: z.record(z.string(), z.array(z.string())).optional(),
      })
      .default({}),
    success: z.array(z.strictObject(metric)).min(1),
    guardrails: z.array(z.strictObject({ ...metric, margin: relative })).default([]),
    /** Neither wished for nor guarded by a margin, but a significant fall of one stops the ship. */
    watch: z.array(z.strictObject(metric)).default([]),
    checks: z.array(z.enum(QUALITY_CHECKS)).default([...QUALITY_CHECKS]),
    /** Days of a unit that count after its exposure, and days the experiment takes up units. */
    window_days: z.number().int().min(1).max(365).default(14),
    horizon_days: z.number().int().min(1).max(730),
    alpha: z.number().gt(0).lt(0.5).default(0.05),
    power: z.number().gt(0.5).lt(1).default(0.8),
    /** Relative change of success metrics worth finding. */
    target: relative.optional(),
    looks: z.enum(['fixed', 'group_sequential', 'always_valid']).default('always_valid'),
    /** Units planned at the end, for sequential looks. */
    planned_units: z.number().int().min(2),
  })
  .superRefine((document, context) => {
    const wrong = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    const { arms, part, unit } = document;
    if (new Set(arms.map((arm) => arm.name)).size < arms.length) wrong('arms', 'two arms have the same name');
    if (part[0] >= part[1]) wrong('part', 'expected [from, to] with from below to');
    if (unit === 'cluster' && document.cluster_by === undefined) wrong('cluster_by', 'unit cluster needs it');
    if (unit === 'switchback' && document.period_hours === undefined) wrong('period_hours', 'unit switchback needs it');
  });

export type ExperimentDocument = z.output<typeof experimentSchema>;
export type ExperimentArm = ExperimentDocument['arms'][number];
