/** A thread of a pool: takes parts of the task at hand until none is left, says so, and waits. Started by `startKernelPool`. */

import { parentPort, workerData } from 'node:worker_threads';
import { stepAside } from '#threads';
import type { Kernels } from '../kernels.ts';
import { kernelsOn } from '../kernels-on.ts';
import type { Space } from '../space.ts';
import { type Done, fromWire, type Order, type WorkerSettings } from './messages.ts';
import { runPart, type TaskArguments, type TaskName } from './tasks.ts';

const { aside } = (workerData ?? {}) as Partial<WorkerSettings>;

// A fit brings the same memory to hundreds of tasks: its kernels are kept until other memory comes.
let kept: { readonly buffer: SharedArrayBuffer; readonly kernels: Kernels } | null = null;

const kernelsFor = ({ memory, buffer, kind }: Order): { buffer: SharedArrayBuffer; kernels: Kernels } => {
  const own = (memory?.buffer ?? buffer) as SharedArrayBuffer;
  if (kept?.buffer !== own || kept.kernels.kind !== kind) {
    const space: Space = { memory, buffer: own, arrays: {} };
    kept = { buffer: own, kernels: kernelsOn(space, kind) };
  }
  return kept;
};

const work = (order: Order): void => {
  const { buffer, kernels } = kernelsFor(order);
  const args = fromWire(order.args, buffer) as TaskArguments[TaskName];
  const counter = new Int32Array(order.counter);
  const parts = order.bounds.length - 1;
  let lastMs = 0;
  for (let index = Atomics.add(counter, 0, 1); index < parts; index = Atomics.add(counter, 0, 1)) {
    const part = { from: order.bounds[index]!, to: order.bounds[index + 1]!, index, worker: order.worker };
    // No longer than the part before took: beside answers without end a task takes twice as long, and does end.
    if (aside !== undefined) stepAside(aside, lastMs);
    const began = performance.now();
    runPart(kernels, order.task, args, part);
    lastMs = performance.now() - began;
  }
};

const answer = (order: Order): Done => {
  try {
    work(order);
    return { run: order.run };
  } catch (error) {
    return { run: order.run, error: (error as Error).message };
  }
};

parentPort?.on('message', (order: Order) => parentPort?.postMessage(answer(order)));
