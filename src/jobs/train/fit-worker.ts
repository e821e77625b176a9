/** Fits in a thread of its own, so that the server goes on answering. Started by `fitInWorker`; ends when it is done. */

import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { startKernelPool } from '#kernels';
import type { ModelName } from '#models';
import { type FitOptions, type FittedModels, fitModels } from './fit-models.ts';
import type { TrainingData } from './training-data.ts';

export interface FitTask {
  /** Threads of the kernels. */
  readonly threads: number;
  readonly data: TrainingData;
  readonly options: FitOptions;
}

export type FitMessage =
  | { readonly kind: 'model'; readonly name: ModelName }
  | { readonly kind: 'done'; readonly fitted: FittedModels };

const { data, options, threads } = workerData as FitTask;
// On Linux a priority is a thread's own: answers come first, learning takes what is left.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
const say = (message: FitMessage, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer);
const pool = startKernelPool({ workers: threads, isBackground: true });
const fitted = await fitModels(data, options, (name) => say({ kind: 'model', name }), pool);
await pool.close();
say(
  { kind: 'done', fitted },
  fitted.models.map((model) => model.bytes.buffer as ArrayBuffer),
);
