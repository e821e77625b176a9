/** A made-up history of experiments on a metric and an outcome, for tests of proxies. */

import { createRng } from '#math';
import type { EffectRow } from './corpus.ts';

/** Effects of two metrics with correlation `rho` between true effects, standard deviation 1, and errors of `se`. */
export const pairRows = (
  seed: string,
  {
    count,
    rho,
    se,
    slope = rho,
    aa = 0,
    drift = 0,
  }: { count: number; rho: number; se: number; slope?: number; aa?: number; drift?: number },
): EffectRow[] => {
  const rng = createRng(seed);
  return Array.from({ length: count + aa }, (_, k) => {
    const quiet = k >= count;
    const x = quiet ? 0 : rng.normal();
    const y = quiet ? 0 : (slope + (k >= count / 2 ? drift : 0)) * x + Math.sqrt(1 - rho * rho) * rng.normal();
    const shared = {
      experiment: `e${k}`,
      n: 10_000,
      standardError: se,
      at: Date.UTC(2026, 0, 1 + k),
      ...(quiet && { aa: true }),
    };
    return [
      { ...shared, metric: 'm', effect: x + se * rng.normal(), days: 7 },
      { ...shared, metric: 'y', effect: y + se * rng.normal(), days: 28 },
    ];
  }).flat();
};
