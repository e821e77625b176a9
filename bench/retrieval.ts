/**
 * Finding the best of a large catalogue: how long a stored als model of a million items takes until it answers, from one
 * read of its file; a user of 500 plays folded in; the best 100 for a user and the 100 most like an item, from the cells
 * beside the exact scan, with the share of the true best that the cells find; and the exact scan by number of items, from
 * which the choice between the two follows.
 *
 *     npx tsx --conditions=ritornello-source bench/retrieval.ts [--json] [--items 1000000] [--users 100000]
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { itemId } from '#domain';
import { startKernelPool } from '#kernels';
import { createRng, type Matrix, TopK } from '#math';
import {
  buildItemCells,
  createCellIndex,
  createQuantizedScan,
  fitAls,
  type History,
  type ItemIndex,
  loadAls,
} from '#models';
import { generateInteractions } from '#simulation';
import { quantiles } from './worlds/serving-world.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    items: { type: 'string', default: '1000000' },
    users: { type: 'string', default: '100000' },
  },
});
const itemCount = Number(values.items);
const FACTORS = 64;
const PLAYS = 500;
const K = 100;
const QUERIES = 500;
const WARM_UP = 50;
const SCANNED = [50_000, 100_000, 200_000, 500_000, 1_000_000];

const secondsSince = (start: number): number => Number(((performance.now() - start) / 1000).toFixed(2));
/** Milliseconds of the process's processor time, which other programs on the machine change little. */
const processorOf = (run: () => void): number => {
  const used = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(used);
  return (user + system) / 1000;
};

const { counts } = generateInteractions({ users: Number(values.users), items: itemCount });
const items = Array.from({ length: itemCount }, (_, n) => itemId('track', String(n)));
const pool = startKernelPool();
const fitted = await fitAls(
  { users: [], items, counts },
  { factors: FACTORS, epochs: 3 },
  createRng('retrieval'),
  pool,
);

const folder = mkdtempSync(join(tmpdir(), 'ritornello-retrieval-'));
const file = join(folder, 'als');
writeFileSync(file, fitted.toBytes());
const began = performance.now();
const bytes = readFileSync(file);
const readSeconds = secondsSince(began);
let model = fitted;
const loadProcessor = processorOf(() => {
  model = loadAls(bytes);
});
const readySeconds = secondsSince(began);
rmSync(folder, { recursive: true });

/** The factors as they are stored, first behind the header. */
const factorsOf = (stored: Uint8Array): Matrix => {
  const view = new DataView(stored.buffer, stored.byteOffset);
  const start = stored.byteOffset + 16 + view.getUint32(12, true);
  return {
    rows: itemCount,
    cols: FACTORS,
    values: new Float32Array(stored.buffer.slice(start, start + 4 * itemCount * FACTORS)),
  };
};
const factors = factorsOf(bytes);
const lengths = Float64Array.from({ length: itemCount }, (_, item) => {
  const row = factors.values.subarray(item * FACTORS, (item + 1) * FACTORS);
  return Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
});
const building = performance.now();
const cells = await buildItemCells(factors, createRng('cells'), pool);
const buildSeconds = secondsSince(building);
await pool.close();
const indexes = { exact: createQuantizedScan(factors), cells: createCellIndex(factors, cells) };

const rng = createRng('histories');
const historyOf = (): History => ({
  items: Uint32Array.from({ length: PLAYS }, () => Math.floor(itemCount * rng.next() ** 4)),
  weights: Float32Array.from({ length: PLAYS }, () => 1 + rng.int(5)),
});
const bestOf = (index: ItemIndex, x: Float64Array, divisors?: Float64Array): Uint32Array => {
  const best = new TopK(itemCount, K, (item) => lengths[item] === 0);
  index.offerBest(x, best, divisors);
  return best.finish().indices;
};

const folds: number[] = [];
const foldsProcessor: number[] = [];
for (let n = 0; n < QUERIES; n++) {
  const history = historyOf();
  const start = performance.now();
  foldsProcessor.push(processorOf(() => model.foldIn(history)));
  folds.push(performance.now() - start);
}
/** A listener of the matrix. */
const userOf = (): Float64Array => {
  const user = rng.int(counts.rows);
  const [from, to] = [counts.indptr[user]!, counts.indptr[user + 1]!];
  return model.foldIn({ items: counts.indices.slice(from, to), weights: counts.values.slice(from, to) }).values;
};
/** An item that has been played, the popular ones more often. */
const itemVector = (): Float64Array => {
  let item = 0;
  do item = counts.indices[rng.int(counts.indices.length)]!;
  while (lengths[item] === 0);
  return Float64Array.from(factors.values.subarray(item * FACTORS, (item + 1) * FACTORS));
};

const compare = (query: () => Float64Array, divisors?: Float64Array) => {
  const times = { exact: [] as number[], cells: [] as number[] };
  const recalls: number[] = [];
  for (let n = 0; n < QUERIES; n++) {
    const x = query();
    const found = { exact: new Uint32Array(), cells: new Uint32Array() };
    for (const name of ['exact', 'cells'] as const) {
      times[name].push(
        processorOf(() => {
          found[name] = bestOf(indexes[name], x, divisors).slice();
        }),
      );
    }
    const given = new Set(found.cells);
    recalls.push(found.exact.filter((item) => given.has(item)).length / found.exact.length);
  }
  return {
    processor_milliseconds: {
      exact: quantiles(times.exact.slice(WARM_UP)),
      cells: quantiles(times.cells.slice(WARM_UP)),
    },
    recall_at_100: {
      mean: Number((recalls.reduce((sum, recall) => sum + recall, 0) / QUERIES).toFixed(4)),
      least: Math.min(...recalls),
    },
  };
};
const users = compare(userOf);
const alike = compare(itemVector, lengths);

const scans = SCANNED.filter((rows) => rows <= itemCount).map((rows) => {
  const scan = createQuantizedScan({ rows, cols: FACTORS, values: factors.values.subarray(0, rows * FACTORS) });
  const times = Array.from({ length: QUERIES }, () => {
    const x = model.foldIn(historyOf()).values;
    return processorOf(() => bestOf(scan, x));
  });
  return { items: rows, processor_milliseconds: quantiles(times.slice(WARM_UP)) };
});

const report = {
  items: itemCount,
  items_with_factors: lengths.filter((length) => length > 0).length,
  factors: FACTORS,
  queries: QUERIES,
  fold_in_500_plays_milliseconds: quantiles(folds.slice(WARM_UP)),
  fold_in_500_plays_processor_milliseconds: quantiles(foldsProcessor.slice(WARM_UP)),
  best_of_a_user: users,
  most_like_an_item: alike,
  cells: indexes.cells.retrieval,
  items_in_head: cells.starts[0],
  cells_build_seconds: buildSeconds,
  exact_scan_by_items: scans,
  stored_mib: Math.round(bytes.length / 2 ** 20),
  read_seconds: readSeconds,
  load_processor_seconds: Number((loadProcessor / 1000).toFixed(2)),
  ready_seconds: readySeconds,
};
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`);
