import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { stepAside, UnderWay } from './under-way.ts';

/** Says when it begins to step aside, and when it is back. */
const STEPPING = `
  import { parentPort, workerData } from 'node:worker_threads';
  import { stepAside } from '#threads';
  parentPort.postMessage('aside');
  stepAside(workerData.memory, workerData.mostMs);
  parentPort.postMessage('back');
`;

const workers: Worker[] = [];
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.terminate())));

describe('what is under way', () => {
  it('is counted', () => {
    const underWay = new UnderWay();
    underWay.begin();
    underWay.begin();
    expect(underWay.count).toBe(2);
    underWay.end();
    expect(underWay.count).toBe(1);
    underWay.end();
    expect(underWay.count).toBe(0);
  });

  it('holds up nobody while there is nothing', () => {
    const { memory } = new UnderWay();
    // For an hour, if it waited.
    stepAside(memory, 3_600_000);
  });

  it('is waited for no longer than asked', () => {
    const underWay = new UnderWay();
    underWay.begin();
    const from = performance.now();
    stepAside(underWay.memory, 30);
    expect(performance.now() - from).toBeGreaterThanOrEqual(29);
  });

  it('lets another thread go on when the last of it has ended', async () => {
    const underWay = new UnderWay();
    underWay.begin();
    underWay.begin();
    const workerData = { memory: underWay.memory, mostMs: 3_600_000 };
    const worker = new Worker('./scripts/run-source.mjs', { argv: ['-e', STEPPING], workerData });
    workers.push(worker);
    const said: string[] = [];
    worker.on('message', (word: string) => said.push(word));
    await once(worker, 'message');
    underWay.end();
    await pause(50);
    expect(said).toEqual(['aside']);
    underWay.end();
    await expect.poll(() => said).toEqual(['aside', 'back']);
  });
});
