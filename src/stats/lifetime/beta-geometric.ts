/** Models in which a user may leave after each act: BG/NBD, and MBG/NBD where also the first act may be the last. */

import gammaln from '@stdlib/math-base-special-gammaln';
import { hypergeometricSeries } from './hypergeometric.ts';
import { type History, type LifetimeModel, logSum } from './lifetime-model.ts';

/** Acts come with rate λ ~ gamma(r, α); after an act the user is gone with chance p ~ beta(a, b). */
const PARAMETERS = { parameters: ['r', 'alpha', 'a', 'b'], timeScaled: [1] } as const;

interface Parts {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

const partsOf = (values: ArrayLike<number>): Parts => {
  const [r, alpha, a, b] = [values[0]!, values[1]!, values[2]!, values[3]!];
  return { r, alpha, a, b };
};

/** log of: the odds that the user left after the last act, against not having left. `b` is the beta's at that act. */
const logOddsGone = ({ r, alpha, a }: Parts, { x, tx, T }: History, b: number): number =>
  Math.log(a / b) + (r + x) * (Math.log(alpha + T) - Math.log(alpha + tx));

/** log of the likelihood of x acts by T while not gone: `stays` is how often the user chose to stay. */
const logAlive = ({ r, alpha, a, b }: Parts, { x, T }: History, stays: number): number =>
  gammaln(r + x) -
  gammaln(r) +
  r * Math.log(alpha) -
  (r + x) * Math.log(alpha + T) +
  gammaln(a + b) +
  gammaln(b + stays) -
  gammaln(b) -
  gammaln(a + b + stays);

/**
 * c/(a − 1) · [1 − (1 − z)^(r + x) ₂F₁(r + x, b; c; z)], z = t/(α + T + t), c = a + b − 1: the acts to come of a user who
 * is not gone, `b` being the beta's after the last act. By Euler's transformation the bracket is
 * 1 − (1 − z)^(a − 1) ₂F₁(c − r − x, a − 1; c; z), which no number of acts makes overflow.
 */
const actsWhileAlive = ({ r, alpha, a }: Parts, { x, T }: History, t: number, b: number): number => {
  // At a = 1 the form is 0/0; its neighbour differs from the limit in the seventh digit.
  const gap = Math.abs(a - 1) < 1e-7 ? 1e-7 : a - 1;
  const c = gap + b;
  const z = t / (alpha + T + t);
  return (c / gap) * (1 - (1 - z) ** gap * hypergeometricSeries(c - r - x, gap, c, z));
};

/** BG/NBD [Fader2005a, eq. 6, 10]: nobody is gone before the first repeat. */
export const bgNbd: LifetimeModel = {
  name: 'bg-nbd',
  ...PARAMETERS,
  logLikelihood: (values, history) => {
    const parts = partsOf(values);
    const alive = logAlive(parts, history, history.x);
    if (history.x === 0) return alive;
    return logSum(alive, alive + logOddsGone(parts, history, parts.b + history.x - 1));
  },
  alive: (values, history) => {
    if (history.x === 0) return 1;
    const parts = partsOf(values);
    return 1 / (1 + Math.exp(logOddsGone(parts, history, parts.b + history.x - 1)));
  },
  expectedActs: (values, history, t) => {
    const parts = partsOf(values);
    return actsWhileAlive(parts, history, t, parts.b + history.x) * bgNbd.alive(values, history);
  },
};

/** MBG/NBD [Batislam2007]: the first act may be the last, so silence since then counts. */
export const mbgNbd: LifetimeModel = {
  name: 'mbg-nbd',
  ...PARAMETERS,
  logLikelihood: (values, history) => {
    const parts = partsOf(values);
    const alive = logAlive(parts, history, history.x + 1);
    return logSum(alive, alive + logOddsGone(parts, history, parts.b + history.x));
  },
  alive: (values, history) => {
    const parts = partsOf(values);
    return 1 / (1 + Math.exp(logOddsGone(parts, history, parts.b + history.x)));
  },
  expectedActs: (values, history, t) => {
    const parts = partsOf(values);
    return actsWhileAlive(parts, history, t, parts.b + history.x + 1) * mbgNbd.alive(values, history);
  },
};
