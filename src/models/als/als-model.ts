/** What a fitted factorization answers: users folded in exactly, scores, likeness, explanations. */

import { openSpace, type SharedSpace, shareSpace } from '#kernels';
import { type Matrix, matrixRow, TopK } from '#math';
import { canonicalHistory, checkItem, checkUser } from '../history.ts';
import type { Contributions, History, Model, Ranked, UserVector } from '../model.ts';
import { corrupt, decodeModel, encodeModel, type LoadOptions, storedArray, storedNumber } from '../model-bytes.ts';
import { PLAY_WEIGHTS, type PlayWeight, playWeight } from '../play-weight.ts';
import { contributionsOf, NO_CONTRIBUTIONS, NOTHING_RANKED } from '../ranking.ts';
import { createCellIndex, type ItemCells } from '../retrieval/cell-index.ts';
import { createQuantizedScan, createScanSpace, type ScanSpace } from '../retrieval/quantized-scan.ts';
import { toShared } from '../shared-arrays.ts';
import { createFoldIn, createFoldInSpace, type FoldInSpace } from './fold-in.ts';
import { cellParts, cellsOf } from './stored-cells.ts';

const NAME = 'als';

/** What a user's system of equations needs besides the item factors. */
export interface AlsSettings {
  readonly weight: PlayWeight;
  readonly alpha: number;
  /** λ of a user with n items is `regularization · (n / meanItems)^frequencyExponent`. */
  readonly regularization: number;
  readonly frequencyExponent: number;
  /** Mean number of items of a user when the model was fitted. */
  readonly meanItems: number;
}

/** c of a number of plays. */
export const confidenceOf = (plays: number, settings: Pick<AlsSettings, 'alpha' | 'weight'>): number =>
  settings.alpha * playWeight(plays, settings.weight);

/** λ of a row with `entries` entries, where rows have `meanEntries` of them on average. */
export const scaledRegularization = (regularization: number, exponent: number, entries: number, meanEntries: number) =>
  entries === 0 ? regularization : regularization * (entries / meanEntries) ** exponent;

/** Works where the bytes are if they are in an arena of the kernels. @throws {EngineError} artifact_corrupt. */
export const loadAls = (bytes: Uint8Array, options?: LoadOptions): Model => {
  const parts = decodeModel(bytes, NAME, options);
  const number = (name: string): number => storedNumber(parts, NAME, name);
  const weight = PLAY_WEIGHTS.find((each) => each === parts.scalars['weight']);
  if (weight === undefined) throw corrupt(NAME, `its play weight is "${parts.scalars['weight']}"`);
  const rows = number('items');
  const cols = number('width');
  const factors = { rows, cols, values: storedArray(parts, NAME, 'factors', 'f32', rows * cols) };
  const settings = {
    weight,
    alpha: number('alpha'),
    regularization: number('regularization'),
    frequencyExponent: number('frequency_exponent'),
    meanItems: number('mean_items'),
  };
  return alsModel(factors, settings, cellsOf(parts, NAME, factors));
};

/**
 * `learned` (items × F) must be turned into the eigenbasis of its own YᵀY: the sum of squares of each column is all of it.
 * The model works with a copy, unless they lie in an arena of the kernels. The best items are looked for in the cells, if there are any, otherwise among all.
 */
export const alsModel = (learned: Matrix, settings: AlsSettings, cells: ItemCells | null): Model => {
  const memory: AlsMemory = {
    items: learned.rows,
    size: learned.cols,
    factors: createFoldInSpace(learned),
    scan: createScanSpace(learned, cells?.order),
    cells,
  };
  return alsOf(memory, settings);
};

/** Everything that answers are worked out from. */
interface AlsMemory {
  readonly items: number;
  /** F. */
  readonly size: number;
  readonly factors: FoldInSpace;
  readonly scan: ScanSpace;
  readonly cells: ItemCells | null;
}

export interface SharedAls {
  readonly model: 'als';
  readonly settings: AlsSettings;
  readonly memory: Omit<AlsMemory, 'factors' | 'scan'>;
  readonly factors: SharedSpace;
  readonly scan: SharedSpace;
}

export const openSharedAls = ({ settings, memory, factors, scan }: SharedAls): Model =>
  alsOf({ ...memory, factors: openSpace(factors) as FoldInSpace, scan: openSpace(scan) as ScanSpace }, settings);

const shareAls = ({ factors, scan, ...memory }: AlsMemory, settings: AlsSettings): SharedAls => {
  const { cells } = memory;
  const sharedCells = cells === null ? null : { ...cells, order: toShared(cells.order) };
  return {
    model: NAME,
    settings,
    memory: { ...memory, cells: sharedCells },
    factors: shareSpace(factors),
    scan: shareSpace(scan),
  };
};

const alsOf = (memory: AlsMemory, settings: AlsSettings): Model => {
  const { items: itemCount, size, cells } = memory;
  const { values: y, lengths: norms } = memory.factors.arrays;
  const factors: Matrix = { rows: itemCount, cols: size, values: y };
  const foldIn = createFoldIn(memory.factors, size);
  const index =
    cells === null ? createQuantizedScan(factors, memory.scan) : createCellIndex(factors, cells, memory.scan);

  const confidenceIn = (history: History): Float64Array =>
    new Float64Array(history.weights).map((plays) => confidenceOf(plays, settings));
  const systemOf = (history: History) => {
    const { regularization, frequencyExponent, meanItems } = settings;
    const lambda = scaledRegularization(regularization, frequencyExponent, history.items.length, meanItems);
    const confidence = confidenceIn(history);
    return { ...foldIn.systemOf(history, confidence, lambda), confidence };
  };

  // The system of a user, who is explained card after card: F² numbers, gone with the user.
  const systems = new WeakMap<UserVector, ReturnType<typeof systemOf>>();
  const systemKeptFor = (user: UserVector): ReturnType<typeof systemOf> => {
    const system = systems.get(user) ?? systemOf(user.history);
    systems.set(user, system);
    return system;
  };

  /** A⁻¹y of the item that is explained. */
  const solution = new Float64Array(size);
  const explain = (user: UserVector, item: number): Contributions => {
    checkUser(user, NAME);
    checkItem(item, itemCount);
    if (user.history.items.length === 0) return NO_CONTRIBUTIONS;
    const { matrix, confidence } = systemKeptFor(user);
    // score = yᵀ·A⁻¹·Σ c_i·y_i = Σ c_i·(A⁻¹y)·y_i: [Hu2008] section 5, with A the matrix of the user's own fold-in.
    for (let k = 0; k < size; k++) solution[k] = y[item * size + k]!;
    foldIn.solve(matrix, solution);
    const { items } = user.history;
    const values = foldIn.products(items, solution);
    for (let n = 0; n < values.length; n++) values[n]! *= confidence[n]!;
    return contributionsOf(items, values);
  };

  const model: Model = {
    name: NAME,
    itemCount,
    retrieval: index.retrieval,
    foldIn: (history) => {
      const canonical = canonicalHistory(history, itemCount);
      if (canonical.items.length === 0) return { model: NAME, history: canonical, values: new Float64Array(size) };
      const system = systemOf(canonical);
      const values = system.rhs.slice();
      foldIn.solve(system.matrix, values);
      const user: UserVector = { model: NAME, history: canonical, values };
      systems.set(user, system);
      return user;
    },
    score: (user, items) => {
      checkUser(user, NAME);
      for (let n = 0; n < items.length; n++) checkItem(items[n]!, itemCount);
      return new Float32Array(foldIn.products(items, user.values));
    },
    recommend: (user, k, exclude): Ranked => {
      checkUser(user, NAME);
      if (user.history.items.length === 0) return NOTHING_RANKED;
      const best = new TopK(itemCount, k, (item) => norms[item] === 0 || (exclude?.(item) ?? false));
      index.offerBest(user.values, best);
      const { indices, scores } = best.finish();
      return { items: indices, scores };
    },
    similar: (item, k): Ranked => {
      checkItem(item, itemCount);
      if (norms[item] === 0) return NOTHING_RANKED;
      const row = new Float64Array(matrixRow(factors, item));
      const best = new TopK(itemCount, k, (other) => other === item || norms[other] === 0);
      index.offerBest(row, best, norms);
      const { indices, scores } = best.finish();
      // Cosines lack the length of this item's own vector so far; those that are not above 0 are no likeness.
      const alike = scores.findIndex((score) => score <= 0);
      const count = alike < 0 ? scores.length : alike;
      return {
        items: indices.slice(0, count),
        scores: scores.slice(0, count).map((score) => score / norms[item]!),
      };
    },
    explain,
    toBytes: () => {
      const stored = cells === null ? null : cellParts(cells);
      return encodeModel(NAME, {
        scalars: {
          items: itemCount,
          width: size,
          weight: settings.weight,
          alpha: settings.alpha,
          regularization: settings.regularization,
          frequency_exponent: settings.frequencyExponent,
          mean_items: settings.meanItems,
          ...stored?.scalars,
        },
        arrays: { factors: y, ...stored?.arrays },
      });
    },
    share: () => shareAls(memory, settings),
  };
  FACTORS.set(model, factors);
  return model;
};

const FACTORS = new WeakMap<Model, Matrix>();

/** Vectors of the items, items × F, to be read only: whose cosine says how alike two are. Undefined of any other model. */
export const itemFactors = (model: Model): Matrix | undefined => FACTORS.get(model);
