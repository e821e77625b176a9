/** Fits in a thread of its own, so that the server goes on answering. Started by `fitInWorker`; ends when it is done. */

import { parentPort, workerData } from 'node:worker_threads';
import { PackedIds } from '#domain';
import { startKernelPool } from '#kernels';
import type { ModelName } from '#models';
import { ownThread, type ThreadNumber } from '#threads';
import type { FittedBeside } from './fit-in-worker.ts';
import { type FitOptions, fitEach } from './fit-models.ts';
import type { ItemColumns, TrainingData } from './training-data.ts';

export interface FitSettings {
  /** Threads of the kernels. */
  readonly threads: number;
  /** What they step aside for. */
  readonly aside: SharedArrayBuffer | undefined;
}

/** First the items, slice after slice, then everything else. */
export type FitOrder =
  | { readonly kind: 'items'; readonly columns: ItemColumns }
  | { readonly kind: 'fit'; readonly rest: Omit<TrainingData, keyof ItemColumns>; readonly options: FitOptions };

export type FitMessage =
  /** Said first: the thread that fits. */
  | { readonly kind: 'thread'; readonly thread: ThreadNumber }
  | { readonly kind: 'model'; readonly name: ModelName }
  | { readonly kind: 'done'; readonly fitted: FittedBeside };

const { threads, aside } = workerData as FitSettings;
const say = (message: FitMessage, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer);

say({ kind: 'thread', thread: ownThread() });

const received: ItemColumns[] = [];

const learn = async (rest: Omit<TrainingData, keyof ItemColumns>, options: FitOptions): Promise<void> => {
  const data: TrainingData = {
    ...rest,
    items: received.flatMap(({ items }) => items),
    artists: received.flatMap(({ artists }) => artists),
    albums: received.flatMap(({ albums }) => albums),
    tags: received.flatMap(({ tags }) => tags),
  };
  const pool = startKernelPool({ workers: threads, ...(aside !== undefined && { aside }) });
  const { models, ...learned } = await fitEach(data, options, (name) => say({ kind: 'model', name }), pool);
  await pool.close();
  const stored = models.map((model) => ({ name: model.name, bytes: model.toBytes(), shared: model.share() }));
  const items = PackedIds.from(data.items);
  const itemBytes = items.toBytes();
  say({ kind: 'done', fitted: { ...learned, models: stored, items: items.share(), itemBytes } }, [
    itemBytes.buffer as ArrayBuffer,
    ...stored.map(({ bytes }) => bytes.buffer as ArrayBuffer),
  ]);
};

parentPort?.on('message', (order: FitOrder) => {
  if (order.kind === 'items') {
    received.push(order.columns);
    return;
  }
  // Nothing comes after it: without this the thread would wait for more.
  parentPort?.unref();
  void learn(order.rest, order.options);
});
