/** Fits in a thread of its own, so that the server goes on answering. Started by `fitInWorker`; ends when it is done. */

import { parentPort, workerData } from 'node:worker_threads';
import type { ModelName } from '#models';
import { type FitOptions, type FittedModels, fitModels } from './fit-models.ts';
import type { TrainingData } from './training-data.ts';

export interface FitTask {
  readonly data: TrainingData;
  readonly options: FitOptions;
}

export type FitMessage =
  | { readonly kind: 'model'; readonly name: ModelName }
  | { readonly kind: 'done'; readonly fitted: FittedModels };

const { data, options } = workerData as FitTask;
const say = (message: FitMessage, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer);
const fitted = fitModels(data, options, (name) => say({ kind: 'model', name }));
say(
  { kind: 'done', fitted },
  fitted.models.map((model) => model.bytes.buffer as ArrayBuffer),
);
