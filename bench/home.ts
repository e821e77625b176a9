/**
 * How long a home takes with 50,000 items: the first of a listener, one after an event, and one that still stands.
 * Everything but the journal's disk: state, models, policy, propensities, explanations, and the slate as its log row.
 *
 *     npx tsx --conditions=ritornello-source bench/home.ts [--json] [--listeners 2000] [--items 50000]
 */

import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type SlateId, toRow, type UserId } from '#domain';
import { createRng } from '#math';
import { createServing } from '#serving';
import { fitWorld, makeWorld, NOW, quantiles, userName } from './worlds/serving-world.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    listeners: { type: 'string', default: '2000' },
    items: { type: 'string', default: '50000' },
  },
});
const LISTENERS = Number(values.listeners);
const ITEMS = Number(values.items);

const world = makeWorld(LISTENERS, ITEMS);
const { counts, log } = world;
const rng = createRng('bench home');

const started = performance.now();
const bundle = await fitWorld(world);
const fitSeconds = (performance.now() - started) / 1000;
let ids = 0;
let rowBytes = 0;
const serving = createServing({
  clock: { now: () => NOW },
  newSlateId: () => `slate-${++ids}` as SlateId,
  log,
  record: async (slate) => {
    rowBytes += toRow(slate).length;
    serving.apply([slate]);
  },
});
await serving.start();
// biome-ignore lint/correctness/useHookAtTopLevel: no hook, there is no React here
await serving.useModels(bundle);

const KINDS = ['first', 'afterEvent', 'standing'] as const;
type Kind = (typeof KINDS)[number];
const WARM_UP = 100;
const wall: Record<Kind, number[]> = { first: [], afterEvent: [], standing: [] };
/** Processor time of the whole process: what is left of the numbers when the machine has other things to do. */
const processor: Record<Kind, number[]> = { first: [], afterEvent: [], standing: [] };
const timed = async (kind: Kind, userId: UserId) => {
  const from = performance.now();
  const used = process.cpuUsage();
  const slate = await serving.home(userId);
  const { user, system } = process.cpuUsage(used);
  wall[kind].push(performance.now() - from);
  processor[kind].push((user + system) / 1000);
  return slate;
};
const summary = (times: Record<Kind, number[]>) => ({
  first_home_of_a_listener: quantiles(times.first.slice(WARM_UP)),
  home_after_an_event: quantiles(times.afterEvent.slice(WARM_UP)),
  home_that_stands: quantiles(times.standing.slice(WARM_UP)),
});
let cards = 0;
let explained = 0;
for (let user = 0; user < LISTENERS; user++) {
  const userId = userName(user);
  await timed('first', userId);
  serving.apply([{ ...world.playOf(user, rng.int(ITEMS), -1), at: NOW - 60_000 }]);
  const slate = await timed('afterEvent', userId);
  await timed('standing', userId);
  for (const card of slate.shelves.flatMap((shelf) => shelf.cards)) {
    cards++;
    if (card.explanation !== null) explained++;
  }
}
const report = {
  machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
  items: ITEMS,
  listeners: LISTENERS,
  plays_per_listener: Math.round(counts.values.reduce((sum, count) => sum + count, 0) / LISTENERS),
  fit_seconds: Number(fitSeconds.toFixed(1)),
  load_average: loadavg()[0],
  milliseconds: summary(wall),
  processor_milliseconds: summary(processor),
  cards_per_home: Number((cards / LISTENERS).toFixed(1)),
  explained: Number((explained / cards).toFixed(3)),
  log_row_bytes: Math.round(rowBytes / ids),
  rss_mib: Math.round(process.memoryUsage.rss() / 2 ** 20),
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
