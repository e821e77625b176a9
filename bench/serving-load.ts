/**
 * The built server under load, over HTTP, from a process of its own: homes asked for at a fixed rate whether or not the last
 * ones are answered, while plays flow in; then the same while models are fitted beside it on the same processors and taken
 * up. The time of a home counts from when it was due; how many came with fewer shelves, as others waited, is told. Delays of
 * the event loops, of the main thread and of the one that answers, are the server's own, read each second. At last the same
 * load for some seconds more with profilers in the server, which make it slower: who holds a loop for more than 10 ms, and
 * how long the thread only waited for a processor that others had (`worlds/loop-watch.ts`).
 *
 *     npx tsx --conditions=ritornello-source bench/serving-load.ts [--json]
 *       [--items 50000,1000000] [--listeners 2000] [--seconds 300] [--watched-seconds 60] [--homes 100] [--events 2000]
 *       [--without-training]
 */

import { constants, loadavg, setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { createRng } from '#math';
import { agent, ask, good, take } from './worlds/ask.ts';
import { rounded, withHeld } from './worlds/held-report.ts';
import { fill, pause, playLine, train, userName } from './worlds/load-world.ts';
import { delaysOfSeconds, readMetrics } from './worlds/loop-delays.ts';
import { startBenchServer } from './worlds/server.ts';
import { quantiles } from './worlds/serving-world.ts';
import { stolenTime } from './worlds/stolen-time.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    items: { type: 'string', default: '50000,1000000' },
    listeners: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '300' },
    'watched-seconds': { type: 'string', default: '60' },
    homes: { type: 'string', default: '100' },
    events: { type: 'string', default: '2000' },
    'without-training': { type: 'boolean', default: false },
  },
});
const listeners = Number(values.listeners);
const seconds = Number(values.seconds);
const watchedSeconds = Number(values['watched-seconds']);
/** Of load beside training at least, though it ends sooner. */
const BESIDE_TRAINING_SECONDS = 10;
const homesPerSecond = Number(values.homes);
const eventsPerSecond = Number(values.events);
const EVENTS_A_BODY = 100;
/** Homes that wait for their answer at once; more are not asked for and count as errors. */
const MOST_WAITING = 500;
/** Listeners are elsewhere: that this process waits for a processor is no time of the server's. Only root may ask for that. */
const goFirst = (doesGoFirst: boolean): void => {
  try {
    setPriority(doesGoFirst ? constants.priority.PRIORITY_HIGH : constants.priority.PRIORITY_NORMAL);
  } catch {
    process.stderr.write('  not root: that this process waits for a processor counts as time of the server\n');
  }
};

/** Homes and events at their rates for some seconds, and longer while `until` has not come. */
const load = async (
  url: string,
  items: number,
  run: string,
  seconds: number,
  until: Promise<unknown> = Promise.resolve(),
) => {
  const rng = createRng('load').derive(run);
  const homes: number[] = [];
  const acknowledged: number[] = [];
  let errors = 0;
  let isOver = false;
  void until.finally(() => {
    isOver = true;
  });
  const pending = new Set<Promise<void>>();
  const track = (work: () => Promise<void>): void => {
    if (pending.size >= MOST_WAITING) {
      errors++;
      return;
    }
    const settled = work()
      .catch(() => {
        errors++;
      })
      .finally(() => pending.delete(settled));
    pending.add(settled);
  };
  const delays = { main: delaysOfSeconds(), answering: delaysOfSeconds() };
  let peakRssMib = 0;
  const first = await readMetrics(url);
  let last = first;
  const stolen = stolenTime();
  goFirst(true);
  const began = performance.now();
  const elapsed = (): number => performance.now() - began;
  const home = async (due: number): Promise<void> => {
    await take(url, `/v1/users/${userName(rng.int(listeners))}/home`);
    homes.push(elapsed() - due);
  };
  const plays = async (batch: number, due: number): Promise<void> => {
    const now = Date.now();
    const lines = Array.from({ length: EVENTS_A_BODY }, (_, n) =>
      playLine(`${run}-${batch}-${n}`, rng.int(listeners), Math.floor(items * rng.next() ** 4), now - n),
    );
    await good(ask(url, 'POST', '/v1/events', lines.join('\n'), 'application/x-ndjson'));
    acknowledged.push(elapsed() - due);
  };
  const look = async (): Promise<void> => {
    last = await readMetrics(url);
    delays.main.note(last);
    delays.answering.note(last.answering);
    peakRssMib = Math.max(peakRssMib, last.rssMib);
  };
  const due = { homes: 0, batches: 0, looks: 1 };
  const nextDue = (): number =>
    Math.min(
      (due.homes * 1000) / homesPerSecond,
      (due.batches * 1000 * EVENTS_A_BODY) / eventsPerSecond,
      due.looks * 1000,
    );
  while (elapsed() < seconds * 1000 || !isOver) {
    while ((due.homes * 1000) / homesPerSecond <= elapsed()) {
      const at = (due.homes++ * 1000) / homesPerSecond;
      track(() => home(at));
    }
    while ((due.batches * 1000 * EVENTS_A_BODY) / eventsPerSecond <= elapsed()) {
      const batch = due.batches++;
      track(() => plays(batch, (batch * 1000 * EVENTS_A_BODY) / eventsPerSecond));
    }
    if (due.looks * 1000 <= elapsed()) {
      due.looks++;
      track(look);
    }
    await pause(Math.max(0, nextDue() - elapsed()));
  }
  await Promise.all(pending);
  goFirst(false);
  const ranSeconds = elapsed() / 1000;
  return {
    seconds: Math.round(ranSeconds),
    homes: homes.length,
    events: acknowledged.length * EVENTS_A_BODY,
    errors,
    short_homes: last.shortHomes - first.shortHomes,
    home_milliseconds: quantiles(homes),
    acknowledged_milliseconds: quantiles(acknowledged),
    event_loop_delay_milliseconds: { main: delays.main.told(), answering: delays.answering.told() },
    span: [began + performance.timeOrigin, began + performance.timeOrigin + ranSeconds * 1000] as const,
    processors_used: Number(((last.cpuSeconds - first.cpuSeconds) / ranSeconds).toFixed(2)),
    peak_rss_mib: Math.round(peakRssMib),
    load_average: loadavg()[0],
    stolen_percent: stolen(),
  };
};

const opened = performance.now();
/** A line for whoever waits. */
const tell = (items: number, what: string): void => {
  process.stderr.write(`  ${((performance.now() - opened) / 1000).toFixed(0)} s: ${items} items, ${what}\n`);
};

const loadWhileTraining = async (url: string, items: number) => {
  tell(items, 'load while models are fitted');
  const training = train(url);
  const { span: _, ...phase } = await load(url, items, 'training', BESIDE_TRAINING_SECONDS, training);
  return { phase, trainSeconds: await training };
};

const measure = async (items: number) => {
  const server = await startBenchServer();
  const { url } = server;
  const began = performance.now();
  try {
    tell(items, 'catalogue and plays are sent');
    await fill(url, items, listeners, Date.now());
    const fillSeconds = (performance.now() - began) / 1000;
    tell(items, 'models are fitted');
    const trainSeconds = await train(url);
    tell(items, 'each listener asks for a first home');
    const firsts: number[] = [];
    for (let user = 0; user < listeners; user++) {
      const from = performance.now();
      await good(ask(url, 'GET', `/v1/users/${userName(user)}/home`));
      firsts.push(performance.now() - from);
    }
    tell(items, `${seconds} s of load`);
    const { span: _, ...serving } = await load(url, items, 'serving', seconds);
    const { home_milliseconds: home, errors } = serving;
    tell(items, `homes took ${home.p50} ms, 99 in 100 at most ${home.p99}, ${errors} errors`);
    const beside = values['without-training'] ? null : await loadWhileTraining(url, items);
    tell(items, `${watchedSeconds} s of load with a profiler`);
    server.watch();
    const watched = await load(url, items, 'watched', watchedSeconds);
    const held = await server.held();
    await server.stop();
    return {
      items,
      fill_seconds: rounded(fillSeconds),
      train_seconds_alone: rounded(trainSeconds),
      first_home_of_a_listener_milliseconds: quantiles(firsts),
      serving,
      ...(beside !== null && { while_training: { train_seconds: rounded(beside.trainSeconds), ...beside.phase } }),
      with_a_profiler: withHeld(watched, held),
    };
  } finally {
    await server.stop();
  }
};

const runs: unknown[] = [];
for (const items of values.items.split(',').map(Number)) runs.push(await measure(items));
agent.destroy();
const report = { listeners, homes_per_second: homesPerSecond, events_per_second: eventsPerSecond, runs };
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`);
