/**
 * Notes each time that the event loop of a thread was held for long: how long, how much of that the thread only waited for a
 * processor that others had, how much was collecting garbage, and who ran. A thread's waiting is told by Linux alone; elsewhere it
 * is null.
 */

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector';
import { PerformanceObserver, performance } from 'node:perf_hooks';
import { whoHeld } from './held-by.ts';

/** One time that the loop was held; `from` and `to` in microseconds of the clock of CPU profiles. */
export interface HeldLoop {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly ms: number;
  readonly waitedMs: number | null;
  readonly garbageMs: number;
  readonly longestCollectionMs: number;
}

/** Milliseconds by who ran, most first. */
export type HeldBy = HeldLoop & { readonly who: readonly (readonly [string, number])[] };

const TICK_MS = 1;
const LONG_MS = 5;
/** Collections are told some ticks later. */
const TOLD_AFTER_MS = 50;

/** Nanoseconds that this thread was ready to run and did not. */
const waited = (): number | null => {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[1]);
  } catch {
    return null;
  }
};

interface Tick {
  readonly at: number;
  readonly micros: number;
  readonly waited: number | null;
}
const tickNow = (): Tick => ({
  at: performance.now(),
  micros: Number(process.hrtime.bigint() / 1000n),
  waited: waited(),
});

/** Begins; the function that comes back ends it and writes what was noted to the file. */
export const watchLoop = (file: string): (() => void) => {
  const held: HeldLoop[] = [];
  let untold: (readonly [Tick, Tick])[] = [];
  let garbage: { readonly startTime: number; readonly duration: number }[] = [];
  new PerformanceObserver((list) => garbage.push(...list.getEntries())).observe({ entryTypes: ['gc'] });
  const tell = (before: number): void => {
    for (const [from, to] of untold.filter(([, end]) => end.at < before)) {
      const inside = garbage.filter(({ startTime }) => startTime >= from.at && startTime <= to.at);
      held.push({
        at: performance.timeOrigin + from.at,
        from: from.micros,
        to: to.micros,
        ms: to.at - from.at - TICK_MS,
        waitedMs: to.waited === null || from.waited === null ? null : (to.waited - from.waited) / 1e6,
        garbageMs: inside.reduce((sum, { duration }) => sum + duration, 0),
        longestCollectionMs: inside.reduce((most, { duration }) => Math.max(most, duration), 0),
      });
    }
    untold = untold.filter(([, end]) => end.at >= before);
    garbage = garbage.filter(({ startTime }) => startTime > before - 10_000);
  };
  let last = tickNow();
  let next = 0;
  setInterval(() => {
    const now = tickNow();
    if (now.at - last.at - TICK_MS > LONG_MS) untold.push([last, now]);
    last = now;
    if (now.at < next) return;
    next = now.at + TOLD_AFTER_MS;
    tell(now.at - TOLD_AFTER_MS);
  }, TICK_MS).unref();
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.start');
  return () => {
    tell(Number.POSITIVE_INFINITY);
    let profile: Profiler.Profile | undefined;
    session.post('Profiler.stop', (_error, stopped) => {
      profile = stopped?.profile;
    });
    const who = profile === undefined ? [] : whoHeld(held, profile);
    const told = held.map((one, n): HeldBy => ({ ...one, who: who[n] ?? [] }));
    writeFileSync(`${file}.part`, JSON.stringify(told));
    renameSync(`${file}.part`, file);
  };
};
