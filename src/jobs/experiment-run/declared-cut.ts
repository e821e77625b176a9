/** What a document declares of the tails of a metric. */

import type { ExperimentDocument } from '#domain';
import { type MetricSpec, metricName } from '#experiments';
import { refuse } from './refuse.ts';

export interface DeclaredCut {
  /** Of the metric in the document, e.g. `success.0`. */
  readonly field: string;
  /** Quantile of all arms above which values count as it. */
  readonly winsorize: number | undefined;
  /** Share of units left out at either end. */
  readonly trim: number | undefined;
}

/**
 * The spec as it is declared to be cut. Only a mean of units has units to cut.
 * @throws {EngineError} invalid_request with the field.
 */
export const cutSpec = (
  spec: MetricSpec,
  { field, winsorize, trim }: DeclaredCut,
  { unit }: ExperimentDocument,
): MetricSpec => {
  if (winsorize === undefined && trim === undefined) return spec;
  if (winsorize !== undefined && trim !== undefined) {
    return refuse(`${field}.trim`, 'winsorize cuts the metric already: expected one of the two');
  }
  const place = `${field}.${trim === undefined ? 'winsorize' : 'trim'}`;
  if (spec.kind !== 'mean') {
    return refuse(
      place,
      `${metricName(spec)} is a share of sums, and no unit has a value to cut: ` +
        'expected a metric of days of a user, e.g. minutes_per_user[7d]',
    );
  }
  if (trim === undefined) return { kind: 'winsorized', column: spec.column, quantile: winsorize! };
  if (unit === 'switchback') {
    return refuse(
      place,
      'periods are compared within their user, and trimming would leave some out: expected winsorize',
    );
  }
  return { kind: 'trimmed', column: spec.column, share: trim };
};
