import type { RatioMoments, RolledUp } from '#metrics';
import { defineQuery } from '../define-query.ts';
import type { Query } from '../warehouse.ts';
import { CELL_COLUMNS, CELLS, type CellParams, type CellRow } from './metric-cells.ts';

/** A ratio of two things that are rolled up. */
export interface RolledUpPair {
  readonly numerator: RolledUp;
  readonly denominator: RolledUp;
}

type Pairwise<Of> = { readonly [Name in keyof Of]: readonly Of[Name][] };

/** Moments pair by pair, in the order of the pairs. */
export interface MetricRatioRow extends CellRow, Pairwise<Omit<RatioMoments, 'users'>> {
  readonly users: number;
  readonly events: readonly number[];
}

type Params = CellParams & { readonly from: string; readonly to: string };

/**
 * Days with a session. A row whose sessions were taken back stands beside those that take them back until the engine has
 * merged them: of users with such rows the sums of each day decide, of all others every row is a day.
 */
const ACTIVE_DAYS = `if(
                countIf(user_id IN (SELECT user_id FROM taken_back)) > 0,
                arrayCount(held -> held > 0, (sumMapIf([day], [user_day.sessions], user_id IN (SELECT user_id FROM taken_back))).2),
                groupBitmap(toUInt16(day)))`;

const SUMS: Readonly<Partial<Record<RolledUp, string>>> = { user: '1', active_days: ACTIVE_DAYS };

const list = (pairs: readonly RolledUpPair[], of: (x: string, y: string) => string): string =>
  `[${pairs.map(({ numerator, denominator }) => of(`of_${denominator}`, `of_${numerator}`)).join(', ')}]`;

/**
 * The query for these pairs: it reads their columns alone, and sums without FINAL, because sums stay right while rows
 * that take others back wait for a merge.
 */
export const ratioQuery = (pairs: readonly RolledUpPair[]): Query<Params, MetricRatioRow> => {
  const names = [...new Set(pairs.flatMap(({ numerator, denominator }) => [denominator, numerator]))].sort();
  const sums = names.map((name) => `toFloat64(${SUMS[name] ?? `sum(user_day.${name})`}) AS of_${name}`);
  const takenBack = names.includes('active_days')
    ? `
taken_back AS
(
    SELECT DISTINCT user_id
    FROM user_day
    WHERE day >= {from:Date} AND day < {to:Date} AND sessions <= 0
),`
    : '';
  return {
    name: 'metric_ratios',
    description:
      'Moments over users of ratios of what is rolled up by user and day, pair by pair: ' +
      `${pairs.map(({ numerator, denominator }) => `${numerator} / ${denominator}`).join(', ')}. x is the denominator of a ` +
      'user, y the numerator; days are UTC, half-open.',
    grain: 'cell',
    sql: `
WITH${takenBack}
user_cell AS
(
    SELECT
        user_id,
        if({by_surface:Bool}, user_day.surface, '') AS surface,
        if({by_intent:Bool}, user_day.intent, '') AS intent,
        if({by_device:Bool}, user_day.device, '') AS device,
        ${sums.join(',\n        ')}
    FROM user_day
    WHERE day >= {from:Date} AND day < {to:Date}
    GROUP BY user_id, surface, intent, device
    HAVING sum(user_day.sessions) > 0
)
SELECT
    ${CELLS.replaceAll('\n    ', '\n')},
    count() AS users,
    ${list(pairs, (x) => `avg(${x})`)} AS mean_x,
    ${list(pairs, (_, y) => `avg(${y})`)} AS mean_y,
    ${list(pairs, (x) => `varSampStable(${x})`)} AS variance_x,
    ${list(pairs, (_, y) => `varSampStable(${y})`)} AS variance_y,
    ${list(pairs, (x, y) => `covarSampStable(${x}, ${y})`)} AS covariance,
    ${list(pairs, (x) => `countIf(${x} > 0)`)} AS ratio_users,
    ${list(pairs, (x, y) => `avgIf(${y} / ${x}, ${x} > 0)`)} AS ratio_mean,
    ${list(pairs, (x, y) => `varSampStableIf(${y} / ${x}, ${x} > 0)`)} AS ratio_variance,
    ${list(pairs, (x) => `sum(${x})`)} AS events
FROM user_cell
GROUP BY cell_surface, cell_intent, cell_device
ORDER BY cell_surface, cell_intent, cell_device`,
    columns: {
      ...CELL_COLUMNS,
      users: 'UInt64',
      mean_x: 'Array(Float64)',
      mean_y: 'Array(Float64)',
      variance_x: 'Array(Float64)',
      variance_y: 'Array(Float64)',
      covariance: 'Array(Float64)',
      ratio_users: 'Array(UInt64)',
      ratio_mean: 'Array(Float64)',
      ratio_variance: 'Array(Float64)',
      events: 'Array(Float64)',
    },
    example: { from: '2026-01-01', to: '2026-02-01', by_surface: false, by_intent: true, by_device: true },
  };
};

/** The query of a few ratios, for those who look at it. */
export const metricRatios: Query<Params, MetricRatioRow> = defineQuery(
  ratioQuery([
    { numerator: 'skips', denominator: 'plays' },
    { numerator: 'active_days', denominator: 'user' },
  ]),
);
