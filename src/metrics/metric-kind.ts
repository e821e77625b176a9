/** A kind of metric: a metric but for its parameter. */

import type { Metric, MetricFamily, MetricRecipe, Polarity, PolarityException, RolledUp } from './metric.ts';

/** What may stand between the brackets; a metric without a parameter has none. */
export interface MetricParameter {
  /** In words, for messages and the reference. */
  readonly allowed: string;
  readonly standard: string;
  readonly isAllowed: (text: string) => boolean;
  /** The window in words. */
  readonly window: (text: string) => string;
}

export interface MetricKind {
  readonly base: string;
  readonly family: MetricFamily;
  readonly title: string;
  readonly question: string;
  readonly unit: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly parameter?: MetricParameter;
  readonly recipe: (parameter: string) => MetricRecipe;
  readonly polarity: Polarity;
  readonly exceptions: readonly PolarityException[];
  readonly failureModes: readonly string[];
}

const wholeFrom1To = (most: number) => (text: string) => /^[1-9]\d*$/.test(text) && Number(text) <= most;

export const days = (standard: number): MetricParameter => ({
  allowed: '1d to 365d',
  standard: `${standard}d`,
  isAllowed: (text) => text.endsWith('d') && wholeFrom1To(365)(text.slice(0, -1)),
  window: (text) => (text === '1d' ? 'a day' : `${text.slice(0, -1)} days`),
});

const quantile = (standard: string): MetricParameter => ({
  allowed: 'median, or p1 to p99',
  standard,
  isAllowed: (text) => text === 'median' || (text.startsWith('p') && wholeFrom1To(99)(text.slice(1)) && text !== 'p50'),
  window: () => 'until the user is back, or observation ends',
});

export const definition: MetricParameter = {
  allowed: 'the name of a success definition, its newest version unless one is named (sleep_playlist@1)',
  standard: 'sleep_playlist',
  isAllowed: (text) => /^[a-z][a-z0-9_]{0,63}(@[1-9]\d{0,5})?$/.test(text),
  window: () => 'the horizon of the definition',
};

const WHOLE_PERIOD = 'the period of the report';

interface RatioOptions {
  readonly question: string;
  readonly unit: string;
  readonly counts: readonly [numerator: RolledUp, denominator: RolledUp, scale: number];
  readonly words: readonly [numerator: string, denominator: string];
  readonly parameter?: MetricParameter;
  readonly polarity: Polarity;
  readonly exceptions: readonly PolarityException[];
  readonly failureModes: readonly string[];
}

export const ratio = (base: string, family: MetricFamily, title: string, options: RatioOptions): MetricKind => {
  const [numerator, denominator, scale] = options.counts;
  return {
    base,
    family,
    title,
    question: options.question,
    unit: options.unit,
    numerator: options.words[0],
    denominator: options.words[1],
    ...(options.parameter && { parameter: options.parameter }),
    recipe: (parameter) => ({
      kind: 'ratio',
      numerator,
      denominator,
      scale,
      ...(parameter !== '' && { perDays: Number.parseInt(parameter, 10) }),
    }),
    polarity: options.polarity,
    exceptions: options.exceptions,
    failureModes: options.failureModes,
  };
};

const FORMS = ['naive', 'examined', 'common'] as const;

export const clickThrough = (
  base: string,
  options: Pick<MetricKind, 'question' | 'polarity' | 'exceptions' | 'failureModes'>,
): MetricKind => ({
  base,
  family: 'interaction',
  title: 'Click-through',
  unit: 'share',
  numerator: 'impressions whose item was played from their slate',
  denominator: 'impressions: all (naive), examined ones, or examined ones at the places of the common law',
  parameter: {
    allowed: FORMS.join(', '),
    standard: 'common',
    isAllowed: (text) => FORMS.some((form) => form === text),
    window: () => WHOLE_PERIOD,
  },
  recipe: (parameter) => ({ kind: 'click_through', form: parameter as (typeof FORMS)[number] }),
  ...options,
});

export const absence = (
  base: string,
  clock: 'plain' | 'active',
  options: Pick<MetricKind, 'title' | 'question' | 'numerator' | 'failureModes'>,
): MetricKind => ({
  base,
  family: 'inter_session',
  unit: 'hours',
  denominator: 'sessions; absences that were not over when observation ended count as at least that long',
  parameter: quantile('median'),
  recipe: (parameter) => ({
    kind: 'absence',
    quantile: parameter === 'median' ? 0.5 : Number(parameter.slice(1)) / 100,
    clock,
  }),
  polarity: 'down',
  exceptions: [],
  ...options,
});

/** The metric of a kind at a parameter that the kind allows. */
export const toMetric = (kind: MetricKind, parameter: string): Metric => ({
  name: kind.parameter === undefined ? kind.base : `${kind.base}[${parameter}]`,
  family: kind.family,
  title: kind.title,
  question: kind.question,
  unit: kind.unit,
  numerator: kind.numerator,
  denominator: kind.denominator,
  window: kind.parameter?.window(parameter) ?? WHOLE_PERIOD,
  recipe: kind.recipe(parameter),
  polarity: kind.polarity,
  exceptions: kind.exceptions,
  failureModes: kind.failureModes,
});
