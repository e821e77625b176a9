/** Threads of our own files, from the sources as from the build. */

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Starts `file`, the address of a `.ts` file of ours (its `.js` twin in the build), in a thread. */
export const startThread = (file: URL, options: WorkerOptions): Worker => {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(file.href.replace(/\.ts$/, '.js')), options);
  // From source (tests, development): Node 20 reads no TypeScript, and a thread does not inherit the parent's loader.
  // Its own folder finds the loader; the thread would look from wherever the process was started.
  const api = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs');
  const loader = pathToFileURL(api).href;
  const bootstrap = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(file.href)}); })`;
  return new Worker(bootstrap, { ...options, eval: true, execArgv: ['--conditions=ritornello-source'] });
};
