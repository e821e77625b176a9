/**
 * Finding the best of a large catalogue: folding a user of 500 plays in, the best 400 items by the exact scan of bytes and,
 * to compare, by scoring every item and by the approximate index of cells; how long a stored model takes until it answers, from one read of its file.
 *
 *     npx tsx --conditions=ritornello-source bench/retrieval.ts [--json] [--items 1000000] [--users 20000]
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { itemId } from '#domain';
import { startKernelPool } from '#kernels';
import { createRng, type Matrix, TopK, topK } from '#math';
import { createCellIndex, createQuantizedScan, fitAls, type History, type ItemIndex, loadAls } from '#models';
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
const usedBefore = process.cpuUsage();
const model = loadAls(bytes);
const loaded = performance.now();
const loadUsed = process.cpuUsage(usedBefore);
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
const everyItem = performance.now() - scoreAll;

/** The factors as they are stored, behind the header. */
const factorsOf = (stored: Uint8Array): Matrix => {
  const view = new DataView(stored.buffer, stored.byteOffset);
  const values = new Float32Array(stored.slice(16 + view.getUint32(12, true)).buffer);
  return { rows: itemCount, cols: 64, values: values.subarray(0, itemCount * 64) };
};
const factors = factorsOf(bytes);
const exact = createQuantizedScan(factors);
const building = performance.now();
const cells = createCellIndex(factors, createRng('cells'));
const buildSeconds = (performance.now() - building) / 1000;
const processorOf = (run: () => void): number => {
  const used = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(used);
  return (user + system) / 1000;
};
const exactTimes: number[] = [];
const cellTimes: number[] = [];
let found = 0;
for (let query = 0; query < QUERIES; query++) {
  const x = model.foldIn(historyOf()).values;
  const best = (index: ItemIndex): Uint32Array => {
    const chosen = new TopK(itemCount, 100);
    index.offerBest(x, chosen);
    return chosen.finish().indices;
  };
  let wanted = new Uint32Array();
  let given = new Uint32Array();
  exactTimes.push(
    processorOf(() => {
      wanted = best(exact).slice();
    }),
  );
  cellTimes.push(
    processorOf(() => {
      given = best(cells).slice();
    }),
  );
  const set = new Set(given);
  found += wanted.filter((item) => set.has(item)).length / wanted.length;
}
const report = {
  items: itemCount,
  factors: 64,
  queries: QUERIES,
  fold_in_500_plays_milliseconds: quantiles(folds.slice(20)),
  best_400_milliseconds: quantiles(scans.slice(20)),
  best_100_milliseconds: quantiles(scans100.slice(20)),
  score_every_item_milliseconds: Number(everyItem.toFixed(1)),
  best_100_processor_milliseconds: { exact_scan: quantiles(exactTimes), cells: quantiles(cellTimes) },
  cells_recall_at_100: Number((found / QUERIES).toFixed(4)),
  cells_build_seconds: Number(buildSeconds.toFixed(1)),
  lists_that_differ_from_scoring_every_item: different,
  stored_mib: Math.round(bytes.length / 2 ** 20),
  read_seconds: Number(((read - began) / 1000).toFixed(3)),
  load_seconds: Number(((loaded - read) / 1000).toFixed(3)),
  load_processor_seconds: Number(((loadUsed.user + loadUsed.system) / 1e6).toFixed(3)),
};
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`);
