/** Metrics by name: `skip_rate`, `return_rate[28d]`. Names are canonical: each metric has one. */

import { EngineError } from '#domain';
import { METRIC_KINDS } from './catalogue.ts';
import type { Metric } from './metric.ts';
import { toMetric } from './metric-kind.ts';

const FORM = /^([a-z_]+)(?:\[([^[\]]*)\])?$/;

/**
 * The metric of a name. Without brackets a metric that takes a parameter has its standard one; its name then says so.
 * @throws {EngineError} invalid_request: no such metric, or a parameter it does not take; the message says what is allowed.
 */
export const parseMetric = (name: string): Metric => {
  const [, base, parameter] = FORM.exec(name) ?? [];
  const kind = METRIC_KINDS.find((one) => one.base === base);
  if (kind === undefined) {
    const known = METRIC_KINDS.map((one) => one.base).join(', ');
    throw new EngineError('invalid_request', `unknown metric ${JSON.stringify(name)}: expected one of ${known}`);
  }
  if (kind.parameter === undefined) {
    if (parameter === undefined) return toMetric(kind, '');
    throw new EngineError('invalid_request', `${kind.base} takes no parameter, got ${JSON.stringify(name)}`);
  }
  const { allowed, standard, isAllowed } = kind.parameter;
  if (parameter !== undefined && !isAllowed(parameter)) {
    throw new EngineError(
      'invalid_request',
      `${kind.base}[${parameter}]: expected ${allowed}, e.g. ${kind.base}[${standard}]`,
    );
  }
  return toMetric(kind, parameter ?? standard);
};

/** Every kind of metric at its standard parameter; success metrics once for each definition named. */
export const standardMetrics = (definitions: readonly string[]): readonly Metric[] =>
  METRIC_KINDS.flatMap((kind) =>
    kind.family === 'success'
      ? definitions.map((name) => toMetric(kind, name))
      : [toMetric(kind, kind.parameter?.standard ?? '')],
  );
