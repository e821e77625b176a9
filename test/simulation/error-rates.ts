/**
 * Rates of error, counted over made-up worlds.
 *
 * Each test states its own. A rate p over n worlds is checked against p ± 4·√(p (1 - p) / n): a method that
 * keeps its promise fails for 1 seed in 16,000, and the seeds are fixed. RITORNELLO_SLOW=1 runs ten times as many
 * worlds.
 */

import { createRng, type Rng } from '#math';
import { type Effect, Moments } from '#stats';

// biome-ignore lint/style/noProcessEnv: tests have no configuration of their own.
export const SLOW = process.env['RITORNELLO_SLOW'] === '1' ? 10 : 1;

export const ALPHA = 0.05;

/** Four standard errors of a rate over n worlds. */
export const band = (rate: number, n: number): number => 4 * Math.sqrt((rate * (1 - rate)) / n);

export const count = (n: number, happens: (rng: Rng, world: number) => boolean, name: string): number => {
  let times = 0;
  for (let world = 0; world < n; world++) if (happens(createRng(name).derive(world), world)) times++;
  return times / n;
};

export const draw = (rng: Rng, n: number): number[] => Array.from({ length: n }, () => rng.normal());

export const hits = (rng: Rng, n: number, p: number): number => {
  let times = 0;
  for (let i = 0; i < n; i++) if (rng.next() < p) times++;
  return times;
};

export const effectOf = (values: Iterable<number>): Effect => {
  const { mean, meanVariance, n } = Moments.of(values);
  return { value: mean, variance: meanVariance, df: n - 1, n };
};
