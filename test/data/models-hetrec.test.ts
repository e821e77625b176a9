/** Quality of the models on real listening data, beside that of the peers that were measured on the same split. */

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BenchModelsOptions, benchModels, type ModelBench } from '#jobs';
import { dataFolder } from './data-folder.ts';

const folder = dataFolder('hetrec2011-lastfm-2k/split80');

describe.skipIf(folder === undefined)('models on HetRec 2011 Last.fm, split80', () => {
  const bench = async (
    options: Partial<BenchModelsOptions> & Pick<BenchModelsOptions, 'models'>,
  ): Promise<ModelBench> => {
    const [row] = await benchModels({
      train: join(folder!, 'train.tsv'),
      test: join(folder!, 'test.tsv'),
      k: 10,
      ...options,
    });
    console.info(JSON.stringify(row));
    expect(row!.users).toBe(1879);
    return row!;
  };

  it('als with the settings of the peer is as good as the peer (0.2345)', async () => {
    const settings = { factors: 64, epochs: 15, regularization: 0.01, alpha: 1, weight: 'log' } as const;
    expect((await bench({ models: ['als'], ...settings }))['ndcg@10']).toBeGreaterThanOrEqual(0.234);
  });

  it('als by its own defaults is better than the peer by a tenth', async () => {
    expect((await bench({ models: ['als'] }))['ndcg@10']).toBeGreaterThan(1.1 * 0.2345);
  });

  it('item-knn is better than the best neighbourhoods of the peer (0.1776), with as many neighbours too', async () => {
    expect((await bench({ models: ['item-knn'] }))['ndcg@10']).toBeGreaterThan(0.21);
    expect((await bench({ models: ['item-knn'], neighbours: 20, weight: 'binary' }))['ndcg@10']).toBeGreaterThan(0.2);
  });

  it('popularity is the floor', async () => {
    const ndcg = (await bench({ models: ['popularity'] }))['ndcg@10'];
    expect(ndcg).toBeGreaterThan(0.05);
    expect(ndcg).toBeLessThan(0.1);
  });
});
