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
  /** Gives way to whoever answers. */
  readonly isBackground: boolean;
  readonly data: TrainingData;
  readonly options: FitOptions;
}

export type FitMessage =
  | { readonly kind: 'model'; readonly name: ModelName }
  | { readonly kind: 'done'; readonly fitted: FittedModels };

const { data, options, threads, isBackground } = workerData as FitTask;
// On Linux a priority is a thread's own: answers come first, learning takes most of what is left.
if (isBackground && process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const say = (message: FitMessage, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer);
const pool = startKernelPool({ workers: threads, isBackground });
const fitted = await fitModels(data, options, (name) => say({ kind: 'model', name }), pool);
await pool.close();
say(
  { kind: 'done', fitted },
  fitted.models.map((model) => model.bytes.buffer as ArrayBuffer),
);
