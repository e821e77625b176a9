/**
 * Serving under load: homes asked for at a fixed rate, whether or not the last ones are answered, while events flow in and,
 * in the second half, models are fitted beside it on the same processors. Everything but HTTP and the journal's disk: state,
 * models, policy, propensities, explanations, and the slate as its log row. The time of a home counts from when it was due.
 *
 *     npx tsx --conditions=ritornello-source bench/serving-load.ts [--json]
 *       [--items 50000] [--listeners 5000] [--seconds 60] [--homes 100] [--events 2000] [--train true]
 */

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { type SlateId, toRow } from '#domain';
import { createRng } from '#math';
import { createServing } from '#serving';
import { fitWorld, makeWorld, NOW, quantiles, userName } from './worlds/serving-world.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    items: { type: 'string', default: '50000' },
    listeners: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '60' },
    homes: { type: 'string', default: '100' },
    events: { type: 'string', default: '2000' },
    train: { type: 'string', default: 'true' },
  },
});
const items = Number(values.items);
const listeners = Number(values.listeners);
const seconds = Number(values.seconds);
const homesPerSecond = Number(values.homes);
const eventsPerSecond = Number(values.events);
/** Events come in batches, as over HTTP. */
const BATCH_MS = 50;
const WARM_UP_HOMES = 300;

const world = makeWorld(listeners, items);
const bundle = await fitWorld(world);
const rng = createRng('load');
let now = NOW;
let ids = 0;
let rowBytes = 0;
const serving = createServing({
  clock: { now: () => now },
  newSlateId: () => `slate-${++ids}` as SlateId,
  log: world.log,
  record: async (slate) => {
    rowBytes += toRow(slate).length;
    serving.apply([slate]);
  },
});
await serving.start();
// biome-ignore lint/correctness/useHookAtTopLevel: no hook, there is no React here
serving.useModels(bundle);
for (let n = 0; n < WARM_UP_HOMES; n++) await serving.home(userName(rng.int(listeners)));

/** Fits als on a matrix of its own in a thread, again and again, as a training beside the server does. */
const startTraining = (): Worker => {
  const file = new URL('./worlds/training-thread.ts', import.meta.url).href;
  const loader = import.meta.resolve('tsx/esm/api');
  const code = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(file)}); })`;
  return new Worker(code, { eval: true, execArgv: ['--conditions=ritornello-source'] });
};

const measure = async (withTraining: boolean) => {
  const times: number[] = [];
  let errors = 0;
  let events = 0;
  const pending: Promise<void>[] = [];
  const training = withTraining ? startTraining() : null;
  if (training !== null) await new Promise((resolve) => training.once('message', resolve));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const used = process.cpuUsage();
  const began = performance.now();
  const elapsed = (): number => performance.now() - began;
  const ask = async (due: number): Promise<void> => {
    try {
      await serving.home(userName(rng.int(listeners)));
      times.push(elapsed() - due);
    } catch {
      errors++;
    }
  };
  const send = (): void => {
    const batch = Array.from({ length: (eventsPerSecond * BATCH_MS) / 1000 }, () => ({
      ...world.playOf(rng.int(listeners), rng.int(items), --events),
      at: now,
    }));
    serving.apply(batch);
  };
  let homes = 0;
  let batches = 0;
  while (elapsed() < seconds * 1000) {
    now = NOW + Math.floor(elapsed());
    while (batches * BATCH_MS <= elapsed()) {
      send();
      batches++;
    }
    while ((homes * 1000) / homesPerSecond <= elapsed()) {
      pending.push(ask((homes * 1000) / homesPerSecond));
      homes++;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(pending);
  delay.disable();
  const { user, system } = process.cpuUsage(used);
  await training?.terminate();
  const milliseconds = (nanoseconds: number): number => Number((nanoseconds / 1e6).toFixed(2));
  return {
    homes: times.length,
    errors,
    events: -events,
    home_milliseconds: quantiles(times),
    event_loop_delay_milliseconds: {
      p50: milliseconds(delay.percentile(50)),
      p99: milliseconds(delay.percentile(99)),
      max: milliseconds(delay.max),
    },
    processors_used: Number(((user + system) / 1000 / elapsed()).toFixed(2)),
    rss_mib: Math.round(process.memoryUsage.rss() / 2 ** 20),
  };
};

const quiet = await measure(false);
const report = {
  items,
  listeners,
  seconds,
  homes_per_second: homesPerSecond,
  events_per_second: eventsPerSecond,
  log_row_bytes: Math.round(rowBytes / ids),
  serving: quiet,
  while_training: values.train === 'true' ? await measure(true) : null,
};
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`);
