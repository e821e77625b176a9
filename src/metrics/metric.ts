/** A metric as a value: what is counted over what, for whom more of it is good, and how it can mislead. */

import type { Intent } from '#domain';

/** Families of engagement metrics [Lalmas2014]: within a session, between sessions, over the long run; and success. */
export const METRIC_FAMILIES = [
  'involvement',
  'interaction',
  'contribution',
  'inter_session',
  'long_term',
  'success',
] as const;
export type MetricFamily = (typeof METRIC_FAMILIES)[number];

/** `up`: more is better; `down`: less is better; `free`: neither is claimed. */
export type Polarity = 'up' | 'down' | 'free';

/** Where a metric is read otherwise than elsewhere. Of several that apply the last counts. */
export interface PolarityException {
  readonly intents?: readonly Intent[];
  readonly devices?: readonly string[];
  readonly polarity: Polarity;
  readonly because: string;
}

/** Sums that the roll-up keeps a user and day, by column; `user` is 1, `active_days` the days with a session. */
export type RolledUp =
  | 'user'
  | 'active_days'
  | 'sessions'
  | 'plays'
  | 'listens'
  | 'played_ms'
  | 'skips'
  | 'early_skips'
  | 'kept'
  | 'added'
  | 'refused'
  | 'actions'
  | 'searches'
  | 'impressions'
  | 'examined';

/** How a figure and its variance are made; each is one query and one estimator. */
export type MetricRecipe =
  /** Σ numerator / Σ denominator over users, times `scale`; `perDays`: for that many days of the period. */
  | {
      readonly kind: 'ratio';
      readonly numerator: RolledUp;
      readonly denominator: RolledUp;
      readonly scale: number;
      readonly perDays?: number;
    }
  /** Share of sessions after which the user is back within so many days; sessions too young for it are left out. */
  | { readonly kind: 'return'; readonly days: number }
  /** Quantile of the time until the next session, those not over yet censored; in hours, or in hours as people are about. */
  | { readonly kind: 'absence'; readonly quantile: number; readonly clock: 'plain' | 'active' }
  /** Plays an impression: as delivered, as examined, or as examined under the common law of examination. */
  | { readonly kind: 'click_through'; readonly form: 'naive' | 'examined' | 'common' }
  /** Judged outcomes: share achieved of achieved and failed, or mean value. */
  | { readonly kind: 'outcome'; readonly definition: string; readonly of: 'rate' | 'value' };

export interface Metric {
  /** Canonical: `parseMetric(name)` gives this metric again. */
  readonly name: string;
  readonly family: MetricFamily;
  readonly title: string;
  /** The question it answers, in plain words. */
  readonly question: string;
  /** Of what the figure is: `share` (a part of its denominator, 0 to 1), minutes, hours, days, or a count. */
  readonly unit: string;
  readonly numerator: string;
  readonly denominator: string;
  /** Over which time it looks, in words. */
  readonly window: string;
  readonly recipe: MetricRecipe;
  readonly polarity: Polarity;
  readonly exceptions: readonly PolarityException[];
  /** How it misleads. */
  readonly failureModes: readonly string[];
}

export interface PolarityAt {
  readonly polarity: Polarity;
  readonly because: string | null;
}

/** Which way a metric is good for an intent and a device; undefined stands for all of them together. */
export const polarityAt = (metric: Metric, intent: string | undefined, device: string | undefined): PolarityAt => {
  const applies = ({ intents, devices }: PolarityException): boolean =>
    (intents === undefined || intents.some((one) => one === intent)) &&
    (devices === undefined || devices.some((one) => one === device));
  const exception = metric.exceptions.findLast(applies);
  return { polarity: exception?.polarity ?? metric.polarity, because: exception?.because ?? null };
};

/** How the interval of a figure is made, in words. */
export const varianceWords = (recipe: MetricRecipe): string => {
  switch (recipe.kind) {
    case 'ratio':
      return recipe.denominator === 'user'
        ? 'mean of users, t interval'
        : 'delta method for a ratio of sums, users as clusters; by users, mean of each user’s ratio';
    case 'return':
    case 'outcome':
      return 'delta method for a ratio of sums, users as clusters; by users, mean of each user’s ratio';
    case 'absence':
      return 'Kaplan–Meier; band on the log(−log) scale by jackknife over 20 groups of users';
    case 'click_through':
      return 'jackknife over 20 groups of users; of common, the law is estimated anew each time';
  }
};
