/** Kernels over many rows, shared out among threads. */

import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { startThread } from '#threads';
import type { KernelKind } from '../kernels.ts';
import { availableKernels, kernelsOn } from '../kernels-on.ts';
import type { Space } from '../space.ts';
import { type Done, type Order, toWire, type WorkerSettings } from './messages.ts';
import { runPart, type TaskArguments, type TaskName } from './tasks.ts';

/** Runs tasks; the same results whatever the number of workers, because parts are cut by the caller. */
export interface KernelPool {
  readonly kind: KernelKind;
  /** Threads that work at the same time; buffers that each needs for itself are sized by it. */
  readonly workers: number;
  /**
   * Part p of the task is the rows bounds[p] … bounds[p + 1] - 1. One task at a time: the next waits.
   * @throws {Error} when a part throws, or a thread dies: then what was to be written is in no known state. The pool
   * goes on: the next task gets a new thread.
   */
  run<Name extends TaskName>(space: Space, task: Name, args: TaskArguments[Name], bounds: Uint32Array): Promise<void>;
  /** Ends the threads; a task that runs fails. */
  close(): Promise<void>;
}

export interface KernelPoolOptions {
  /** Threads; without it one a processor. */
  readonly workers?: number;
  readonly kind?: KernelKind;
  /** Of an `UnderWay`: between two parts the threads step aside for what is counted there. */
  readonly aside?: SharedArrayBuffer;
}

/** Cuts `rows` rows into parts of `most` (the last may be shorter), for `KernelPool.run`. */
export const partsOf = (rows: number, most: number): Uint32Array => {
  const parts = Math.max(1, Math.ceil(rows / most));
  return Uint32Array.from({ length: parts + 1 }, (_, part) => Math.min(rows, part * most));
};

/** A pool without threads: everything runs in the caller's. For small work, and where determinism is proven against. */
export const inThread = (kind: KernelKind = availableKernels()[0]!): KernelPool => ({
  kind,
  workers: 1,
  run: async (space, task, args, bounds) => {
    const kernels = kernelsOn(space, kind);
    for (let index = 0; index + 1 < bounds.length; index++) {
      runPart(kernels, task, args, { from: bounds[index]!, to: bounds[index + 1]!, index, worker: 0 });
    }
  },
  close: async () => undefined,
});

/**
 * Starts the threads once, for all tasks to come, with the priority of the thread that starts them. They hold no process open that
 * has nothing else to do.
 */
export const startKernelPool = (options: KernelPoolOptions = {}): KernelPool => {
  const { workers = availableParallelism(), kind = availableKernels()[0]!, aside } = options;
  const workerData = { aside } satisfies WorkerSettings;
  return createPool(workers, kind, () =>
    startThread(new URL('./worker.ts', import.meta.url), { name: 'kernels', workerData }),
  );
};

interface Run {
  readonly id: number;
  left: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The pool over threads that `start` makes. */
export const createPool = (workers: number, kind: KernelKind, start: () => Worker): KernelPool => {
  if (!(Number.isInteger(workers) && workers > 0)) throw new RangeError(`${workers} workers: expected at least 1`);
  let isClosed = false;
  let current: Run | null = null;
  let runs = 0;
  let queue: Promise<void> = Promise.resolve();

  const fail = (error: Error): void => {
    current?.reject(error);
    current = null;
  };

  const startAt = (place: number): Worker => {
    const thread = start();
    let cause: Error | undefined;
    thread.on('message', ({ run, error }: Done) => {
      if (current?.id !== run) return;
      if (error !== undefined) return fail(new Error(`a kernel failed: ${error}`));
      current.left--;
      if (current.left > 0) return;
      current.resolve();
      current = null;
    });
    thread.on('error', (error) => {
      cause = error;
    });
    thread.on('exit', (code) => {
      if (threads[place] === thread) threads[place] = null;
      const reason = cause === undefined ? `with code ${code}` : `by "${cause.message}"`;
      fail(new Error(`kernel thread ${place + 1} of ${workers} ended ${reason} in the middle of a task`, { cause }));
    });
    return thread;
  };
  const threads: (Worker | null)[] = [];
  for (let place = 0; place < workers; place++) threads.push(startAt(place));
  for (const thread of threads) thread?.unref();

  const dispatch = (order: Omit<Order, 'worker' | 'run'>): Promise<void> =>
    new Promise<void>((resolve, reject) => {
      if (isClosed) throw new Error('the kernel pool is closed');
      const id = runs++;
      current = { id, left: workers, resolve, reject };
      for (let place = 0; place < workers; place++) {
        const thread = threads[place] ?? startAt(place);
        threads[place] = thread;
        thread.ref();
        thread.postMessage({ ...order, run: id, worker: place } satisfies Order);
      }
    }).finally(() => {
      for (const thread of threads) thread?.unref();
    });

  return {
    kind,
    workers,
    run: (space, task, args, bounds) => {
      const { memory, buffer } = space;
      const order = { kind, memory, buffer, task, args: toWire(args, buffer), bounds };
      const done = queue.then(() => dispatch({ ...order, counter: new SharedArrayBuffer(4) }));
      // Whoever is next waits for the end of this one, and does not fail with it.
      queue = done.catch(() => undefined);
      return done;
    },
    close: async () => {
      isClosed = true;
      await Promise.all(threads.map((thread) => thread?.terminate()));
    },
  };
};
