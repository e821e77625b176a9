/** Fitting of the implicit-feedback matrix factorization. */

import { EngineError } from '#domain';
import { type Csr, createMatrix, type Matrix, type Rng, transposeCsr } from '#math';
import { checkOption } from '../history.ts';
import type { Interactions, Model } from '../model.ts';
import type { PlayWeight } from '../play-weight.ts';
import { type AlsSettings, alsModel, confidenceOf, scaledRegularization } from './als-model.ts';
import { sweep, turnIntoEigenbasis } from './sweep.ts';

export interface AlsOptions {
  readonly factors?: number;
  /** Times that users and items are both solved. */
  readonly epochs?: number;
  /** λ of a user, or an item, with the mean number of entries; without it `noiseRegularization` chooses. */
  readonly regularization?: number;
  /** ν: λ grows with (entries / mean entries)^ν; 0 gives everyone the same λ, as in [Hu2008]. */
  readonly frequencyExponent?: number;
  /** Confidence c of an entry is `alpha · weight(plays)`; an absent entry has confidence 1. */
  readonly alpha?: number;
  readonly weight?: PlayWeight;
  /** Conjugate-gradient steps a row and epoch. */
  readonly cgSteps?: number;
}

/** Conjugate-gradient steps: with the exact preconditioner of `sweep` more of them change no ranking. */
const CG_STEPS = 2;

/**
 * Alternating least squares on plays [Hu2008]: minimizes
 *   Σ over all (u, i) of c_ui·(p_ui - x_u·y_i)² + Σ_u λ_u·|x_u|² + Σ_i λ_i·|y_i|²,  p = 1 where there are plays.
 * Differences: c = alpha·weight(plays) instead of 1 + alpha·plays; λ scaled by activity [Rendle2022]; conjugate gradients
 * [Takacs2011] in the eigenbasis of the Gram matrix. Only item factors are kept (4 · factors bytes an item): users are
 * folded in exactly when asked about. Cost an epoch: (users + items) · F² + entries · 8F multiplications.
 * @throws {EngineError} invalid_data on an option out of range, or when nothing was played at all.
 */
export const fitAls = (data: Interactions, options: AlsOptions, rng: Rng): Model => {
  const { factors = 64, epochs = 15, cgSteps = CG_STEPS } = options;
  checkOption('factors', factors, { min: 1, max: 1024, integer: true });
  checkOption('epochs', epochs, { min: 1, integer: true });
  checkOption('cgSteps', cgSteps, { min: 1, integer: true });
  const settings = settingsOf(data, options);
  const byUser = { ...data.counts, values: data.counts.values.map((plays) => confidenceOf(plays, settings)) };
  const byItem = transposeCsr(byUser);
  // The kernels want a width that is a multiple of 4. Columns that begin as zero stay zero, so they change nothing.
  const width = Math.ceil(factors / 4) * 4;
  const users = createMatrix(byUser.rows, width);
  const items = randomFactors(byItem.rows, factors, width, rng);
  const userSweep = { regularization: regularizationOf(byUser, settings), steps: cgSteps };
  const itemSweep = { regularization: regularizationOf(byItem, settings), steps: cgSteps };
  for (let epoch = 0; epoch < epochs; epoch++) {
    sweep(users, items, byUser, userSweep);
    sweep(items, users, byItem, itemSweep);
  }
  turnIntoEigenbasis(items, [items]);
  return alsModel(items, settings);
};

const settingsOf = (data: Interactions, options: AlsOptions): AlsSettings => {
  const { weight = 'log', alpha = 2, frequencyExponent = 0.5 } = options;
  checkOption('alpha', alpha, { min: Number.MIN_VALUE });
  checkOption('frequencyExponent', frequencyExponent, { min: 0, max: 1 });
  if (data.counts.indices.length === 0) {
    throw new EngineError('invalid_data', 'no plays to learn from: expected at least one');
  }
  const { regularization = noiseRegularization(data.counts, { alpha, weight }) } = options;
  // Without any λ a factor that nothing needs would have no solution.
  checkOption('regularization', regularization, { min: Number.MIN_VALUE });
  return { weight, alpha, regularization, frequencyExponent, meanItems: meanEntries(data.counts) };
};

/**
 * λ = 0.35·(√(E/users) + √(E/items)), E = Σ c² over the entries, counting users and items that have any. The bracket is
 * where the singular values of a matrix of pure noise with as much energy end [Bai2010], and λ is what this loss takes off
 * each singular value of the confidences: so it is a share of the noise, whatever the size and the scale of the data.
 * The share was chosen on validation splits of train data of four data sets; docs/reference/models.md has the numbers.
 */
const noiseRegularization = (counts: Csr, settings: Pick<AlsSettings, 'alpha' | 'weight'>): number => {
  let energy = 0;
  for (const plays of counts.values) energy += confidenceOf(plays, settings) ** 2;
  const items = new Set(counts.indices).size;
  let users = 0;
  for (let user = 0; user < counts.rows; user++) if (counts.indptr[user + 1]! > counts.indptr[user]!) users++;
  return 0.35 * (Math.sqrt(energy / users) + Math.sqrt(energy / items));
};

const regularizationOf = (entries: Csr, { regularization, frequencyExponent }: AlsSettings): Float64Array => {
  const mean = meanEntries(entries);
  return Float64Array.from({ length: entries.rows }, (_, row) => {
    const count = entries.indptr[row + 1]! - entries.indptr[row]!;
    return scaledRegularization(regularization, frequencyExponent, count, mean);
  });
};

const meanEntries = (matrix: Csr): number => matrix.indices.length / matrix.rows;

/** Normal with standard deviation 0.01/√factors: a small start, so that what is learned first is what the data say most. */
const randomFactors = (rows: number, factors: number, width: number, rng: Rng): Matrix => {
  const matrix = createMatrix(rows, width);
  const stream = rng.derive('als', 'items');
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < factors; k++) matrix.values[row * width + k] = (0.01 / Math.sqrt(factors)) * stream.normal();
  }
  return matrix;
};
