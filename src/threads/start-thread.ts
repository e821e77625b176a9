/** Threads of our own files, from the sources as from the build. */

import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Starts `file`, the address of a `.ts` file of ours (its `.js` twin in the build), in a thread. */
export const startThread = (file: URL, options: WorkerOptions): Worker => {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(file.href.replace(/\.ts$/, '.js')), options);
  // From source (tests, development): Node 20 reads no TypeScript, and a thread does not inherit the parent's loader.
  return new Worker(new URL('../../scripts/run-source.mjs', import.meta.url), { ...options, argv: [file.href] });
};
