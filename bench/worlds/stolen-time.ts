/** Processor time that a virtual machine wanted and others on its host had: no program can do anything about it. */

import { readFileSync } from 'node:fs';

const STEAL = 7;
/** `guest` and `guest_nice` behind it are counted in `user` and `nice` already. */
const FIELDS = 8;

const ticks = (): readonly number[] | null => {
  try {
    const [all] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
    return all!
      .trim()
      .split(/\s+/)
      .slice(1, 1 + FIELDS)
      .map(Number);
  } catch {
    return null;
  }
};

/** Measures from now on; the share in percent of all processors' time, null where the system does not tell. */
export const stolenTime = (): (() => number | null) => {
  const before = ticks();
  return () => {
    const after = ticks();
    if (before === null || after === null) return null;
    const passed = after.map((each, n) => each - before[n]!);
    return Number(((100 * passed[STEAL]!) / passed.reduce((sum, each) => sum + each, 0)).toFixed(2));
  };
};
