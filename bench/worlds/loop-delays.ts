/** What a server says of its event loops, second by second. */

import { ask, good } from './ask.ts';
import { quantiles } from './serving-world.ts';

/** A block of the event loop that somebody could notice. */
const LONG_MS = 10;
/** The monitor wakes once a millisecond. */
const MONITOR_MS = 1;

/** What the server says of itself since the last time it was asked. */
export const readMetrics = async (url: string) => {
  const text = await good(ask(url, 'GET', '/metrics'));
  const gauge = (name: string): number =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.slice(name.length),
    );
  return {
    longestMs: Math.max(0, 1000 * gauge('nodejs_eventloop_lag_max_seconds') - MONITOR_MS),
    p99Ms: Math.max(0, 1000 * gauge('nodejs_eventloop_lag_p99_seconds') - MONITOR_MS),
    answering: {
      longestMs: 1000 * gauge('ritornello_answering_delay_seconds{quantile="1"}'),
      p99Ms: 1000 * gauge('ritornello_answering_delay_seconds{quantile="0.99"}'),
    },
    // A label that nothing was counted under has no line.
    shortHomes: gauge('ritornello_slates_total{surface="home",fallback="busy"}') || 0,
    rssMib: gauge('process_resident_memory_bytes') / 2 ** 20,
    cpuSeconds: gauge('process_cpu_seconds_total'),
  };
};

/** Delays of an event loop, second by second. */
export const delaysOfSeconds = () => {
  const longest: number[] = [];
  const p99s: number[] = [];
  return {
    note: ({ longestMs, p99Ms }: { readonly longestMs: number; readonly p99Ms: number }): void => {
      longest.push(longestMs);
      p99s.push(p99Ms);
    },
    told: () => ({
      p99_of_the_median_second: quantiles([...p99s]).p50,
      longest_of_a_second: quantiles([...longest]),
      seconds_with_one_above_10: longest.filter((ms) => ms > LONG_MS).length,
    }),
  };
};
