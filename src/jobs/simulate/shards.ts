/** A world cut into shards, in this thread or in several; what comes of it is the same. */

import type { Worker } from 'node:worker_threads';
import { EngineError } from '#domain';
import { type ShardCounts, type ShardDay, ShardRun, type ShardRunOptions, type ShardState } from '#simulation';
import { startThread } from '#threads';
import type { ShardTask } from './shard-worker.ts';

/** One shard, wherever it lives. */
interface ShardHandle {
  liveDay(day: number): Promise<ShardDay>;
  endDay(day: number, listens: Uint32Array, counted: Uint32Array): Promise<void>;
  toState(): Promise<ShardState>;
  restore(state: ShardState, day: number): Promise<void>;
  toCounts(): Promise<ShardCounts>;
  close(): Promise<void>;
}

export interface LivedDay {
  readonly events: number;
  /** NDJSON in UTF-8, in order of listeners. */
  readonly eventLines: readonly Uint8Array[];
  readonly truthLines: readonly Uint8Array[];
}

export interface Shards {
  liveDay(day: number): Promise<LivedDay>;
  toState(): Promise<readonly ShardState[]>;
  restore(states: readonly ShardState[], day: number): Promise<void>;
  /** Counts of all listeners. */
  toCounts(): Promise<ShardCounts>;
  close(): Promise<void>;
}

export const openShards = (options: Omit<ShardRunOptions, 'first' | 'end'>, count: number): Shards => {
  const listeners = options.document.rules['listeners.count'];
  const handles = Array.from({ length: count }, (_, n) => {
    const range = {
      first: Math.floor((listeners * n) / count),
      end: Math.floor((listeners * (n + 1)) / count),
    };
    return count === 1 ? inThisThread({ ...options, ...range }) : inWorker({ ...options, ...range });
  });
  const all = <Result>(ask: (handle: ShardHandle, n: number) => Promise<Result>): Promise<Result[]> =>
    Promise.all(handles.map(ask));
  return {
    liveDay: async (day) => {
      const days = await all((handle) => handle.liveDay(day));
      const listens = sum(days.map((each) => each.listens));
      const counted = sum(days.map((each) => each.counted));
      await all((handle) => handle.endDay(day, listens, counted));
      return {
        events: days.reduce((total, each) => total + each.events, 0),
        eventLines: days.map((each) => each.eventLines),
        truthLines: days.map((each) => each.truthLines),
      };
    },
    toState: () => all((handle) => handle.toState()),
    restore: async (states, day) => {
      await all((handle, n) => handle.restore(states[n]!, day));
    },
    toCounts: async () => joinCounts(await all((handle) => handle.toCounts())),
    close: async () => {
      await all((handle) => handle.close());
    },
  };
};

/** Whole numbers: the sum is the same in whatever order. A copy, for shards reuse their arrays. */
const sum = (arrays: readonly Uint32Array[]): Uint32Array => {
  const total = arrays[0]!.slice();
  for (const array of arrays.slice(1)) for (let n = 0; n < total.length; n++) total[n]! += array[n]!;
  return total;
};

const joinCounts = (parts: readonly ShardCounts[]): ShardCounts => {
  const cells = new Float64Array(parts.reduce((length, part) => length + part.cells.length, 0));
  let from = 0;
  for (const part of parts) {
    cells.set(part.cells, from);
    from += part.cells.length;
  }
  return {
    ...parts[0]!,
    cells,
    listeners: parts.reduce((total, part) => total + part.listeners, 0),
    shown: sum(parts.map((part) => part.shown)),
  };
};

const inThisThread = (options: ShardRunOptions): ShardHandle => {
  const run = new ShardRun(options);
  return {
    liveDay: async (day) => run.liveDay(day),
    endDay: async (day, listens, counted) => run.endDay(day, listens, counted),
    toState: async () => run.toState(),
    restore: async (state, day) => run.restore(state, day),
    toCounts: async () => run.toCounts(),
    close: async () => undefined,
  };
};

const inWorker = (options: ShardRunOptions): ShardHandle => {
  const worker = startWorker(options);
  let failure: EngineError | null = null;
  let waiting: { readonly resolve: (result: unknown) => void; readonly reject: (error: unknown) => void } | null = null;
  const fail = (reason: string, because: { readonly cause?: unknown } = {}): void => {
    failure ??= new EngineError('internal', `a shard of the world failed: ${reason}`, because);
    waiting?.reject(failure);
  };
  worker.on('message', (result: unknown) => waiting?.resolve(result));
  worker.on('error', (cause) => fail((cause as Error).message, { cause }));
  worker.on('exit', (code) => fail(`its thread ended with code ${code}`));
  /** One task at a time: the answer is that of the last one asked. */
  const ask = <Result>(task: ShardTask): Promise<Result> =>
    new Promise((resolve, reject) => {
      if (failure !== null) return reject(failure);
      waiting = { resolve: resolve as (result: unknown) => void, reject };
      worker.postMessage(task);
    });
  return {
    liveDay: (day) => ask({ kind: 'live', day }),
    endDay: (day, listens, counted) => ask({ kind: 'end', day, listens, counted }),
    toState: () => ask({ kind: 'state' }),
    restore: (state, day) => ask({ kind: 'restore', state, day }),
    toCounts: () => ask({ kind: 'counts' }),
    close: async () => void (await worker.terminate()),
  };
};

const WORKER = new URL('./shard-worker.ts', import.meta.url);

const startWorker = (workerData: ShardRunOptions): Worker => startThread(WORKER, { workerData, name: 'shard' });
