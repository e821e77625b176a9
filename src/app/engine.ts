/** An engine that holds its data folder: started whole or not at all, stopped without losing anything. */

import { resolve } from 'node:path';
import { type ComposeDeps, type ComposedEngine, compose } from './compose.ts';
import { type DataLock, takeLock } from './data-lock.ts';
import type { Log } from './log.ts';
import { removeUploads, uploadsFolder } from './upload.ts';

export interface RunningEngine extends ComposedEngine {
  /** Tells other processes on this machine where the engine is served. */
  announce(address: string): void;
}

/** @throws {EngineError} conflict when another process holds the data folder. */
export const startEngine = async (deps: ComposeDeps): Promise<RunningEngine> => {
  const { log } = deps;
  // What it tells of files must be found from anywhere.
  const config = { ...deps.config, data: resolve(deps.config.data) };
  const started = performance.now();
  const lock = takeLock(config.data);
  if (lock.stalePid !== null) log('lock.stale_removed', { pid: lock.stalePid });
  try {
    await removeUploads(uploadsFolder(config));
    const engine = await compose({ ...deps, config });
    const milliseconds = Math.round(performance.now() - started);
    log('engine.started', { data: config.data, warehouse: config.warehouse.replace(/:.*/, ''), milliseconds });
    return { ...engine, announce: lock.announce, stop: once(() => stop(engine.stop, lock, log)) };
  } catch (error) {
    lock.release();
    throw error;
  }
};

const stop = async (stopEngine: () => Promise<void>, lock: DataLock, log: Log): Promise<void> => {
  const began = performance.now();
  await stopEngine();
  lock.release();
  log('engine.stopped', { milliseconds: Math.round(performance.now() - began) });
};

/** The same promise for every call. */
const once = <Result>(run: () => Promise<Result>): (() => Promise<Result>) => {
  let running: Promise<Result> | undefined;
  return () => {
    running ??= run();
    return running;
  };
};
