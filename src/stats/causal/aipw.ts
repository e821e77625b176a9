/** Augmented inverse-propensity weighting: right if either who is exposed or what comes of it is modelled right. */

import type { Estimate } from '#domain';
import { createRng, shuffle } from '#math';
import type { LevelOption } from '../estimates/level.ts';
import { meanEstimate } from '../estimates/mean.ts';
import { fitHazardStep, hazardAt } from '../survival/hazard-steps.ts';
import type { ExposureData } from './instrument.ts';
import { leastSquares, predictLinear } from './least-squares.ts';

const FOLDS = 5;
/** Propensities nearer to 0 or 1 than this are cut: such units have nobody to be compared with. */
const CUT = 0.02;

/**
 * Mean outcome of everybody exposed minus of nobody exposed, for an exposure of 0 or 1, given the covariates
 * [Robins1994], cross-fitted in five folds: logistic propensities, linear outcomes. It takes the covariates to be all that
 * makes exposed and others differ; no data can show that, so it is an association with better manners. Reasons:
 * `few_units`; `no_overlap` when more than a tenth of propensities lie within .02 of 0 or 1; `zero_variance`.
 */
export const aipw = ({ outcome, exposure, covariates }: ExposureData, options: LevelOption = {}): Estimate => {
  const n = outcome.length;
  const exposed = Array.from(exposure).filter((value) => value === 1).length;
  if (exposed < 10 * FOLDS || n - exposed < 10 * FOLDS) return { ok: false, reason: 'few_units' };
  const { p } = covariates;
  const order = shuffle(
    Array.from({ length: n }, (_, i) => i),
    createRng('aipw folds'),
  );
  const terms = new Float64Array(n);
  let cut = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const inside = order.filter((_, at) => at % FOLDS === fold);
    const others = order.filter((_, at) => at % FOLDS !== fold);
    const arms = [0, 1].map((arm) =>
      leastSquares(
        covariates,
        outcome,
        others.filter((i) => exposure[i] === arm),
      ),
    );
    const [without, withIt] = arms;
    if (!(without && withIt)) return { ok: false, reason: 'zero_variance' };
    const propensity = fitHazardStep(
      {
        features: others.flatMap((i) => [1, ...Array.from({ length: p }, (_, j) => covariates.values[i * p + j]!)]),
        p: p + 1,
        atRisk: new Float64Array(others.length).fill(1),
        ending: Float64Array.from(others, (i) => exposure[i]!),
      },
      1e-3,
    );
    for (const i of inside) {
      const raw = hazardAt(propensity, [1, ...Array.from({ length: p }, (_, j) => covariates.values[i * p + j]!)]);
      const e = Math.min(1 - CUT, Math.max(CUT, raw));
      cut += Number(e !== raw);
      const [m0, m1] = [predictLinear(without, covariates, i), predictLinear(withIt, covariates, i)];
      const correction = exposure[i] === 1 ? (outcome[i]! - m1) / e : -(outcome[i]! - m0) / (1 - e);
      terms[i] = m1 - m0 + correction;
    }
  }
  if (cut > 0.1 * n) return { ok: false, reason: 'no_overlap' };
  const estimate = meanEstimate(terms, options);
  return estimate.ok ? { ...estimate, method: 'AIPW, cross-fitted' } : estimate;
};
