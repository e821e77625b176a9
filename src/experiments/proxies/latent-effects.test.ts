import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { type EffectRow, toCorpus, wholes } from './corpus.ts';
import { fitLatentEffects } from './latent-effects.ts';
import { noiseModel } from './noise.ts';
import { pairRows } from './pair-rows.contract.ts';

describe('latent effects', () => {
  it('recover the planted correlation to ±.05 from 300 experiments, where plain correlation is pulled to 0', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e']) {
      const corpus = toCorpus(pairRows(seed, { count: 300, rho: 0.85, se: 0.5 }));
      const { lambda } = fitLatentEffects(wholes(corpus), [0, 1], noiseModel(corpus).correlations);
      const rho = lambda[1]! / Math.sqrt(lambda[0]! * lambda[3]!);
      expect(Math.abs(rho - 0.85)).toBeLessThan(0.05);
      // Errors of a quarter of the variance: the plain correlation is .85 / 1.25.
      const [x, y] = [0, 1].map((at) => wholes(corpus).map(({ effects }) => effects[at]!));
      const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, k) => sum + value * b[k]!, 0);
      expect(dot(x!, y!) / Math.sqrt(dot(x!, x!) * dot(y!, y!))).toBeLessThan(0.78);
    }
  });

  it('take metrics that were not measured for not measured', () => {
    const rows = pairRows('missing', { count: 400, rho: 0.8, se: 0.3 });
    const corpus = toCorpus(
      rows.filter(({ metric, experiment }) => metric === 'm' || Number(experiment.slice(1)) % 2 === 0),
    );
    const { lambda, n } = fitLatentEffects(wholes(corpus), [0, 1], noiseModel(corpus).correlations);
    expect(n).toBe(400);
    expect(lambda[1]! / Math.sqrt(lambda[0]! * lambda[3]!)).toBeGreaterThan(0.72);
  });

  it('errors that go together are learned from A/A tests, not taken for effects that do', () => {
    const rng = createRng('noise');
    const rows = Array.from({ length: 260 }, (_, k): EffectRow[] => {
      const shared = rng.normal();
      const error = () => 0.9 * shared + Math.sqrt(1 - 0.81) * rng.normal();
      const base = { experiment: `e${k}`, n: 100, standardError: 1, ...(k >= 200 && { aa: true }) };
      const effect = k >= 200 ? 0 : 0.8;
      return [
        { ...base, metric: 'm', effect: effect * rng.normal() + error() },
        { ...base, metric: 'y', effect: effect * rng.normal() + error() },
      ];
    }).flat();
    const corpus = toCorpus(rows);
    const noise = noiseModel(corpus);
    expect(noise.from).toBe('a/a tests');
    expect(noise.correlations[1]).toBeGreaterThan(0.65);
    const rhoOf = (correlations: Float64Array) => {
      const { lambda } = fitLatentEffects(wholes(corpus), [0, 1], correlations);
      return lambda[1]! / Math.sqrt(lambda[0]! * lambda[3]!);
    };
    expect(Math.abs(rhoOf(noise.correlations))).toBeLessThan(0.45);
    expect(rhoOf(Float64Array.of(1, 0, 0, 1))).toBeGreaterThan(0.9);
  });
});
