import type { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { startThread, UnderWay } from '#threads';
import { availableKernels } from '../kernels-on.ts';
import { createSpace, f32 } from '../space.ts';
import { createPool, inThread, type KernelPool, partsOf, startKernelPool } from './pool.ts';

const ROWS = 1000;
const SIZE = 16;
const kind = availableKernels()[0]!;

/** Sums of outer products in parts of 64 rows, by this pool. */
const gram = async (pool: KernelPool): Promise<Float32Array> => {
  const bounds = partsOf(ROWS, 64);
  const space = createSpace({ rows: f32(ROWS * SIZE), sums: f32((bounds.length - 1) * SIZE * SIZE) });
  const { rows, sums } = space.arrays;
  const rng = createRng('rows');
  for (let n = 0; n < rows.length; n++) rows[n] = rng.normal();
  await pool.run(space, 'gram', { rows, size: SIZE, sums }, bounds);
  return sums.slice();
};

const pools: KernelPool[] = [];
const opened = (pool: KernelPool): KernelPool => {
  pools.push(pool);
  return pool;
};
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

/** A pool whose threads are at hand. */
const watched = (workers: number) => {
  const threads: Worker[] = [];
  const start = (): Worker => {
    const thread = startThread(new URL('./worker.ts', import.meta.url), {});
    threads.push(thread);
    return thread;
  };
  return { threads, pool: opened(createPool(workers, kind, start)) };
};

describe('a kernel pool', { timeout: 60_000 }, () => {
  it('gives the same bits with one, two and three threads as without any', async () => {
    const expected = await gram(inThread());
    expect(expected.some((value) => value !== 0)).toBe(true);
    for (const workers of [1, 2, 3]) {
      expect(await gram(opened(startKernelPool({ workers })))).toEqual(expected);
    }
  });

  it('starts its threads once, and does tasks one after the other', async () => {
    const { pool, threads } = watched(2);
    const results = await Promise.all([gram(pool), gram(pool), gram(pool)]);
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    expect(threads).toHaveLength(2);
  });

  it('says that a thread died, and goes on with a new one', async () => {
    const { pool, threads } = watched(2);
    const expected = await gram(pool);
    const running = gram(pool);
    await threads[1]!.terminate();
    await expect(running).rejects.toThrow(/^kernel thread 2 of 2 ended with code 1 in the middle of a task$/);
    expect(await gram(pool)).toEqual(expected);
    expect(threads).toHaveLength(3);
  });

  it('passes on what a kernel refuses, and goes on', async () => {
    const { pool, threads } = watched(2);
    const space = createSpace({ rows: f32(10), sums: f32(16) });
    const refused = pool.run(space, 'gram', { ...space.arrays, size: 4 }, partsOf(100, 50));
    await expect(refused).rejects.toThrow(/a kernel failed: an array of 10 numbers: expected at least/);
    expect(await gram(pool)).toEqual(await gram(inThread()));
    expect(threads).toHaveLength(2);
  });

  it('steps aside between parts for what is under way, and goes on in the end', async () => {
    const underWay = new UnderWay();
    const pool = opened(startKernelPool({ workers: 1, aside: underWay.memory }));
    const bounds = partsOf(64 * 1024, 8 * 1024);
    const size = 64;
    const space = createSpace({ rows: f32(64 * 1024 * size), sums: f32(8 * size * size) });
    let haveWaited = 0;
    // Whoever waits goes on, as after the time that the part before took.
    const looking = setInterval(() => {
      haveWaited += Atomics.notify(new Int32Array(underWay.memory), 0);
    }, 1);
    const run = () => pool.run(space, 'gram', { ...space.arrays, size }, bounds);
    await run();
    expect(haveWaited).toBe(0);
    underWay.begin();
    // This thread may be held up itself while another one waits.
    for (let n = 0; n < 20 && haveWaited === 0; n++) await run();
    clearInterval(looking);
    expect(haveWaited).toBeGreaterThan(0);
  });

  it('refuses arrays of elsewhere, numbers of workers that are none, and work after its end', async () => {
    const pool = startKernelPool({ workers: 1 });
    const space = createSpace({ sums: f32(16) });
    const rows = new Float32Array(16);
    expect(() => pool.run(space, 'gram', { rows, sums: space.arrays.sums, size: 4 }, partsOf(4, 4))).toThrow(
      /outside of the space/,
    );
    await pool.close();
    await expect(gram(pool)).rejects.toThrow(/the kernel pool is closed/);
    expect(() => startKernelPool({ workers: 0 })).toThrow(/0 workers: expected at least 1/);
  });
});

describe('partsOf', () => {
  it('cuts by the number of rows alone', () => {
    expect([...partsOf(10, 4)]).toEqual([0, 4, 8, 10]);
    expect([...partsOf(8, 4)]).toEqual([0, 4, 8]);
    expect([...partsOf(0, 4)]).toEqual([0, 0]);
  });
});
