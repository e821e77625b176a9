/** An import into a data folder that nobody holds, in processes of their own, so that it needs little memory. */

import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import { EngineError, errorOf } from '#domain';
import type { Answers } from '#http';
import { runnableOf } from '#threads';
import { machineEnvironment } from '../config.ts';
import type { PathImport } from '../import-jobs.ts';
import type { Config } from '../settings.ts';
import type { StepMessage, StepOrder } from './messages.ts';

/**
 * Node lets its heap grow to a multiple of what lives in it, the more the larger it may become. What lives here is
 * small (about 60 MiB for 150,000 recordings), so a small bound costs some collections and saves 100 MiB.
 */
const SMALL_HEAP = ['--max-old-space-size=256', '--max-semi-space-size=4'];
/** Freed memory goes back to the system at once: the C library's own, and that of the warehouse's engine (jemalloc). */
const SMALL_ALLOCATORS = { MALLOC_ARENA_MAX: '1', JE_MALLOC_CONF: 'dirty_decay_ms:0,muzzy_decay_ms:0' };
/** A row group of a Parquet file is held whole, and may be large. */
const ANY_HEAP: readonly string[] = [];

export interface ApartProgress extends Answers.Progress {
  readonly step: 'importing' | 'carrying';
}

export interface ApartImport extends Omit<PathImport, 'onProgress'> {
  readonly onProgress: (progress: ApartProgress) => void;
}

/**
 * Resolves when the warehouse has all of it. Learning is the caller's affair.
 * @throws {EngineError} as `importHistory` · conflict another process holds the data folder.
 */
export const importApart = async (
  config: Config,
  { onProgress, ...given }: ApartImport,
): Promise<Answers.ImportReport> => {
  const work = {
    config: { ...config, data: resolve(config.data) },
    request: { ...given, path: resolve(given.path) },
  };
  const isTable = given.format === 'plays' || given.format === 'items';
  await runApart({ ...work, step: 'make_room' }, SMALL_HEAP, () => undefined);
  const report = await runApart({ ...work, step: 'read' }, isTable ? ANY_HEAP : SMALL_HEAP, (progress) =>
    onProgress({ ...progress, step: 'importing' }),
  );
  await runApart({ ...work, step: 'carry' }, SMALL_HEAP, (progress) => onProgress({ ...progress, step: 'carrying' }));
  if (report === null) throw new EngineError('internal', 'the import ended without a report');
  return report;
};

const STEP = runnableOf(new URL('./step-process.ts', import.meta.url));

const runApart = (
  order: StepOrder,
  heap: readonly string[],
  onProgress: (progress: Answers.Progress) => void,
): Promise<Answers.ImportReport | null> =>
  new Promise((resolveStep, reject) => {
    const child = fork(STEP.program, STEP.args, {
      // From source the flags of this process are those of whoever runs tests.
      execArgv: [...(STEP.isSource ? [] : process.execArgv), ...heap],
      env: { ...machineEnvironment(), ...SMALL_ALLOCATORS },
      serialization: 'advanced',
    });
    let last: StepMessage | null = null;
    child.on('message', (message: StepMessage) => {
      if (message.kind === 'progress') onProgress(message.progress);
      else last = message;
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (last?.kind === 'done') resolveStep(last.report);
      else reject(last?.kind === 'failed' ? errorOf(last.failure) : endedBy(order, code, signal));
    });
    child.send(order);
  });

const endedBy = ({ step }: StepOrder, code: number | null, signal: NodeJS.Signals | null): EngineError =>
  new EngineError(
    'unavailable',
    `the import was ended (${signal ?? `exit code ${code}`}) at the step ${step}: what was taken stays, and the same command goes on from there`,
  );
