/** The periods of a switchback: what drew an arm, whoever listened in it. */

import { type UnitData, winsorize } from '#experiments';
import { columnsOf, type Measure } from './unit-measures.ts';

/** Who is switched and in which period, of a unit `WHO@PERIOD`, a whole number; the listener where a unit has another name, period NaN. */
export const switchedOf = (unit: string, userId: string): { readonly who: string; readonly period: number } => {
  const [, who, period] = /^(.*)@(-?\d+)$/s.exec(unit) ?? [];
  return who === undefined ? { who: userId, period: Number.NaN } : { who, period: Number(period) };
};

/**
 * One row a unit: `followed` is the mean of its listeners, cut as declared, or their sum over sum; NaN where nothing is known.
 * Listeners of one unit share its draw, so they are one observation to a test by the design. O(rows).
 */
export const periodsOf = (data: UnitData, { metric, spec }: Measure): UnitData => {
  const { numerator, denominator } = columnsOf(metric.name);
  const column = data.numbers.get(numerator)!;
  const values = spec.kind === 'winsorized' ? winsorize(column, spec.quantile) : column;
  const wholes = spec.kind === 'ratio' ? data.numbers.get(denominator)! : undefined;
  const sums = new Float64Array(data.armOf.length);
  const counts = new Float64Array(data.armOf.length);
  const period = new Float64Array(data.armOf.length);
  const user = new Array<string>(data.armOf.length);
  for (const [row, unit] of data.unitOf.entries()) {
    period[unit] = data.numbers.get('period')![row]!;
    user[unit] = data.words.get('user')![row]!;
    const whole = wholes?.[row] ?? 1;
    if (Number.isNaN(values[row]!) || Number.isNaN(whole)) continue;
    sums[unit]! += values[row]!;
    counts[unit]! += whole;
  }
  const followed = sums.map((sum, unit) => (counts[unit] === 0 ? Number.NaN : sum / counts[unit]!));
  return {
    arms: data.arms,
    armOf: data.armOf,
    unitOf: Uint32Array.from(data.armOf.keys()),
    numbers: new Map([
      ['followed', followed],
      ['period', period],
    ]),
    words: new Map([['user', user]]),
  };
};
