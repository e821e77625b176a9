/** Metrics of an experiment as what is counted of a unit: by their canonical names, the same as everywhere. */

import { DAY_MS, EngineError, type ExperimentDocument } from '#domain';
import type { MetricSpec } from '#experiments';
import { type Metric, parseMetric, type RolledUp } from '#metrics';
import type { Definition } from '#success';
import { findDefinition } from '../success/definition-files.ts';
import { cutSpec } from './declared-cut.ts';
import { refuse } from './refuse.ts';

/** Where the numerator and the denominator of a unit come from. */
export type Measured =
  | { readonly kind: 'sums'; readonly numerator: RolledUp; readonly denominator: RolledUp; readonly scale: number }
  | { readonly kind: 'return'; readonly returnMs: number }
  | { readonly kind: 'outcome'; readonly definition: Definition; readonly of: 'rate' | 'value' }
  | { readonly kind: 'absence'; readonly clock: 'plain' | 'active' }
  | { readonly kind: 'clicks'; readonly form: 'naive' | 'examined' };

export interface Measure {
  readonly metric: Metric;
  readonly measured: Measured;
  readonly windowMs: number;
  /** A sum over a window is known when the window is over; a share is one from its first part. */
  readonly needsWholeWindow: boolean;
  readonly spec: MetricSpec;
}

/** How long after its exposure a unit is watched: the period of a switchback, the window of any other. */
export const windowOf = ({ unit, period_hours, window_days }: ExperimentDocument): number =>
  unit === 'switchback' ? period_hours! * 3_600_000 : window_days * DAY_MS;

/** Column of a metric: its own, of what it is a share of, and of what it was before the exposure. */
export const columnsOf = (name: string) => ({ numerator: name, denominator: `${name} of`, before: `${name} before` });

/**
 * The metric of a name, as it is counted of the units of an experiment.
 * @throws {EngineError} invalid_request, not_found: no such metric or definition, or none that a unit has by itself.
 */
export const measureOf = (name: string, document: ExperimentDocument, definitions: readonly Definition[]): Measure => {
  const metric = namedMetric(name, document);
  const { recipe } = metric;
  const { numerator, denominator } = columnsOf(metric.name);
  const ratio: MetricSpec = { kind: 'ratio', column: numerator, denominator, name: metric.name };
  const share = { metric, windowMs: windowOf(document), needsWholeWindow: false, spec: ratio };
  switch (recipe.kind) {
    case 'ratio': {
      const measured: Measured = { ...recipe, kind: 'sums' };
      if (recipe.denominator !== 'user') return { ...share, measured };
      const windowMs = recipe.perDays === undefined ? share.windowMs : recipe.perDays * DAY_MS;
      checkFollowed(metric.name, windowMs, document);
      return { metric, measured, windowMs, needsWholeWindow: true, spec: { kind: 'mean', column: numerator } };
    }
    case 'return':
      return { ...share, measured: { kind: 'return', returnMs: recipe.days * DAY_MS } };
    case 'outcome': {
      const definition = findDefinition(recipe.definition, definitions);
      return { ...share, measured: { kind: 'outcome', definition, of: recipe.of } };
    }
    case 'absence': {
      const { quantile, clock } = recipe;
      if (document.unit === 'switchback') {
        const why =
          'an absence goes on into the next period, which may be of another arm: take a share, e.g. return_rate[1d]';
        throw new EngineError('invalid_request', `${metric.name} is no outcome of a switchback: ${why}`);
      }
      const spec: MetricSpec = { kind: 'time', column: metric.name, quantile };
      return { ...share, measured: { kind: 'absence', clock }, spec };
    }
    case 'click_through': {
      const { form } = recipe;
      if (form !== 'common') return { ...share, measured: { kind: 'clicks', form } };
      throw new EngineError(
        'invalid_request',
        `${metric.name} is read under one law of examination for all units together, so no unit has one of its own, and ` +
          'arms drawn at random need none: take click_through[examined], or click_through[naive]',
      );
    }
  }
};

/** Names that metrics of experiments had once, for documents that were written then. */
const FORMER = new Map<string, (days: number) => string>([
  ['minutes', (days) => `minutes_per_user[${days}d]`],
  ['plays', () => 'plays_per_session'],
  ['active_days', (days) => `active_days_per_user[${days}d]`],
  ['returned', (days) => `return_rate[${days}d]`],
]);

const namedMetric = (name: string, { window_days }: ExperimentDocument): Metric => {
  const former = FORMER.get(name);
  if (former === undefined) return parseMetric(name);
  throw new EngineError(
    'invalid_request',
    `there is no metric ${name} any more: say ${former(window_days)}, in a plan under a new name if this one has begun`,
  );
};

const checkFollowed = (name: string, windowMs: number, { unit, period_hours }: ExperimentDocument): void => {
  const within = 'takes days of a user, and a unit ends before: take a share, e.g. skip_rate or success_rate[…]';
  if (unit === 'session') throw new EngineError('invalid_request', `${name} ${within}`);
  if (unit === 'switchback' && windowMs > period_hours! * 3_600_000)
    throw new EngineError('invalid_request', `${name} ${within}`);
};

export interface PlannedMetric {
  readonly measure: Measure;
  readonly role: 'success' | 'guardrail' | 'watch';
  readonly better: 'up' | 'down';
  readonly margin?: number;
  readonly supplySide: boolean;
}

/**
 * The metrics of a document, in its order.
 * @throws {EngineError} invalid_request with the field that is wrong and what is allowed.
 */
export const plannedMetrics = (
  document: ExperimentDocument,
  definitions: readonly Definition[],
): readonly PlannedMetric[] => {
  const named = [
    ...document.success.map((one, n) => ({ ...one, role: 'success' as const, field: `success.${n}` })),
    ...document.guardrails.map((one, n) => ({ ...one, role: 'guardrail' as const, field: `guardrails.${n}` })),
    ...document.watch.map((one, n) => ({ ...one, role: 'watch' as const, field: `watch.${n}` })),
  ];
  const planned = named.map(({ field, metric, better, supply_side, role, winsorize, trim, ...rest }): PlannedMetric => {
    const whole = told(`${field}.metric`, () => measureOf(metric, document, definitions));
    const measure = { ...whole, spec: cutSpec(whole.spec, { field, winsorize, trim }, document) };
    const { polarity } = measure.metric;
    if (better === undefined && polarity === 'free') {
      refuse(`${field}.better`, `more ${measure.metric.name} is neither good nor bad by itself: say up or down`);
    }
    const margin = 'margin' in rest ? { margin: rest.margin } : {};
    const usual = polarity === 'down' ? 'down' : 'up';
    return { measure, role, better: better ?? usual, supplySide: supply_side, ...margin };
  });
  const names = planned.map(({ measure }) => measure.metric.name);
  const twice = names.findIndex((name, n) => names.indexOf(name) < n);
  if (twice >= 0) {
    refuse(
      `${named[twice]!.field}.metric`,
      `${names[twice]} stands there already: a metric has one part in the decision`,
    );
  }
  return planned;
};

const told = <Found>(field: string, find: () => Found): Found => {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return refuse(field, error.message);
  }
};
