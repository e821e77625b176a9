/** Fitting of the implicit-feedback matrix factorization. */

import { EngineError } from '#domain';
import { inThread, type KernelPool } from '#kernels';
import type { Csr, Rng } from '#math';
import { checkOption } from '../history.ts';
import type { Interactions, Model } from '../model.ts';
import type { PlayWeight } from '../play-weight.ts';
import { buildItemCells } from '../retrieval/cell-index.ts';
import { type AlsSettings, alsModel, confidenceOf, scaledRegularization } from './als-model.ts';
import { createHeldOutQuality, type HeldOut, holdOut } from './held-out.ts';
import { createSweeps, type Side } from './sweep.ts';

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
  /** With more items than that the best are looked for in cells, approximately; without it `MOST_SCANNED`. */
  readonly mostScanned?: number;
  /**
   * Ends before `epochs` when the NDCG@100 of plays kept back no longer grows by this share from one epoch to the next. One
   * play each of at most 2,000 users is not learned from.
   */
  readonly earlyStop?: number;
}

/** Told after each epoch, the first being 1; `heldOut` is null unless plays are kept back. */
export type OnEpoch = (progress: { readonly epoch: number; readonly heldOut: number | null }) => void;

/**
 * Items up to which every search looks at all of them. A scan costs 8 ms of processor a million items and a home asks for up to
 * eight, of a budget that a hundred homes a second and what they are logged with have to share.
 */
export const MOST_SCANNED = 20_000;

/** Conjugate-gradient steps: with the exact preconditioner of `createSweeps` more of them change no ranking. */
const CG_STEPS = 2;
/** Users of whom a play is kept back for an early stop. */
const HELD_OUT_USERS = 2000;

/**
 * Alternating least squares on plays [Hu2008]: minimizes
 *   Σ over all (u, i) of c_ui·(p_ui - x_u·y_i)² + Σ_u λ_u·|x_u|² + Σ_i λ_i·|y_i|²,  p = 1 where there are plays.
 * Differences: c = alpha·weight(plays) instead of 1 + alpha·plays; λ scaled by activity [Rendle2022]; conjugate gradients
 * [Takacs2011] in the eigenbasis of the Gram matrix. Only item factors are kept (4 · factors bytes an item): users are
 * folded in exactly when asked about. Cost an epoch: 4 · (users + items) · F² + entries · 24F operations.
 * The same seed gives the same bytes with any number of threads, on one machine and kind of kernels.
 * @throws {EngineError} invalid_data on an option out of range, or when nothing was played at all.
 */
export const fitAls = async (
  data: Interactions,
  options: AlsOptions,
  rng: Rng,
  pool: KernelPool = inThread(),
  onEpoch: OnEpoch = () => undefined,
): Promise<Model> => {
  const { factors = 64, epochs = 15, cgSteps = CG_STEPS, mostScanned = MOST_SCANNED } = options;
  checkOption('factors', factors, { min: 1, max: 512, integer: true });
  checkOption('epochs', epochs, { min: 1, integer: true });
  checkOption('cgSteps', cgSteps, { min: 1, integer: true });
  checkOption('mostScanned', mostScanned, { min: 0, integer: true });
  const held = heldOutOf(data.counts, options, rng);
  const counts = held?.train ?? data.counts;
  const settings = settingsOf(counts, options);
  // Kernels want a width that is a multiple of 4. Columns that begin as zero stay zero, so they change nothing.
  const width = Math.ceil(factors / 4) * 4;
  const sweeps = createSweeps(counts, width, (plays) => confidenceOf(plays, settings), pool);
  for (const side of [sweeps.users, sweeps.items]) setLambdas(side, settings);
  drawFactors(sweeps.items.factors, factors, width, rng);
  const qualityOf = held === null ? null : createHeldOutQuality(held, width, pool);
  let best = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    await sweeps.solve('users', cgSteps);
    await sweeps.solve('items', cgSteps);
    const heldOut = qualityOf === null ? null : await qualityOf(sweeps.users, sweeps.items);
    onEpoch({ epoch, heldOut });
    if (heldOut !== null && heldOut <= best * (1 + (options.earlyStop ?? 0))) break;
    best = Math.max(best, heldOut ?? 0);
  }
  await sweeps.finish();
  const learned = { rows: data.counts.cols, cols: width, values: sweeps.items.factors };
  const cells = learned.rows > mostScanned ? await buildItemCells(learned, rng.derive('als'), pool) : null;
  return alsModel(learned, settings, cells);
};

/** Null when every epoch is wanted, or nobody has a play to spare. */
const heldOutOf = (counts: Csr, { earlyStop }: AlsOptions, rng: Rng): HeldOut | null => {
  if (earlyStop === undefined) return null;
  checkOption('earlyStop', earlyStop, { min: 0, max: 1 });
  const held = holdOut(counts, HELD_OUT_USERS, rng.derive('als', 'held out'));
  return held.users.length === 0 ? null : held;
};

const settingsOf = (counts: Csr, options: AlsOptions): AlsSettings => {
  const { weight = 'log', alpha = 2, frequencyExponent = 0.5 } = options;
  checkOption('alpha', alpha, { min: Number.MIN_VALUE });
  checkOption('frequencyExponent', frequencyExponent, { min: 0, max: 1 });
  if (counts.indices.length === 0) {
    throw new EngineError('invalid_data', 'no plays to learn from: expected at least one');
  }
  const { regularization = noiseRegularization(counts, { alpha, weight }) } = options;
  // Without any λ a factor that nothing needs would have no solution.
  checkOption('regularization', regularization, { min: Number.MIN_VALUE });
  return { weight, alpha, regularization, frequencyExponent, meanItems: meanEntries(counts) };
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

const setLambdas = ({ confidence, lambdas }: Side, { regularization, frequencyExponent }: AlsSettings): void => {
  const mean = meanEntries(confidence);
  for (let row = 0; row < lambdas.length; row++) {
    const count = confidence.indptr[row + 1]! - confidence.indptr[row]!;
    lambdas[row] = scaledRegularization(regularization, frequencyExponent, count, mean);
  }
};

const meanEntries = (matrix: Csr): number => matrix.indices.length / matrix.rows;

/** Normal with standard deviation 0.01/√factors: a small start, so that what is learned first is what the data say most. */
const drawFactors = (values: Float32Array, factors: number, width: number, rng: Rng): void => {
  const stream = rng.derive('als', 'items');
  for (let row = 0; row < values.length; row += width) {
    for (let k = 0; k < factors; k++) values[row + k] = (0.01 / Math.sqrt(factors)) * stream.normal();
  }
};
