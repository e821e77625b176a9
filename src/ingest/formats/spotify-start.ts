/** When a Spotify play began: the row says when it ended, and sometimes the device noted the start. */

import type { EpochMs } from '#domain';
import { fromEpoch } from '../import/moments.ts';

export interface Start {
  readonly at: EpochMs;
  readonly note: 'start_from_offline_timestamp' | 'offline_time_unclear' | undefined;
}

/** `ts` has steps of a second, and so has the device's clock in old rows. */
const STEP_MS = 2000;
/** A pause in a play; beyond it the device's time means something else (when it went offline, when it was sent). */
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * End minus length, unless `offline_timestamp` (seconds in old rows, milliseconds later; told apart by magnitude) is
 * a sound and better start: not after that moment, not more than a pause before it, and finer than a second or truly
 * earlier. It is set on many rows that were not offline, and says the same there.
 */
export const startOf = (
  endedAt: EpochMs,
  msPlayed: number,
  offlineStamp: unknown,
  offline: boolean | undefined,
): Start => {
  const reckoned = endedAt - msPlayed;
  const noted = typeof offlineStamp === 'number' ? fromEpoch(offlineStamp) : null;
  if (noted === null) return { at: reckoned, note: undefined };
  const earlier = reckoned - noted;
  const sound = earlier >= -STEP_MS && earlier <= LONGEST_PAUSE_MS;
  if (!sound) return { at: reckoned, note: offline === true ? 'offline_time_unclear' : undefined };
  const finer = noted % 1000 !== 0 || earlier > STEP_MS;
  return finer ? { at: noted, note: 'start_from_offline_timestamp' } : { at: reckoned, note: undefined };
};
