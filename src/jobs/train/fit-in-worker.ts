/** Fitting beside the event loop. */

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { EngineError } from '#domain';
import type { ModelName } from '#models';
import type { FitOptions, FittedModels } from './fit-models.ts';
import type { FitMessage, FitTask } from './fit-worker.ts';
import { type TrainingData, transferables } from './training-data.ts';

/**
 * As `fitModels`, in a worker thread; takes the arrays of `data` along, so they are empty afterwards. An abort ends the
 * thread at once. @throws {EngineError} what the fit threw, or internal when the thread ends without an answer.
 */
export const fitInWorker = (
  data: TrainingData,
  options: FitOptions,
  onModel: (name: ModelName) => void,
  signal: AbortSignal,
): Promise<FittedModels> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = startWorker({ data, options }, transferables(data));
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

const SOURCE = new URL('./fit-worker.ts', import.meta.url);

const startWorker = (task: FitTask, transferList: ArrayBuffer[]): Worker => {
  const options = { workerData: task, transferList, name: 'fit' };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(SOURCE.href.replace(/\.ts$/, '.js')), options);
  // From source (tests, development): Node 20 reads no TypeScript, and a thread does not inherit the parent's loader.
  // Its own folder finds the loader; the thread would look from wherever the process was started.
  const api = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs');
  const loader = pathToFileURL(api).href;
  const bootstrap = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(SOURCE.href)}); })`;
  return new Worker(bootstrap, { ...options, eval: true, execArgv: ['--conditions=ritornello-source'] });
};
