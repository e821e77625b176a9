/** Loaded into a built server: brings `loop-watch.ts` to its main thread alone; threads it starts load this too. */

import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  const { register } = await import('tsx/esm/api');
  const unregister = register();
  await import('./loop-watch.ts');
  await unregister();
}
