/** Examination times attraction: P(click) = θ_cell · α_item, by expectation maximization. */

import { type EmOptions, type EmReport, runEm } from './click-sessions.ts';
import type { ExaminationRows } from './examination-rows.ts';
import { type Identifiability, judgeIdentifiability } from './identifiability.ts';

export interface ExaminationFit {
  /** θ by cell, in [0, 1]; relative to the cell that is looked at most, which has 1, unless viewports were observed. */
  readonly examination: Float64Array;
  /** α by item, in [0, 1]: given that it is examined (in the cell looked at most, where θ is relative). */
  readonly attraction: Float64Array;
  readonly em: EmReport;
  readonly identifiability: Identifiability;
}

/**
 * Attractions learned instead of counted, for regression EM [Wang2018]: from the expected attraction of each item and how
 * much was seen of it, a prediction for each item, in [0, 1].
 */
export type LearnAttraction = (expected: Float64Array, weights: Float64Array) => Float64Array;

/**
 * The position-based model [Chuklin2015, section 3.3] of whatever cells are: a click tells examined and attractive; a skip
 * makes both less likely; where a viewport tells, examination is not guessed. Cells and items without data keep 1/2.
 * O(sweeps · rows).
 */
export const fitExamination = (
  rows: ExaminationRows,
  options: EmOptions & { readonly learnAttraction?: LearnAttraction } = {},
): ExaminationFit => {
  const theta = new Float64Array(rows.cellCount).fill(0.5);
  const alpha = new Float64Array(rows.itemCount).fill(0.5);
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  const cards = total(rows.clicks) + total(rows.skips) + total(rows.seenSkips) + total(rows.unseen);
  const em = runEm(cards, () => sweepOnce(rows, theta, alpha, options.learnAttraction), options);
  const observed = total(rows.seenSkips) + total(rows.unseen) > 0;
  if (!observed) makeRelative(rows, theta, alpha);
  return { examination: theta, attraction: alpha, em, identifiability: judgeIdentifiability(rows, observed) };
};

/** Returns the log-likelihood of the parameters before the sweep. */
const sweepOnce = (
  rows: ExaminationRows,
  theta: Float64Array,
  alpha: Float64Array,
  learn: LearnAttraction | undefined,
): number => {
  const examined = { hits: new Float64Array(theta.length), all: new Float64Array(theta.length) };
  const attractive = { hits: new Float64Array(alpha.length), all: new Float64Array(alpha.length) };
  let likelihood = 0;
  for (let row = 0; row < rows.cells.length; row++) {
    const cell = rows.cells[row]!;
    const item = rows.items[row]!;
    const [t, a] = [theta[cell]!, alpha[item]!];
    const [clicks, skips, seenSkips, unseen] = [
      rows.clicks[row]!,
      rows.skips[row]!,
      rows.seenSkips[row]!,
      rows.unseen[row]!,
    ];
    const skipped = Math.max(1 - t * a, Number.MIN_VALUE);
    examined.hits[cell]! += clicks + seenSkips + (skips * t * (1 - a)) / skipped;
    examined.all[cell]! += clicks + seenSkips + skips + unseen;
    attractive.hits[item]! += clicks + (skips * a * (1 - t)) / skipped;
    attractive.all[item]! += clicks + seenSkips + skips;
    likelihood += times(clicks, t * a) + times(skips, skipped) + times(seenSkips, t * (1 - a)) + times(unseen, 1 - t);
  }
  for (let cell = 0; cell < theta.length; cell++) {
    if (examined.all[cell]! > 0) theta[cell] = examined.hits[cell]! / examined.all[cell]!;
  }
  const rates = attractive.hits.map((hits, item) =>
    attractive.all[item]! > 0 ? hits / attractive.all[item]! : alpha[item]!,
  );
  alpha.set(learn === undefined ? rates : learn(rates, attractive.all));
  return likelihood;
};

/** count · log p, 0 where nothing was counted. */
const times = (count: number, p: number): number => (count === 0 ? 0 : count * Math.log(Math.max(p, Number.MIN_VALUE)));

/** θ and α are known up to a factor: the cell looked at most gets 1. */
const makeRelative = (rows: ExaminationRows, theta: Float64Array, alpha: Float64Array): void => {
  const most = rows.cells.reduce((best, cell) => Math.max(best, theta[cell]!), 0);
  if (most === 0) return;
  for (let cell = 0; cell < theta.length; cell++) theta[cell] = Math.min(1, theta[cell]! / most);
  for (let item = 0; item < alpha.length; item++) alpha[item]! *= most;
};
