/** A metric in each arm, and how each unit moves it: what every kind of metric is reduced to. */

import { type Effect, normal, quantile, quantileInfluence, sorted, trimmedMean, winsorCap } from '#stats';
import type { MetricSpec } from './metric-spec.ts';
import { numbersOf, sumByUnit, timesOf, type UnitData, type UnitTimes } from './unit-data.ts';

/**
 * Value of a metric by arm with the influence of each unit [Huber1981]: the arm's value moves as the mean of its units'
 * influences does. So one way of computing variances, adjusting for covariates, slicing and comparing serves means,
 * ratios, quantiles and trimmed means alike, and rows of one unit never count as independent.
 */
export interface ArmValues {
  /** NaN for an arm without data. */
  readonly values: readonly number[];
  /** By unit; NaN for a unit without data. Means to 0 in each arm. */
  readonly influence: Float64Array;
}

/** O(rows), with a sort for quantiles and caps. */
export const armValues = (data: UnitData, spec: MetricSpec): ArmValues => {
  switch (spec.kind) {
    case 'mean':
    case 'binary':
      return meanValues(data, numbersOf(data, spec.column));
    case 'ratio':
      return ratioValues(data, numbersOf(data, spec.column), numbersOf(data, spec.denominator));
    case 'winsorized':
      return meanValues(data, winsorize(numbersOf(data, spec.column), spec.quantile));
    case 'trimmed':
      return trimmedValues(data, numbersOf(data, spec.column), spec.share);
    case 'quantile':
      return quantileValues(data, numbersOf(data, spec.column), spec.quantile);
    case 'time':
      return timeValues(data, timesOf(data, spec.column), spec.quantile);
  }
};

/** Known values above their quantile `q` as that quantile. */
export const winsorize = (values: Float64Array, q: number): Float64Array => {
  const cap = winsorCap(
    values.filter((value) => !Number.isNaN(value)),
    q,
  );
  return values.map((value) => Math.min(value, cap));
};

/** Value and squared standard error of an arm. */
export const armEffect = (data: UnitData, values: ArmValues, arm: number): Effect => {
  let n = 0;
  let squares = 0;
  for (let unit = 0; unit < data.armOf.length; unit++) {
    const moved = values.influence[unit]!;
    if (data.armOf[unit] !== arm || Number.isNaN(moved)) continue;
    n++;
    squares += moved * moved;
  }
  const value = values.values[arm]!;
  return { value, variance: squaredError(squares, n, value), df: Math.max(1, n - 1), n };
};

/**
 * Squared standard error of a value by the squares of its n influences: NaN below two units, exactly 0 where nothing but
 * rounding varies. A column of 0.1 leaves some 1e-35.
 */
export const squaredError = (squares: number, n: number, value: number): number => {
  if (n < 2) return Number.NaN;
  const variance = squares / (n - 1) / n;
  return variance <= (1e-12 * value) ** 2 ? 0 : variance;
};

/** Mean over rows: the ratio of a unit's sum to its number of rows, the plain mean when each unit has one row. */
const meanValues = (data: UnitData, values: Float64Array): ArmValues => {
  const { sums, counts } = sumByUnit(data, values);
  return ratioOfSums(data, sums, counts);
};

/** Sum over sum; a row counts when both are known. */
const ratioValues = (data: UnitData, numerator: Float64Array, denominator: Float64Array): ArmValues => {
  const both = (values: Float64Array, other: Float64Array): Float64Array =>
    values.map((value, row) => (Number.isNaN(other[row]!) ? Number.NaN : value));
  const top = sumByUnit(data, both(numerator, denominator));
  const bottom = sumByUnit(data, both(denominator, numerator));
  // A unit without a row is unknown, one whose denominators sum to 0 is known to add nothing.
  const known = top.counts;
  const moved = ratioOfSums(data, top.sums, bottom.sums, known);
  return moved;
};

/** Σy / Σx by arm with the influence (y - R x) / mean x: the delta method, clustered by unit [Deng2018, section 3]. */
const ratioOfSums = (data: UnitData, y: Float64Array, x: Float64Array, known: Float64Array = x): ArmValues => {
  const arms = data.arms.length;
  const sumY = new Float64Array(arms);
  const sumX = new Float64Array(arms);
  const units = new Float64Array(arms);
  for (let unit = 0; unit < data.armOf.length; unit++) {
    if (known[unit] === 0) continue;
    const arm = data.armOf[unit]!;
    sumY[arm]! += y[unit]!;
    sumX[arm]! += x[unit]!;
    units[arm]! += 1;
  }
  const values = Array.from(sumY, (sum, arm) => (sumX[arm] === 0 ? Number.NaN : sum / sumX[arm]!));
  const influence = new Float64Array(data.armOf.length).fill(Number.NaN);
  for (let unit = 0; unit < influence.length; unit++) {
    if (known[unit] === 0) continue;
    const arm = data.armOf[unit]!;
    influence[unit] = (y[unit]! - values[arm]! * x[unit]!) / (sumX[arm]! / units[arm]!);
  }
  return { values, influence };
};

/** Trimmed mean of the units' means; the influence is that of the winsorized value [Huber1981, section 3.3]. */
const trimmedValues = (data: UnitData, column: Float64Array, share: number): ArmValues => {
  const { sums, counts } = sumByUnit(data, column);
  const byUnit = sums.map((sum, unit) => sum / counts[unit]!);
  const influence = new Float64Array(byUnit.length).fill(Number.NaN);
  const values = data.arms.map((_, arm) => {
    const known = byUnit.filter((value, unit) => data.armOf[unit] === arm && !Number.isNaN(value));
    const trimmed = trimmedMean(known, share);
    if (trimmed === undefined) return Number.NaN;
    const ascending = sorted(known);
    const cut = Math.floor(share * known.length);
    const low = ascending[cut]!;
    const high = ascending[known.length - cut - 1]!;
    const capped = (value: number): number => Math.min(high, Math.max(low, value));
    const centre = known.reduce((sum, value) => sum + capped(value), 0) / known.length;
    for (let unit = 0; unit < byUnit.length; unit++) {
      const value = byUnit[unit]!;
      if (data.armOf[unit] !== arm || Number.isNaN(value)) continue;
      influence[unit] = ((capped(value) - centre) * known.length) / trimmed.kept;
    }
    return trimmed.mean;
  });
  return { values, influence };
};

const Z = normal.quantile(0.975);

/**
 * Quantile of rows by arm. How far the share of rows below it strays between units gives, through the quantiles at that
 * distance, its standard error [Deng2018, section 4]; the influence is the unit's share below, scaled to it.
 */
const quantileValues = (data: UnitData, column: Float64Array, q: number): ArmValues => {
  const influence = new Float64Array(data.armOf.length).fill(Number.NaN);
  const values = data.arms.map((_, arm) => {
    const known = column.filter((value, row) => data.armOf[data.unitOf[row]!] === arm && !Number.isNaN(value));
    const ascending = sorted(known);
    const value = quantile(ascending, q);
    const below = column.map((each, row) =>
      data.armOf[data.unitOf[row]!] === arm ? (Number.isNaN(each) ? each : each <= value ? 1 : 0) : Number.NaN,
    );
    const shares = meanValues(data, below);
    const { variance } = armEffect(data, shares, arm);
    const away = Z * Math.sqrt(variance);
    const width = quantile(ascending, Math.min(1, q + away)) - quantile(ascending, Math.max(0, q - away));
    const scale = away > 0 ? width / (2 * away) : Number.NaN;
    for (let unit = 0; unit < influence.length; unit++) {
      if (data.armOf[unit] === arm && !Number.isNaN(shares.influence[unit]!)) {
        influence[unit] = -shares.influence[unit]! * scale;
      }
    }
    return value;
  });
  return { values, influence };
};

/** Quantile of times by arm, some of them censored; all times of a unit move it together. */
const timeValues = (data: UnitData, { unitOf, durations, ended }: UnitTimes, q: number): ArmValues => {
  const influence = new Float64Array(data.armOf.length).fill(Number.NaN);
  const values = data.arms.map((_, arm) => {
    const places = [...unitOf.keys()].filter((place) => data.armOf[unitOf[place]!] === arm);
    const units = [...new Set(places.map((place) => unitOf[place]!))];
    const clusterOf = new Map(units.map((unit, cluster) => [unit, cluster]));
    const found = quantileInfluence(
      {
        durations: places.map((place) => durations[place]!),
        ended: places.map((place) => ended[place]!),
        clusters: places.map((place) => clusterOf.get(unitOf[place]!)!),
      },
      q,
    );
    if (found === undefined) return Number.NaN;
    for (const [cluster, unit] of units.entries()) influence[unit] = found.moved[cluster]! * units.length;
    return found.value;
  });
  return { values, influence };
};
