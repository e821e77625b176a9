/** Fitting beside the event loop. */

import { availableParallelism } from 'node:os';
import { EngineError } from '#domain';
import { startThread } from '#kernels';
import type { ModelName } from '#models';
import type { FitOptions, FittedModels } from './fit-models.ts';
import type { FitMessage, FitTask } from './fit-worker.ts';
import { type TrainingData, transferables } from './training-data.ts';

/** Who fits. */
export interface FitThreads {
  /** Without it one a processor. The models are the same bytes with any number. */
  readonly threads?: number;
  /** The threads give way to all else on the machine (Linux). */
  readonly isBackground?: boolean;
}

/**
 * As `fitModels`, in a worker thread; takes the arrays of `data` along, so they are empty afterwards. An abort ends the
 * thread at once. @throws {EngineError} what the fit threw, or internal when the thread ends without an answer.
 */
export const fitInWorker = (
  data: TrainingData,
  options: FitOptions,
  onModel: (name: ModelName) => void,
  signal: AbortSignal,
  { threads = availableParallelism(), isBackground = false }: FitThreads = {},
): Promise<FittedModels> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const task: FitTask = { data, options, threads, isBackground };
    const worker = startThread(WORKER, { workerData: task, transferList: transferables(data), name: 'fit' });
    const stop = (): void => {
      void worker.terminate();
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (message: FitMessage) => {
      if (message.kind === 'model') onModel(message.name);
      else resolve(message.fitted);
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

const WORKER = new URL('./fit-worker.ts', import.meta.url);
