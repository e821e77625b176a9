/** Threads of our own files, from the sources as from the build. */

import { Worker, type WorkerOptions } from 'node:worker_threads';

/** A program for a thread or a process, and the arguments that make it run one of our files. */
export interface Runnable {
  readonly program: URL;
  readonly args: readonly string[];
  /** Node 20 reads no TypeScript, and neither inherits a loader: tests and development need help. */
  readonly isSource: boolean;
}

/** What runs `file`, the address of a `.ts` file of ours: its `.js` twin in the build. */
export const runnableOf = (file: URL): Runnable =>
  import.meta.url.endsWith('.ts')
    ? { program: new URL('../../scripts/run-source.mjs', import.meta.url), args: [file.href], isSource: true }
    : { program: new URL(file.href.replace(/\.ts$/, '.js')), args: [], isSource: false };

/** Starts `file`, the address of a `.ts` file of ours, in a thread. */
export const startThread = (file: URL, options: WorkerOptions): Worker => {
  const { program, args } = runnableOf(file);
  return new Worker(program, { ...options, argv: [...args] });
};
