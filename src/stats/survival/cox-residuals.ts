/** What each unit adds to the score of a Cox model: the meat of the robust variance. */

import { type CoxLayout, type RiskSet, riskMean, type Ties, walkRiskSets, weightsAt } from './cox-likelihood.ts';

/** ΔH = Σ 1/total of one time, and Σ x̄/total. */
interface Increment {
  readonly hazard: number;
  readonly mean: Float64Array;
}

/** One time: what it adds for units that go on and for those that end there. */
interface HazardStep {
  readonly from: number;
  readonly to: number;
  readonly going: Increment;
  readonly ending: Increment;
  /** Mean of x over the risk sets of this time. */
  readonly mean: Float64Array;
}

/**
 * Score residuals, n × p: δᵢ (xᵢ − x̄(tᵢ)) − wᵢ Σ_{t ≤ tᵢ} (xᵢ − x̄(t)) ΔH(t) [Lin1989; Therneau2000, section 4.2], for
 * tied ends as Efron's likelihood shares them. They sum to the score, which is 0 at the fit. O(n p + ends p).
 */
export const scoreResiduals = (layout: CoxLayout, beta: Float64Array, ties: Ties): Float64Array => {
  const { n, p, x, order, strata, ended } = layout;
  const weights = weightsAt(layout, beta);
  const steps: HazardStep[] = [];
  walkRiskSets(layout, weights, { at: (risk) => steps.push(stepOf(risk, p, ties)) });
  const residuals = new Float64Array(n * p);
  let hazard = 0;
  const hazardMean = new Float64Array(p);
  // From the shortest duration of a stratum on: the hazard before a unit's own time adds up on the way.
  for (const step of steps.toReversed()) {
    if (step.to === n || strata[order[step.to]!] !== strata[order[step.from]!]) {
      hazard = 0;
      hazardMean.fill(0);
    }
    for (const i of order.subarray(step.from, step.to)) {
      const unit = { x: x.subarray(i * p, (i + 1) * p), weight: weights[i]!, ends: Boolean(ended[i]) };
      writeResidual(unit, { hazard, mean: hazardMean }, step, residuals.subarray(i * p, (i + 1) * p));
    }
    hazard += step.going.hazard;
    for (let j = 0; j < p; j++) hazardMean[j]! += step.going.mean[j]!;
  }
  return residuals;
};

interface Unit {
  readonly x: Float64Array;
  readonly weight: number;
  readonly ends: boolean;
}

const writeResidual = ({ x, weight, ends }: Unit, before: Increment, step: HazardStep, into: Float64Array): void => {
  const here = ends ? step.ending : step.going;
  for (let j = 0; j < into.length; j++) {
    const expected = weight * (x[j]! * (before.hazard + here.hazard) - before.mean[j]! - here.mean[j]!);
    into[j] = (ends ? x[j]! - step.mean[j]! : 0) - expected;
  }
};

const stepOf = (risk: RiskSet, p: number, ties: Ties): HazardStep => {
  const d = risk.ends.length;
  const at = new Float64Array(p);
  const mean = new Float64Array(p);
  const going = { hazard: 0, mean: new Float64Array(p) };
  const ending = { hazard: 0, mean: new Float64Array(p) };
  for (let l = 0; l < d; l++) {
    const f = ties === 'efron' ? l / d : 0;
    const each = 1 / riskMean(risk, f, at);
    going.hazard += each;
    ending.hazard += (1 - f) * each;
    for (let j = 0; j < p; j++) {
      mean[j]! += at[j]! / d;
      going.mean[j]! += at[j]! * each;
      ending.mean[j]! += (1 - f) * at[j]! * each;
    }
  }
  return { from: risk.from, to: risk.to, going, ending, mean };
};
