/** The partial likelihood of a Cox model and its derivatives. */

/** Units laid out so that one pass meets every risk set. */
export interface CoxLayout {
  /** Units. */
  readonly n: number;
  /** Covariates. */
  readonly p: number;
  /** n × p, row-major, each column centred at its mean: the same likelihood with smaller exponents. */
  readonly x: Float64Array;
  readonly durations: ArrayLike<number>;
  readonly ended: ArrayLike<number | boolean>;
  /** Units by stratum, within it from the longest duration to the shortest. */
  readonly order: Uint32Array;
  /** Stratum of each unit. */
  readonly strata: ArrayLike<number>;
}

/** How units that ended at the same time share the risk set [Breslow1974, Efron1977]. */
export type Ties = 'efron' | 'breslow';

/** The units of a stratum with the same duration, and the risk set at that time in sums, weights w = exp(x'β). */
export interface RiskSet {
  /** Those of them that ended, not censored. */
  readonly ends: readonly number[];
  /** Places in `order` of these units. */
  readonly from: number;
  readonly to: number;
  /** Σ w and Σ w x over the risk set, and over the units that end here. */
  readonly s0: number;
  readonly s1: Float64Array;
  readonly d0: number;
  readonly d1: Float64Array;
}

export interface Derivatives {
  readonly logLikelihood: number;
  /** ∂l/∂β, length p. */
  readonly score: Float64Array;
  /** −∂²l/∂β∂β', p × p, row-major. */
  readonly information: Float64Array;
}

export const weightsAt = ({ n, p, x }: CoxLayout, beta: Float64Array): Float64Array => {
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let eta = 0;
    for (let j = 0; j < p; j++) eta += x[i * p + j]! * beta[j]!;
    weights[i] = Math.exp(eta);
  }
  return weights;
};

/**
 * l(β), its score and information [Cox1972; Therneau2000, section 3.1]. O(n p² + ends p²).
 */
export const coxDerivatives = (layout: CoxLayout, beta: Float64Array, ties: Ties): Derivatives => {
  const { p, x } = layout;
  const weights = weightsAt(layout, beta);
  const score = new Float64Array(p);
  const information = new Float64Array(p * p);
  const s2 = new Float64Array(p * p);
  const d2 = new Float64Array(p * p);
  const mean = new Float64Array(p);
  let logLikelihood = 0;
  const share = (risk: RiskSet, f: number): void => {
    const total = riskMean(risk, f, mean);
    logLikelihood -= Math.log(total);
    for (let j = 0; j < p; j++) {
      score[j]! -= mean[j]!;
      for (let k = 0; k < p; k++) {
        const jk = j * p + k;
        information[jk]! += (s2[jk]! - f * d2[jk]!) / total - mean[j]! * mean[k]!;
      }
    }
  };
  walkRiskSets(layout, weights, {
    reset: () => s2.fill(0),
    enter: (i) => addOuter(s2, x, i, p, weights[i]!),
    at: (risk) => {
      const d = risk.ends.length;
      if (d > 0) d2.fill(0);
      for (const i of risk.ends) {
        logLikelihood += Math.log(weights[i]!);
        for (let j = 0; j < p; j++) score[j]! += x[i * p + j]!;
        addOuter(d2, x, i, p, weights[i]!);
      }
      for (let l = 0; l < d; l++) share(risk, ties === 'efron' ? l / d : 0);
    },
  });
  return { logLikelihood, score, information };
};

/** Writes the weighted mean of x in the risk set, the ending units counted 1 − f, and gives its total weight. */
export const riskMean = ({ s0, s1, d0, d1 }: RiskSet, f: number, mean: Float64Array): number => {
  const total = s0 - f * d0;
  for (let j = 0; j < mean.length; j++) mean[j] = (s1[j]! - f * d1[j]!) / total;
  return total;
};

interface RiskWalk {
  /** A new stratum begins. */
  readonly reset?: () => void;
  /** A unit comes into the risk set. */
  readonly enter?: (unit: number) => void;
  /** A time, after all its units have entered. */
  readonly at: (risk: RiskSet) => void;
}

/** Calls back for each stratum from its last time to its first, so that risk sets only grow. */
export const walkRiskSets = (layout: CoxLayout, weights: Float64Array, walk: RiskWalk): void => {
  const { n, p, x, order, strata, ended } = layout;
  const s1 = new Float64Array(p);
  const d1 = new Float64Array(p);
  let s0 = 0;
  const add = (sums: Float64Array, i: number): void => {
    for (let j = 0; j < p; j++) sums[j]! += weights[i]! * x[i * p + j]!;
  };
  for (let from = 0; from < n; ) {
    if (from === 0 || strata[order[from]!] !== strata[order[from - 1]!]) {
      s0 = 0;
      s1.fill(0);
      walk.reset?.();
    }
    const to = endOfTime(layout, from);
    const ends: number[] = [];
    let d0 = 0;
    d1.fill(0);
    for (let place = from; place < to; place++) {
      const i = order[place]!;
      s0 += weights[i]!;
      add(s1, i);
      walk.enter?.(i);
      if (!ended[i]) continue;
      ends.push(i);
      d0 += weights[i]!;
      add(d1, i);
    }
    walk.at({ ends, from, to, s0, s1, d0, d1 });
    from = to;
  }
};

/** The place after the last unit of the stratum with the same duration as the one at `from`. */
const endOfTime = ({ n, order, strata, durations }: CoxLayout, from: number): number => {
  const first = order[from]!;
  let to = from + 1;
  while (to < n && durations[order[to]!] === durations[first] && strata[order[to]!] === strata[first]) to++;
  return to;
};

const addOuter = (sum: Float64Array, x: Float64Array, i: number, p: number, weight: number): void => {
  for (let j = 0; j < p; j++) {
    const wx = weight * x[i * p + j]!;
    for (let k = 0; k < p; k++) sum[j * p + k]! += wx * x[i * p + k]!;
  }
};
