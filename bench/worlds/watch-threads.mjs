/**
 * Loaded into a built server, and by that into each of its threads: brings `loop-watch.ts` to the main thread and to the one
 * that answers. The first SIGUSR2 begins the watch in both, the second has both write what they noted.
 */

import { BroadcastChannel, isMainThread } from 'node:worker_threads';

const thread = isMainThread ? 'main' : /serving-thread/.test(process.argv[1] ?? '') ? 'serving' : null;

// biome-ignore lint/style/noProcessEnv: the server it is loaded into has no setting for it.
const file = process.env.LOOP_WATCH;

if (thread !== null && file !== undefined) {
  const { register } = await import('tsx/esm/api');
  const unregister = register();
  const { watchLoop } = await import('./loop-watch.ts');
  await unregister();
  const channel = new BroadcastChannel('loop watch');
  channel.unref();
  let tell;
  const turn = () => {
    if (tell === undefined) tell = watchLoop(`${file}.${thread}`);
    else tell();
  };
  channel.onmessage = turn;
  if (isMainThread) {
    process.on('SIGUSR2', () => {
      channel.postMessage(null);
      turn();
    });
  }
}
