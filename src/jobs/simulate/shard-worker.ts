/** Lives a shard in a thread of its own. Started by `openShards`; ends when its port is closed. */

import { parentPort, workerData } from 'node:worker_threads';
import { ShardRun, type ShardRunOptions, type ShardState } from '#simulation';

export type ShardTask =
  | { readonly kind: 'live'; readonly day: number }
  | { readonly kind: 'end'; readonly day: number; readonly listens: Uint32Array; readonly counted: Uint32Array }
  | { readonly kind: 'state' }
  | { readonly kind: 'restore'; readonly state: ShardState; readonly day: number }
  | { readonly kind: 'counts' };

const run = new ShardRun(workerData as ShardRunOptions);

const perform = (task: Exclude<ShardTask, { kind: 'live' }>): unknown => {
  switch (task.kind) {
    case 'end':
      return run.endDay(task.day, task.listens, task.counted);
    case 'state':
      return run.toState();
    case 'restore':
      return run.restore(task.state, task.day);
    case 'counts':
      return run.toCounts();
  }
};

parentPort?.on('message', (task: ShardTask) => {
  if (task.kind !== 'live') {
    parentPort?.postMessage(perform(task));
    return;
  }
  const day = run.liveDay(task.day);
  // Lines change hands without a copy.
  parentPort?.postMessage(day, [day.eventLines.buffer, day.truthLines.buffer]);
});
