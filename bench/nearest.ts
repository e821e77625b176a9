/**
 * The cells of als beside libraries for nearest neighbours: processor time to build and to find the best 100, and the share
 * of the true best that is found, on the factors of a fitted model. The libraries are no dependency; install them in a folder
 * of their own to have them measured:
 *
 *     npm install --prefix /tmp/peers usearch hnswlib-node
 *     npx tsx --conditions=ritornello-source bench/nearest.ts [--json] [--items 200000] [--peers /tmp/peers]
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { itemId } from '#domain';
import { startKernelPool } from '#kernels';
import { createRng, TopK } from '#math';
import { buildItemCells, createCellIndex, createQuantizedScan, fitAls, type ItemIndex } from '#models';
import { generateInteractions } from '#simulation';
import { quantiles } from './worlds/serving-world.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    items: { type: 'string', default: '200000' },
    users: { type: 'string', default: '40000' },
    peers: { type: 'string' },
  },
});
const itemCount = Number(values.items);
const SIZE = 64;
const K = 100;
const QUERIES = 300;
/** Of the graphs: neighbours of a node, and candidates while building and while searching. */
const CONNECTIVITY = 16;
const EF_BUILD = 128;
const EF_SEARCH = [128, 512];

type Search = (x: Float64Array) => ArrayLike<number>;

const processorMs = async (run: () => unknown): Promise<number> => {
  const used = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(used);
  return (user + system) / 1000;
};

const { counts } = generateInteractions({ users: Number(values.users), items: itemCount });
const items = Array.from({ length: itemCount }, (_, n) => itemId('track', String(n)));
const pool = startKernelPool();
const fitted = await fitAls({ users: [], items, counts }, { factors: SIZE, epochs: 3 }, createRng('nearest'), pool);
const stored = fitted.toBytes();
const start = stored.byteOffset + 16 + new DataView(stored.buffer, stored.byteOffset).getUint32(12, true);
const factors = {
  rows: itemCount,
  cols: SIZE,
  values: new Float32Array(stored.buffer.slice(start, start + 4 * itemCount * SIZE)),
};
const rowOf = (item: number): Float32Array => factors.values.subarray(item * SIZE, (item + 1) * SIZE);

/** Listeners of the matrix as the model sees them. */
const rng = createRng('queries');
const queries = Array.from({ length: QUERIES }, () => {
  const user = rng.int(counts.rows);
  const [from, to] = [counts.indptr[user]!, counts.indptr[user + 1]!];
  return fitted.foldIn({ items: counts.indices.slice(from, to), weights: counts.values.slice(from, to) }).values;
});
const searchOf =
  (index: ItemIndex): Search =>
  (x) => {
    const best = new TopK(itemCount, K);
    index.offerBest(x, best);
    return best.finish().indices;
  };
const exact = searchOf(createQuantizedScan(factors));
const truth = queries.map((x) => new Set(Array.from(exact(x))));

const measure = async (name: string, buildMs: number, search: Search) => {
  const times: number[] = [];
  let found = 0;
  for (const [n, x] of queries.entries()) {
    let given: ArrayLike<number> = [];
    times.push(
      await processorMs(() => {
        given = search(x);
      }),
    );
    found += Array.from(given).filter((item) => truth[n]!.has(Number(item))).length;
  }
  const recall = Number((found / (K * QUERIES)).toFixed(4));
  const build = Number((buildMs / 1000).toFixed(1));
  return {
    name,
    build_processor_seconds: build,
    search_processor_milliseconds: quantiles(times),
    recall_at_100: recall,
  };
};

const results = [await measure('exact scan of bytes', 0, exact)];
let cells: Search = exact;
const cellsMs = await processorMs(async () => {
  cells = searchOf(createCellIndex(factors, await buildItemCells(factors, createRng('cells'), pool)));
});
results.push(await measure('cells', cellsMs, cells));
await pool.close();

interface Usearch {
  readonly Index: new (
    options: object,
  ) => {
    add(keys: BigUint64Array, vectors: Float32Array, threads: number): void;
    search(x: Float32Array, k: number, threads: number): { readonly keys: BigUint64Array };
    save(path: string): void;
  };
}
interface Hnswlib {
  readonly HierarchicalNSW: new (
    space: string,
    size: number,
  ) => {
    initIndex(count: number, m: number, ef: number, seed: number): void;
    addPoint(point: number[], label: number): void;
    setEf(ef: number): void;
    searchKnn(x: number[], k: number): { readonly neighbors: number[] };
  };
}

if (values.peers !== undefined) {
  const require = createRequire(join(values.peers, 'package.json'));
  const peer = <T>(name: string): T => require(name) as T;
  const { Index } = peer<Usearch>('usearch');
  for (const ef of EF_SEARCH) {
    const options = { metric: 'ip', dimensions: SIZE, connectivity: CONNECTIVITY };
    const index = new Index({ ...options, expansion_add: EF_BUILD, expansion_search: ef });
    const keys = BigUint64Array.from({ length: itemCount }, (_, n) => BigInt(n));
    const buildMs = await processorMs(() => index.add(keys, factors.values, 1));
    const search: Search = (x) => Array.from(index.search(Float32Array.from(x), K, 1).keys, Number);
    results.push(await measure(`usearch, ef ${ef}`, buildMs, search));
  }
  const { HierarchicalNSW } = peer<Hnswlib>('hnswlib-node');
  const index = new HierarchicalNSW('ip', SIZE);
  const buildMs = await processorMs(() => {
    index.initIndex(itemCount, CONNECTIVITY, EF_BUILD, 1);
    for (let item = 0; item < itemCount; item++) index.addPoint(Array.from(rowOf(item)), item);
  });
  for (const ef of EF_SEARCH) {
    index.setEf(ef);
    results.push(await measure(`hnswlib-node, ef ${ef}`, buildMs, (x) => index.searchKnn(Array.from(x), K).neighbors));
  }
}
const report = { items: itemCount, factors: SIZE, queries: QUERIES, results };
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`);
