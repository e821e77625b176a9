/** Variance reduction by what was known of units before they were treated. */

import { choleskyFactor, choleskySolve } from '#math';
import { Moments } from '../moments.ts';

const BINS = 10;
const RIDGE = 1e-3;

/**
 * CUPAC [Tang2020]: the covariate is a prediction of y from several covariates, made for each unit by a model that has not
 * seen it: `folds` of units, each predicted from the others, without knowledge of arms. The model is additive: a ridge
 * regression on the values and on tenths of each covariate, so bends are followed. Missing covariates (NaN) count as a
 * class of their own. Gives one prediction a unit. O(units · (11 · covariates)²). @throws {RangeError} for unequal lengths.
 */
export const crossFittedPrediction = (
  y: Float64Array,
  covariates: readonly Float64Array[],
  foldOf: Uint8Array,
  folds: number,
): Float64Array => {
  for (const x of [...covariates, foldOf]) {
    if (x.length !== y.length) throw new RangeError(`covariate of ${x.length} units for ${y.length} values`);
  }
  const designs = covariates.map(designOf);
  const size = 1 + designs.reduce((sum, design) => sum + design.width, 0);
  const row = new Float64Array(size);
  const fill = (unit: number): void => {
    row.fill(0);
    row[0] = 1;
    let offset = 1;
    for (const design of designs) {
      design.fill(unit, row, offset);
      offset += design.width;
    }
  };
  const predictions = new Float64Array(y.length);
  for (let fold = 0; fold < folds; fold++) {
    const weights = ridge(y, size, row, fill, (unit) => foldOf[unit] !== fold);
    for (let unit = 0; unit < y.length; unit++) {
      if (foldOf[unit] !== fold) continue;
      fill(unit);
      let sum = 0;
      for (let i = 0; i < size; i++) sum += weights[i]! * row[i]!;
      predictions[unit] = sum;
    }
  }
  return predictions;
};

const ridge = (
  y: Float64Array,
  size: number,
  row: Float64Array,
  fill: (unit: number) => void,
  taken: (unit: number) => boolean,
): Float64Array => {
  const gram = new Float64Array(size * size);
  const right = new Float64Array(size);
  let n = 0;
  for (let unit = 0; unit < y.length; unit++) {
    if (!taken(unit)) continue;
    n++;
    fill(unit);
    for (let i = 0; i < size; i++) {
      const value = row[i]!;
      if (value === 0) continue;
      right[i]! += value * y[unit]!;
      for (let j = 0; j <= i; j++) gram[i * size + j]! += value * row[j]!;
    }
  }
  for (let i = 0; i < size; i++) gram[i * size + i]! += RIDGE * Math.max(1, n);
  choleskyFactor(gram, size);
  choleskySolve(gram, size, right);
  return right;
};

interface ColumnDesign {
  readonly width: number;
  fill(unit: number, row: Float64Array, offset: number): void;
}

/** Standardized value, and which tenth of the values it lies in; a missing one has a place of its own. */
const designOf = (x: Float64Array): ColumnDesign => {
  const known = x.filter((value) => !Number.isNaN(value)).sort();
  const moments = Moments.of(known);
  const spread = Math.sqrt(moments.variance) || 1;
  const edges = Array.from({ length: BINS - 1 }, (_, i) => known[Math.floor(((i + 1) * known.length) / BINS)] ?? 0);
  return {
    width: BINS + 2,
    fill: (unit, row, offset) => {
      const value = x[unit]!;
      if (Number.isNaN(value)) {
        row[offset + BINS + 1] = 1;
        return;
      }
      row[offset] = (value - moments.mean) / spread;
      let bin = 0;
      while (bin < edges.length && value >= edges[bin]!) bin++;
      row[offset + 1 + bin] = 1;
    },
  };
};
