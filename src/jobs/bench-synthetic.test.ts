import { expect, it } from 'vitest';
import { generateInteractions } from '#simulation';
import { benchSynthetic } from './bench-synthetic.ts';

it('fits both models on the first rows of the matrix and says what it took', async () => {
  const steps: string[] = [];
  const rows = await benchSynthetic({
    models: ['als', 'item-knn'],
    users: 60,
    factors: 4,
    epochs: 1,
    neighbours: 5,
    threads: 2,
    onStep: (step) => steps.push(step),
  });
  expect(steps).toEqual(['matrix', 'als', 'item-knn']);
  expect(rows.map((row) => row.model)).toEqual(['als', 'item-knn']);
  const { counts } = generateInteractions({ users: 60 });
  for (const row of rows) {
    expect(row).toMatchObject({ pairs: counts.indices.length, users: 60, items: 50_000, threads: 2 });
    expect(row.fit_seconds).toBeGreaterThan(0);
    expect(row.cpu_seconds).toBeGreaterThan(0);
    expect(['simd', 'relaxed']).toContain(row.kernels);
  }
});

it('has as many pairs and items as MovieLens 1M when asked to', { timeout: 30_000 }, async () => {
  const [row] = await benchSynthetic({
    models: ['als'],
    size: 'ml-1m',
    factors: 4,
    epochs: 1,
    neighbours: 5,
    threads: 2,
  });
  expect(row).toMatchObject({ pairs: 998_539, items: 3706 });
});
