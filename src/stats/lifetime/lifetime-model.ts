/** What the models of "comes back until gone for good" have in common. */

/** One history: x repeats, the last at t_x, watched until T. */
export interface History {
  readonly x: number;
  readonly tx: number;
  readonly T: number;
}

/** Acts come at random at a rate of each user's own; at some time, of each user's own chance, the user is gone. */
export interface LifetimeModel {
  readonly name: string;
  /** Names of the parameters, all positive, in order. */
  readonly parameters: readonly string[];
  /** Places of the parameters that are measured in time: they scale with its unit. */
  readonly timeScaled: readonly number[];
  /** log L(parameters | x, t_x, T). */
  logLikelihood(parameters: ArrayLike<number>, history: History): number;
  /** P(not gone at T | history), in [0, 1]. */
  alive(parameters: ArrayLike<number>, history: History): number;
  /** Expected acts in (T, T + t], given the history. */
  expectedActs(parameters: ArrayLike<number>, history: History, t: number): number;
}

/** log(eᵃ + eᵇ) without overflow; −∞ stands for 0. */
export const logSum = (a: number, b: number): number => {
  const most = Math.max(a, b);
  return most === Number.NEGATIVE_INFINITY ? most : most + Math.log1p(Math.exp(Math.min(a, b) - most));
};

/** log(eᵃ − eᵇ) for a ≥ b; −∞ when they are equal. */
export const logDifference = (a: number, b: number): number =>
  a === b ? Number.NEGATIVE_INFINITY : a + Math.log1p(-Math.exp(b - a));
