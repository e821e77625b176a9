/** What held the event loop of a server while it was under load, in numbers that can be read. */

import type { HeldBy } from './loop-watch.ts';

/** A block of the event loop that somebody could notice. */
const LONG_MS = 10;
/** The longest that are told apart. */
const LONGEST = 8;
export const rounded = (ms: number): number => Number(ms.toFixed(1));
const LONGEST_NAMES = 3;

/** What the thread itself took of it. */
const ownMs = ({ ms, waitedMs }: HeldBy): number => ms - (waitedMs ?? 0);

/** A phase with what held each loop in it, in place of when it was. */
export const withHeld = <Phase extends { readonly span: readonly [number, number] }, Thread extends string>(
  { span, ...phase }: Phase,
  all: Readonly<Record<Thread, readonly HeldBy[]>>,
) => ({
  ...phase,
  event_loop_held: Object.fromEntries(
    Object.entries<readonly HeldBy[]>(all).map(([thread, held]) => [thread, heldIn(span, held)]),
  ),
});

const heldIn = ([from, to]: readonly [number, number], all: readonly HeldBy[]) => {
  const held = all.filter(({ at }) => at >= from && at < to);
  const above = held.filter(({ ms }) => ms > LONG_MS);
  const spent = new Map<string, number>();
  for (const { who } of above) for (const [name, ms] of who) spent.set(name, (spent.get(name) ?? 0) + ms);
  const most = (times: Iterable<readonly [string, number]>, count: number) =>
    Object.fromEntries(
      [...times]
        .sort((a, b) => b[1] - a[1])
        .slice(0, count)
        .map(([who, ms]) => [who, rounded(ms)]),
    );
  return {
    above_10_milliseconds: above.length,
    above_10_without_waiting_for_a_processor: held.filter((one) => ownMs(one) > LONG_MS).length,
    milliseconds_above_10_by_whom: most(spent, LONGEST),
    longest: held
      .toSorted((a, b) => ownMs(b) - ownMs(a))
      .slice(0, LONGEST)
      .map(({ ms, waitedMs, garbageMs, longestCollectionMs, who }) => ({
        ms: rounded(ms),
        waiting_for_a_processor_ms: waitedMs === null ? null : rounded(waitedMs),
        collecting_garbage_ms: rounded(garbageMs),
        longest_collection_ms: rounded(longestCollectionMs),
        who: most(who, LONGEST_NAMES),
      })),
  };
};
