/**
 * 1,000 experiments × 20 metrics over the rows of 10 M users in the embedded warehouse: sums by experiment, arm and metric
 * with a covariate from before in one query, then CUPED, tests and intervals in this process. Each user is in 20
 * experiments, one of each layer of 50. Rows are made by the engine; making them is not measured.
 *
 *   npx tsx --conditions=ritornello-source bench/experiments.ts [--users 10000000] [--json]
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createClient } from '@clickhouse/client';
import { createChdbConnection } from 'chdb/connection';
import { cupedSlope, difference, type Effect, effectEstimate, effectTest, PairMoments } from '#stats';

const METRICS = 20;
const LAYERS = 20;
const IN_LAYER = 50;
/** Users a query looks at: bounds the memory of the aggregation's input. */
const SLICES = 10;

const { values: flags } = parseArgs({
  options: { users: { type: 'string', default: '10000000' }, json: { type: 'boolean', default: false } },
});
const users = Number(flags.users);
if (!(Number.isInteger(users) && users >= 100_000))
  throw new Error(`--users ${flags.users}: expected a whole number from 100000 on`);

const numbers = Array.from({ length: METRICS }, (_, m) => m);
const folder = mkdtempSync(join(tmpdir(), 'bench-experiments-'));
const connection = createChdbConnection({ path: folder });
const client = createClient({ connection } as unknown as Parameters<typeof createClient>[0]);
const megabytes = (): number => Math.round(process.memoryUsage.rss() / 2 ** 20);

const make = async (): Promise<void> => {
  const columns = numbers.map((m) => `x${m} Float32, y${m} Float32`).join(', ');
  await client.command({
    query: `CREATE TABLE user_metric (user UInt32, arms Array(UInt16), ${columns}) ENGINE = MergeTree ORDER BY user`,
  });
  // Skewed, and half explained by what was before; arm = 2 · experiment + side.
  const made = numbers
    .map(
      (m) =>
        `toFloat32(-log((sipHash64(n, ${m}) % 1000000 + 1) / 1000001)) AS a${m}, a${m} AS x${m}, toFloat32(0.7 * a${m} - log((sipHash64(n, ${m}, 1) % 1000000 + 1) / 1000001)) AS y${m}`,
    )
    .join(', ');
  const arms = `arrayMap(l -> toUInt16(2 * (l * ${IN_LAYER} + sipHash64(n, 'layer', l) % ${IN_LAYER}) + sipHash64(n, 'arm', l) % 2), range(${LAYERS}))`;
  const chosen = numbers.map((m) => `x${m}, y${m}`).join(', ');
  const step = Math.ceil(users / SLICES);
  for (let from = 0; from < users; from += step) {
    const size = Math.min(step, users - from);
    await client.command({
      query: `INSERT INTO user_metric SELECT user, arms, ${chosen} FROM (SELECT number AS n, toUInt32(n) AS user, ${arms} AS arms, ${made} FROM numbers(${from}, ${size}))`,
    });
  }
};

type Sums = readonly number[];

const layers = Array.from({ length: LAYERS }, (_, layer) => layer);

/**
 * n, Σx, Σy, Σx², Σy², Σxy of each metric, by arm. The table is read once and squares are taken once a user; each layer then
 * groups the same columns by its own arm. In small blocks, so that the columns stay in the cache from layer to layer.
 */
const sumsOf = async (): Promise<Map<number, Sums>> => {
  const columns = numbers.flatMap((m) => [
    `toFloat64(x${m}) AS a${m}`,
    `toFloat64(y${m}) AS b${m}`,
    `a${m} * a${m} AS aa${m}`,
    `b${m} * b${m} AS bb${m}`,
    `a${m} * b${m} AS ab${m}`,
  ]);
  const sums = numbers.map((m) => `sum(a${m}), sum(b${m}), sum(aa${m}), sum(bb${m}), sum(ab${m})`).join(', ');
  // In the groups of one layer the arms of the others are 0.
  const arm = layers.map((layer) => `arm${layer}`).join(' + ');
  const arms = layers.map((layer) => `arms[${layer + 1}] AS arm${layer}`);
  const sets = layers.map((layer) => `(arm${layer})`).join(', ');
  const result = await client.query({
    query: `SELECT ${arm} AS arm, count(), ${sums} FROM (SELECT ${[...arms, ...columns].join(', ')} FROM user_metric) GROUP BY GROUPING SETS (${sets})`,
    format: 'JSONCompactEachRow',
    clickhouse_settings: {
      output_format_json_quote_64bit_integers: 0,
      max_block_size: '8192',
      preferred_block_size_bytes: '0',
    },
  });
  const rows = await result.json<Sums>();
  return new Map((rows as unknown as Sums[]).map((row) => [row[0]!, row.slice(1)]));
};

/** Sums of ten thousand to a million values of size one keep eight digits of the variance in f64. */
const momentsOf = (sums: Sums, metric: number): PairMoments => {
  const n = sums[0]!;
  const [x, y, xx, yy, xy] = sums.slice(1 + 5 * metric, 6 + 5 * metric) as [number, number, number, number, number];
  return Object.assign(new PairMoments(), {
    n,
    meanX: x / n,
    meanY: y / n,
    squaresX: xx - (x * x) / n,
    squaresY: yy - (y * y) / n,
    products: xy - (x * y) / n,
  });
};

const effectOf = (arm: PairMoments, slope: number, meanX: number): Effect => {
  const squares = arm.squaresY - 2 * slope * arm.products + slope * slope * arm.squaresX;
  return {
    value: arm.meanY - slope * (arm.meanX - meanX),
    variance: squares / (arm.n - 1) / arm.n,
    df: arm.n - 1,
    n: arm.n,
  };
};

const analyse = (byArm: ReadonlyMap<number, Sums>): { tests: number; significant: number } => {
  let tests = 0;
  let significant = 0;
  for (let experiment = 0; experiment < LAYERS * IN_LAYER; experiment++) {
    const [control, treated] = [byArm.get(2 * experiment)!, byArm.get(2 * experiment + 1)!];
    for (const metric of numbers) {
      const arms = [momentsOf(control, metric), momentsOf(treated, metric)] as const;
      const slope = cupedSlope(arms)!;
      const meanX = (arms[0].meanX * arms[0].n + arms[1].meanX * arms[1].n) / (arms[0].n + arms[1].n);
      const effect = difference(effectOf(arms[1], slope, meanX), effectOf(arms[0], slope, meanX));
      const test = effectTest(effect);
      if (!(test.ok && effectEstimate(effect, 'CUPED').ok))
        throw new Error(`experiment ${experiment}, metric ${metric}: no result`);
      tests++;
      if (test.pValue < 0.05) significant++;
    }
  }
  return { tests, significant };
};

try {
  process.stderr.write(`making ${users} users …\n`);
  await make();
  const before = megabytes();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, megabytes());
  }, 50);
  const started = performance.now();
  const byArm = await sumsOf();
  const summed = performance.now();
  const { tests, significant } = analyse(byArm);
  const done = performance.now();
  clearInterval(watch);
  const result = {
    users,
    experiments: LAYERS * IN_LAYER,
    metrics: METRICS,
    exposures: users * LAYERS,
    query_seconds: Number(((summed - started) / 1000).toFixed(2)),
    statistics_seconds: Number(((done - summed) / 1000).toFixed(2)),
    tests,
    /** No experiment has an effect: one in twenty is expected. */
    significant_share: significant / tests,
    rss_before_mib: before,
    rss_peak_mib: peak,
  };
  // Every user counts once a layer, in one arm.
  const counted = [...byArm.values()].reduce((sum, [n]) => sum + n!, 0);
  if (counted !== users * LAYERS) throw new Error(`${counted} exposures were summed of ${users * LAYERS}`);
  process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await client.close();
  rmSync(folder, { recursive: true, force: true });
}
