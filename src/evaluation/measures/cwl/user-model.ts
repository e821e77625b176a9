/** Models of a listener who goes down a ranking: the C/W/L family [Moffat2017]. */

import { EngineError } from '#domain';

/** Where the listener stands: has looked at ranks 1 to `rank`, gained `gain` at it and `gained` in all. */
export interface Browsing {
  readonly rank: number;
  readonly gain: number;
  readonly gained: number;
}

/** A model is the chance C(i) of going on from each rank; all else follows. Its name reads back. */
export interface UserModel {
  readonly name: string;
  /** C(i) in [0, 1]: the chance that rank i + 1 is looked at, given that rank i was. */
  readonly continuation: (at: Browsing) => number;
  /**
   * Σ over all ranks from rank + 1 on of the chance to look at them, given that rank + 1 is looked at and nothing is gained
   * any more: what is left of an infinite ranking, in closed form.
   */
  readonly beyond: (at: Browsing) => number;
}

/** Precision at k: all of the first k ranks, and no more. */
export const precisionModel = (cutoff: number): UserModel => ({
  name: `precision(k=${cutoff})`,
  continuation: ({ rank }) => (rank < cutoff ? 1 : 0),
  beyond: ({ rank }) => Math.max(0, cutoff - rank),
});

/** Rank-biased precision [Moffat2008]: on with chance p, whatever was seen. p in [0, 1). */
export const rbpModel = (persistence: number): UserModel => ({
  name: `rbp(p=${inUnit('p', persistence)})`,
  continuation: () => persistence,
  beyond: () => 1 / (1 - persistence),
});

/** DCG's discount as a listener: weights 1 / log2(rank + 1), cut at k. */
export const dcgModel = (cutoff: number): UserModel => ({
  name: `dcg(k=${cutoff})`,
  continuation: ({ rank }) => (rank < cutoff ? Math.log2(rank + 1) / Math.log2(rank + 2) : 0),
  beyond: ({ rank }) => {
    let sum = 0;
    for (let next = rank + 1; next <= cutoff; next++) sum += Math.log2(rank + 2) / Math.log2(next + 1);
    return sum;
  },
});

/**
 * INST [Moffat2017, eq. 9]: a listener who wants T relevant items goes on more readily early, with much still wanted:
 * C(i) = ((i + T + T_i - 1) / (i + T + T_i))², T_i being what is still wanted after rank i. Gains lie in [0, 1]. T > 0.
 */
export const instModel = (wanted: number): UserModel => {
  if (!(wanted > 0)) throw new EngineError('invalid_request', `inst(t=${wanted}): expected a number above 0`);
  const reach = ({ rank, gained }: Browsing): number => rank + 2 * wanted - gained;
  return {
    name: `inst(t=${wanted})`,
    continuation: (at) => ((reach(at) - 1) / reach(at)) ** 2,
    // Nothing is gained any more, so the quotients telescope: Σ over m from `reach` on of (reach / m)².
    beyond: (at) => reach(at) ** 2 * inverseSquaresFrom(reach(at)),
  };
};

/**
 * A law that was measured: C(1), C(2), … and the last of them for all ranks that follow. All in [0, 1], the last below 1.
 * `fitContinuation` finds it in logs.
 */
export const fittedModel = (continuations: readonly number[]): UserModel => {
  for (const [n, c] of continuations.entries()) {
    if (!(c >= 0 && c <= 1) || (n === continuations.length - 1 && c === 1)) {
      throw new EngineError('invalid_request', `continuation ${c}: expected numbers from 0 to 1, the last below 1`);
    }
  }
  const last = continuations.at(-1);
  if (last === undefined) throw new EngineError('invalid_request', 'a fitted law without continuations');
  const at = (rank: number): number => continuations[rank - 1] ?? last;
  return {
    name: `fitted(c=${continuations.join(';')})`,
    continuation: ({ rank }) => at(rank),
    beyond: ({ rank }) => {
      let sum = 0;
      let viewing = 1;
      for (let next = rank + 1; next < continuations.length; next++) {
        sum += viewing;
        viewing *= at(next);
      }
      return sum + viewing / (1 - last);
    },
  };
};

const inUnit = (name: string, value: number): number => {
  if (value >= 0 && value < 1) return value;
  throw new EngineError('invalid_request', `${name}=${value}: expected a number from 0 to below 1`);
};

/** Σ over n ≥ 0 of 1 / (x + n)², x > 0: the trigamma function, by recurrence to 12 and its asymptotic series. */
const inverseSquaresFrom = (start: number): number => {
  let sum = 0;
  let x = start;
  for (; x < 12; x++) sum += 1 / (x * x);
  const y = 1 / (x * x);
  return sum + 1 / x + y / 2 + (y / x) * (1 / 6 - y * (1 / 30 - y * (1 / 42 - y / 30)));
};
