/** The model in which a user may leave at any moment, seen or not: Pareto/NBD. */

import gammaln from '@stdlib/math-base-special-gammaln';
import { logHypergeometric } from './hypergeometric.ts';
import { type History, type LifetimeModel, logDifference, logSum } from './lifetime-model.ts';

/**
 * log of A₀ [Fader2005b, eq. A1, A2]: ∫ from t_x to T of (α + y)^−(r + x) (β + y)^−(s + 1) dy, times r + s + x, by whichever
 * of two hypergeometric forms has its argument between 0 and 1.
 */
const logGoneIntegral = (values: ArrayLike<number>, { x, tx, T }: History): number => {
  const [r, alpha, s, beta] = [values[0]!, values[1]!, values[2]!, values[3]!];
  const sum = r + s + x;
  const [most, least, second] = alpha >= beta ? [alpha, beta, s + 1] : [beta, alpha, r + x];
  const at = (time: number): number =>
    logHypergeometric(sum, second, sum + 1, (most - least) / (most + time)) - sum * Math.log(most + time);
  return logDifference(at(tx), at(T));
};

const logGone = (values: ArrayLike<number>, history: History): number => {
  const [r, s] = [values[0]!, values[2]!];
  return Math.log(s) - Math.log(r + s + history.x) + logGoneIntegral(values, history);
};

const logStill = (values: ArrayLike<number>, { x, T }: History): number => {
  const [r, alpha, s, beta] = [values[0]!, values[1]!, values[2]!, values[3]!];
  return -(r + x) * Math.log(alpha + T) - s * Math.log(beta + T);
};

/** Pareto/NBD [Schmittlein1987]: acts with rate λ ~ gamma(r, α), gone with rate μ ~ gamma(s, β). */
export const paretoNbd: LifetimeModel = {
  name: 'pareto-nbd',
  parameters: ['r', 'alpha', 's', 'beta'],
  timeScaled: [1, 3],
  logLikelihood: (values, history) => {
    const [r, alpha, s, beta] = [values[0]!, values[1]!, values[2]!, values[3]!];
    const front = gammaln(r + history.x) - gammaln(r) + r * Math.log(alpha) + s * Math.log(beta);
    return front + logSum(logStill(values, history), logGone(values, history));
  },
  alive: (values, history) => 1 / (1 + Math.exp(logGone(values, history) - logStill(values, history))),
  expectedActs: (values, history, t) => {
    const [r, alpha, s, beta] = [values[0]!, values[1]!, values[2]!, values[3]!];
    const { x, T } = history;
    // ((β + T)/(β + T + t))^(s − 1) by expm1, so that s = 1 is the logarithm it tends to.
    const shrink = Math.log((beta + T) / (beta + T + t));
    const spell = s === 1 ? -shrink : -Math.expm1((s - 1) * shrink) / (s - 1);
    return paretoNbd.alive(values, history) * (((r + x) * (beta + T)) / (alpha + T)) * spell;
  },
};
