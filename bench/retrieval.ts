/**
 * Finding the best of a large catalogue: folding a user of 500 plays in, the best 400 items by the exact scan of bytes and,
 * to compare, by scoring every item; how long a stored model takes until it answers, from one read of its file.
 *
 *     npx tsx --conditions=ritornello-source bench/retrieval.ts [--json] [--items 1000000] [--users 20000]
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { itemId } from '#domain';
import { startKernelPool } from '#kernels';
import { createRng, topK } from '#math';
import { fitAls, type History, loadAls } from '#models';
import { generateInteractions } from '#simulation';
import { quantiles } from './worlds/serving-world.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    items: { type: 'string', default: '1000000' },
    users: { type: 'string', default: '20000' },
  },
});
const itemCount = Number(values.items);
const PLAYS = 500;
const K = 400;
const QUERIES = 200;

const { counts } = generateInteractions({ users: Number(values.users), items: itemCount });
const items = Array.from({ length: itemCount }, (_, n) => itemId('track', String(n)));
const pool = startKernelPool();
const fitted = await fitAls({ users: [], items, counts }, { epochs: 2 }, createRng('retrieval'), pool);
await pool.close();

const folder = mkdtempSync(join(tmpdir(), 'ritornello-retrieval-'));
const file = join(folder, 'als');
writeFileSync(file, fitted.toBytes());
const began = performance.now();
const bytes = readFileSync(file);
const read = performance.now();
const model = loadAls(bytes);
const loaded = performance.now();
rmSync(folder, { recursive: true });

const rng = createRng('histories');
const historyOf = (): History => ({
  items: Uint32Array.from({ length: PLAYS }, () => Math.floor(itemCount * rng.next() ** 4)),
  weights: Float32Array.from({ length: PLAYS }, () => 1 + rng.int(5)),
});
const all = Uint32Array.from({ length: itemCount }, (_, n) => n);
const folds: number[] = [];
const scans: number[] = [];
const scans100: number[] = [];
let different = 0;
for (let query = 0; query < QUERIES; query++) {
  const history = historyOf();
  const start = performance.now();
  const user = model.foldIn(history);
  const folded = performance.now();
  const ranked = model.recommend(user, K);
  const done = performance.now();
  model.recommend(user, 100);
  scans100.push(performance.now() - done);
  folds.push(folded - start);
  scans.push(done - folded);
  // Every twentieth is checked: scoring a million items one by one is what this is here to avoid.
  if (query % 20 === 0) {
    const best = topK(model.score(user, all), K);
    different += best.some((item, n) => item !== ranked.items[n]) ? 1 : 0;
  }
}
const scoreAll = performance.now();
model.score(model.foldIn(historyOf()), all);
const report = {
  items: itemCount,
  factors: 64,
  queries: QUERIES,
  fold_in_500_plays_milliseconds: quantiles(folds.slice(20)),
  best_400_milliseconds: quantiles(scans.slice(20)),
  best_100_milliseconds: quantiles(scans100.slice(20)),
  score_every_item_milliseconds: Number((performance.now() - scoreAll).toFixed(1)),
  lists_that_differ_from_scoring_every_item: different,
  stored_mib: Math.round(bytes.length / 2 ** 20),
  read_seconds: Number(((read - began) / 1000).toFixed(3)),
  load_seconds: Number(((loaded - read) / 1000).toFixed(3)),
};
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`);
