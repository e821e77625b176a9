import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { benchModels } from './bench-models.ts';

const folder = mkdtempSync(join(tmpdir(), 'ritornello-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
};

// Rock fans r0 to r4 have the songs a, b, c, jazz fans j0 to j4 x, y, z; of r0 song c and of j0 song z is held back.
const songs = (fan: string, names: string): string[] => [...names].map((song) => `${fan}\t${song}\t3`);
const train = file('train.tsv', [
  'user\titem\tcount',
  ...songs('r0', 'ab'),
  ...['r1', 'r2', 'r3', 'r4'].flatMap((fan) => songs(fan, 'abc')),
  ...songs('j0', 'xy'),
  ...['j1', 'j2', 'j3', 'j4'].flatMap((fan) => songs(fan, 'xyz')),
  '',
]);
const test = file('test.tsv', ['user\titem\tcount', 'r0\tc\t1', 'j0\tz\t9']);

describe('benchModels', () => {
  it('reports each model with its measures, done by hand', async () => {
    const [als, knn, popularity] = await benchModels({
      train,
      test,
      models: ['als', 'item-knn', 'popularity'],
      k: 1,
      factors: 2,
    });
    for (const row of [als!, knn!]) {
      expect(row).toMatchObject({ 'ndcg@1': 1, 'precision@1': 1, 'recall@1': 1, users: 2 });
    }
    // Popularity: a, b, x, y have five listeners, c and z four. r0 has a and b, so x comes first; j0 gets a.
    expect(popularity).toMatchObject({ model: 'popularity', 'ndcg@1': 0, 'recall@1': 0, users: 2 });
    expect(popularity!.intervals['ndcg@1']).toEqual({ lower: 0, upper: 0 });
    expect(als!.fit_seconds).toBeGreaterThan(0);
    expect(als!.peak_rss_mib).toBeGreaterThan(10);
  });

  it('tells epochs of als, and how many of them it takes to a quality', async () => {
    const options = { train, test, models: ['als', 'popularity'] as const, k: 1, factors: 2, epochs: 4 };
    const [als, popularity] = await benchModels({ ...options, quality: 1 });
    expect(als).toMatchObject({
      epochs: 4,
      to_quality: { epochs: expect.any(Number), fit_seconds: expect.any(Number) },
    });
    expect(als!.to_quality!.epochs).toBeLessThanOrEqual(4);
    expect(popularity).not.toHaveProperty('epochs');
    const [never] = await benchModels({ ...options, quality: 1.01 });
    expect(never!.to_quality).toBeNull();
    const [stopped] = await benchModels({ ...options, epochs: 50, earlyStop: 0.5 });
    expect(stopped!.epochs).toBeLessThan(50);
  });

  it('judges the unknown listener too', async () => {
    const unknown = file('unknown.tsv', ['user\titem\tcount', 'r0\tc\t1', 'j0\tz\t1', 'new\ta\t1']);
    const [row] = await benchModels({ train, test: unknown, models: ['item-knn'], k: 1 });
    expect(row!.users).toBe(3);
    expect(row!['recall@1']).toBeCloseTo(2 / 3, 12);
  });

  it('names the file and the line that cannot be read', async () => {
    const bench = (path: string) => benchModels({ train: path, test, models: ['popularity'], k: 10 });
    await expect(bench(join(folder, 'absent.tsv'))).rejects.toThrow(/cannot read .*absent\.tsv/);
    for (const wrong of ['a\tb', 'a\tb\tmany', 'a\tb\t0', '\tb\t1', 'a\tb\t1\t2']) {
      await expect(bench(file('wrong.tsv', ['user\titem\tcount', 'a\tb\t1', wrong]))).rejects.toThrow(/line 3 of/);
    }
    await expect(bench(file('empty.tsv', ['user\titem\tcount']))).rejects.toMatchObject({ code: 'unreadable_file' });
  });
});
