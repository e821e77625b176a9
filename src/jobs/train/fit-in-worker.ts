/** Fitting beside the event loop. */

import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { EngineError, type ItemId, type SharedIds } from '#domain';
import type { ModelName, SharedModel } from '#models';
import { giveWay, startThread, type ThreadNumber } from '#threads';
import type { FitOptions, FittedModels } from './fit-models.ts';
import type { FitMessage, FitOrder, FitSettings } from './fit-worker.ts';
import { itemSlices, type TrainingData, transferables } from './training-data.ts';

/** Who fits. */
export interface FitThreads {
  /** Without it one a processor. The models are the same bytes with any number. */
  readonly threads?: number;
  /** The threads give way to all else on the machine (Linux). */
  readonly isBackground?: boolean;
  /** Of an `UnderWay`: kernels step aside for what is counted there. */
  readonly aside?: SharedArrayBuffer;
}

/** What a fit beside the event loop brings back: ready to be stored, and ready to answer without anything being read. */
export type FittedBeside = Omit<FittedModels, 'models'> & {
  readonly models: readonly { readonly name: ModelName; readonly bytes: Uint8Array; readonly shared: SharedModel }[];
  readonly items: SharedIds<ItemId>;
  /** They as bytes, to be stored. */
  readonly itemBytes: Uint8Array;
};

/** Items that are copied to the thread at once: about a millisecond. */
const ITEMS_A_SLICE = 1000;
/** After each slice, where others have things to do on this side. */
const PAUSE_MS = 1;

/**
 * As `fitModels`, in a worker thread; takes the arrays of `data` along, so they are empty afterwards. Nothing that grows with
 * the data is done on this side in one go, and once the thread has all of it nothing here refers to it. An abort ends the
 * thread at once.
 * @throws {EngineError} what the fit threw, or internal when the thread ends without an answer.
 */
export const fitInWorker = (
  data: TrainingData,
  options: FitOptions,
  onModel: (name: ModelName) => void,
  signal: AbortSignal,
  { threads = availableParallelism(), isBackground = false, aside }: FitThreads = {},
): Promise<FittedBeside> => {
  if (signal.aborted) return Promise.reject(signal.reason);
  const settings: FitSettings = { threads, aside };
  const worker = startThread(WORKER, { workerData: settings, name: 'fit' });
  // Awaited here, the data would live until the models are there.
  const isHandedOver = handOver(worker, data, options, isBackground);
  return Promise.all([answerOf(worker, onModel, signal), isHandedOver]).then(([fitted]) => fitted);
};

/** What the thread says first. */
const threadOf = (worker: Worker): Promise<ThreadNumber> =>
  new Promise((resolve) => {
    worker.once('message', (message: FitMessage) => resolve(message.kind === 'thread' ? message.thread : null));
  });

const answerOf = (worker: Worker, onModel: (name: ModelName) => void, signal: AbortSignal): Promise<FittedBeside> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      void worker.terminate();
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (message: FitMessage) => {
      if (message.kind === 'model') onModel(message.name);
      else if (message.kind === 'done') resolve(message.fitted);
    });
    worker.on('error', (cause) => {
      reject(new EngineError('internal', `the models cannot be fitted: ${(cause as Error).message}`, { cause }));
    });
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', stop);
      // After an answer or an error this changes nothing.
      reject(new EngineError('internal', `the fitting thread ended with code ${code} and no answer`));
    });
  });

const handOver = async (
  worker: Worker,
  data: TrainingData,
  options: FitOptions,
  isBackground: boolean,
): Promise<void> => {
  const say = (order: FitOrder, transfer: ArrayBuffer[] = []): void => worker.postMessage(order, transfer);
  // Before anything is ordered: with the order to fit it starts threads of its own, which are as it is by then.
  if (isBackground) await giveWay([await threadOf(worker)]);
  for (const columns of itemSlices(data, ITEMS_A_SLICE)) {
    say({ kind: 'items', columns });
    await (isBackground ? pause(PAUSE_MS) : nextTurn());
  }
  const { items, artists, albums, tags, ...rest } = data;
  say({ kind: 'fit', rest, options }, transferables(data));
};

const WORKER = new URL('./fit-worker.ts', import.meta.url);
