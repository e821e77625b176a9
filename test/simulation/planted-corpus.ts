/** A made-up history of experiments whose true effects are known. */

import type { EffectRow } from '#experiments';
import { createRng, type Rng } from '#math';

export const OUTCOME = 'return_63';
/** What can be read after 14 days. */
export const PROXIES = ['clicks', 'skips', 'minutes', 'saves', 'active_days_14', 'return_14'] as const;
export type Metric = (typeof PROXIES)[number] | typeof OUTCOME;
const METRICS: readonly Metric[] = [...PROXIES, OUTCOME];

/** What kinds of change do, in units of a good change: mean effects, and how often the kind comes. */
const KINDS = {
  /** Nothing, as most changes. */
  inert: { share: 0.45, effects: {} },
  /** Finds people what they come back for. */
  good: {
    share: 0.22,
    effects: { clicks: 0.3, skips: -0.6, minutes: 0.5, saves: 0.8, active_days_14: 0.8, return_14: 0.9, return_63: 1 },
  },
  /** Promises more than it holds: opened, skipped, regretted. */
  clickbait: {
    share: 0.13,
    effects: { clicks: 1, skips: 0.8, minutes: 0.1, saves: -0.3, active_days_14: -0.6, return_14: -0.8, return_63: -1 },
  },
  /** Plays on unasked: minutes nobody missed, nothing left to skip. */
  unattended: { share: 0.06, effects: { minutes: 1, skips: -0.7 } },
  /** A larger button: more saves, nobody the wiser. */
  hoarding: { share: 0.05, effects: { saves: 1, clicks: 0.2 } },
  /** Reminders: people look in more often, for a while. */
  nagging: { share: 0.05, effects: { active_days_14: 0.8, clicks: 0.4 } },
  /** Breaks something. */
  harmful: {
    share: 0.04,
    effects: { clicks: -0.5, minutes: -0.6, saves: -0.6, active_days_14: -0.8, return_14: -0.9, return_63: -1 },
  },
} as const satisfies Record<string, { share: number; effects: Partial<Record<Metric, number>> }>;
type Kind = keyof typeof KINDS;

/** z-score that an effect of 1 has in an experiment of the usual size: quick metrics are sharp, returns are blunt. */
const SHARPNESS: Readonly<Record<Metric, number>> = {
  clicks: 12,
  skips: 10,
  minutes: 7,
  saves: 7,
  active_days_14: 7,
  return_14: 4.5,
  return_63: 3.2,
};

const USUAL_N = 100_000;
/** Errors of metrics of the same people: all share a factor of how active people are. */
const SHARED: Readonly<Record<Metric, number>> = {
  clicks: 0.4,
  skips: 0.2,
  minutes: 0.6,
  saves: 0.3,
  active_days_14: 0.7,
  return_14: 0.7,
  return_63: 0.6,
};

export interface Planted {
  readonly rows: readonly EffectRow[];
  /** By experiment. */
  readonly truth: ReadonlyMap<string, { readonly kind: Kind; readonly effects: Readonly<Record<Metric, number>> }>;
}

const drawKind = (rng: Rng): Kind => {
  let left = rng.next();
  for (const kind of Object.keys(KINDS) as Kind[]) {
    left -= KINDS[kind].share;
    if (left < 0) return kind;
  }
  return 'harmful';
};

/** `count` experiments of different sizes and 60 A/A tests. */
export const plantCorpus = (seed: string | number, count = 300): Planted => {
  const rng = createRng(seed);
  const rows: EffectRow[] = [];
  const truth = new Map<string, { kind: Kind; effects: Record<Metric, number> }>();
  for (let k = 0; k < count + 60; k++) {
    const own = rng.derive('experiment', k);
    const aa = k >= count;
    const kind = aa ? 'inert' : drawKind(own);
    const experiment = `${aa ? 'aa' : 'experiment'}-${k}`;
    const n = Math.round(USUAL_N * Math.exp(0.5 * own.normal()));
    // Strength of the change, and what each metric makes of it.
    const strength = 0.7 + 0.6 * own.next();
    const base: Partial<Record<Metric, number>> = KINDS[kind].effects;
    const shared = own.normal();
    const effects = {} as Record<Metric, number>;
    METRICS.forEach((metric, at) => {
      const mean = base[metric] ?? 0;
      effects[metric] = mean === 0 ? 0 : strength * mean * (1 + 0.25 * own.normal());
      const standardError = 1 / SHARPNESS[metric] / Math.sqrt(n / USUAL_N);
      const rho = SHARED[metric];
      const error = standardError * (rho * shared + Math.sqrt(1 - rho * rho) * own.normal());
      rows.push({
        experiment,
        metric,
        effect: effects[metric] + error,
        standardError,
        n,
        at: Date.UTC(2025, 0, 1) + k * 86_400_000,
        days: metric === OUTCOME ? 63 : at < 2 ? 7 : 14,
        ...(aa && { aa: true }),
      });
    });
    if (!aa) truth.set(experiment, { kind, effects });
  }
  return { rows, truth };
};
