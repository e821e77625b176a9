import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { giveWay, ownThread, startPolicyShell } from './give-way.ts';

/** Tells its number; told a word, it starts another one and tells that one's too. */
const TELLING = `
  const { parentPort, Worker } = require('node:worker_threads');
  const { readlinkSync } = require('node:fs');
  const { basename } = require('node:path');
  const tell = () => Number(basename(readlinkSync('/proc/thread-self')));
  const inner = "require('node:worker_threads').parentPort.postMessage(Number(require('node:path').basename(require('node:fs').readlinkSync('/proc/thread-self')))); setInterval(() => {}, 1000)";
  parentPort.on('message', () => new Worker(inner, { eval: true }).once('message', (thread) => parentPort.postMessage(thread)));
  parentPort.postMessage(tell());
`;

const workers: Worker[] = [];
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.terminate())));

const heardFrom = (worker: Worker): Promise<number> => new Promise((resolve) => worker.once('message', resolve));
const started = async () => {
  const worker = new Worker(TELLING, { eval: true });
  workers.push(worker);
  return { worker, thread: await heardFrom(worker) };
};

/** Fields 19 and 41 of proc(5). */
const priorityOf = (thread: number | null) => {
  const fields = readFileSync(`/proc/self/task/${thread}/stat`, 'latin1').split(') ')[1]!.split(' ');
  return { nice: Number(fields[19 - 3]), policy: Number(fields[41 - 3]) };
};
const [USUAL, IDLE] = [0, 5];
const hasChrt = spawnSync('chrt', ['-m']).status === 0;

describe.skipIf(process.platform !== 'linux')('a thread that gives way (on Linux)', () => {
  it('has the lowest priority, and no other thread has', async () => {
    const { thread } = await started();
    await giveWay([thread, null]);
    expect(priorityOf(thread)).toEqual({ nice: 19, policy: USUAL });
    expect(priorityOf(ownThread())).toEqual({ nice: 0, policy: USUAL });
  });

  it('may have ended meanwhile', async () => {
    const { worker, thread } = await started();
    await worker.terminate();
    await expect.poll(() => existsSync(`/proc/self/task/${thread}`)).toBe(false);
    await expect(giveWay([thread])).resolves.toBeUndefined();
  });

  it.skipIf(!hasChrt)(
    'is under the idle policy once there is a shell, with the threads that it starts (where chrt is installed)',
    async () => {
      startPolicyShell();
      const [first, second] = [await started(), await started()];
      await giveWay([first.thread, second.thread]);
      for (const { thread } of [first, second]) expect(priorityOf(thread)).toEqual({ nice: 19, policy: IDLE });
      const inner = heardFrom(first.worker);
      first.worker.postMessage('go on');
      expect(priorityOf(await inner)).toEqual({ nice: 19, policy: IDLE });
      expect(priorityOf(ownThread())).toEqual({ nice: 0, policy: USUAL });
    },
  );
});
