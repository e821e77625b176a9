/**
 * Events per second of a simulated world in this process, by reference policy: counted alone, and with events and truth as
 * lines. Threads as `ritornello simulate` takes them. Making the world and its first day, in which the engine of JavaScript
 * warms up, are not counted. Measured is the program as `npm run build` leaves it.
 *
 *   npm run build && npm run bench -- simulate
 *   tsx bench/simulate.ts [--listeners 3000] [--days 42]
 */

import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { DAY_MS } from '#domain';
import { openShards } from '#jobs';
import { daysOf, type PolicyName, parseWorld } from '#simulation';

if (import.meta.resolve('#jobs').endsWith('.ts')) {
  // Run again without the condition that stands for the sources.
  const args = ['--import', 'tsx', import.meta.filename, ...process.argv.slice(2)];
  process.exit(spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1);
}

const { values } = parseArgs({
  options: {
    listeners: { type: 'string', default: '3000' },
    days: { type: 'string', default: '42' },
    json: { type: 'boolean', default: false },
  },
});
const listeners = Number(values.listeners);
const days = Number(values.days);
const start = Date.UTC(2026, 0, 5);
const stretch = { start, until: start + days * DAY_MS, prefix: 'bench' };
const document = parseWorld(`name: bench\nlisteners: { count: ${listeners} }`);
const threads = availableParallelism();

const measure = async (policy: PolicyName, lines: boolean) => {
  const world = openShards({ document, stretch, policy, lines }, threads);
  const { first, last } = daysOf(stretch);
  // The first day waits until every thread has made the world.
  await world.liveDay(first);
  let events = 0;
  let bytes = 0;
  const began = performance.now();
  for (let day = first + 1; day <= last; day++) {
    const lived = await world.liveDay(day);
    events += lived.events;
    for (const text of lived.eventLines) bytes += text.length;
  }
  const seconds = (performance.now() - began) / 1000;
  await world.close();
  return { policy, lines, events, seconds, events_per_second: Math.round(events / seconds), bytes };
};

const results = [];
for (const policy of ['random', 'popular', 'click_greedy', 'oracle'] as const) {
  for (const lines of [false, true]) results.push(await measure(policy, lines));
}
process.stdout.write(`${JSON.stringify({ listeners, days, threads, results })}\n`);
