/** Why a session ended, from the last thing that happened in it. */

import type { SessionRow } from './session-row.ts';

export const END_REASONS = [
  'sleep_timer',
  'trackdone',
  'endplay',
  'logout',
  'idle_timeout',
  'device_lost',
  'trackerror',
  'other',
  'open',
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** Clients' words for the end of a play, as the public exports have them. */
const OF_PLAY: Readonly<Record<string, EndReason>> = {
  sleep_timer: 'sleep_timer',
  sleeptimer: 'sleep_timer',
  trackdone: 'trackdone',
  endplay: 'endplay',
  logout: 'logout',
  trackerror: 'trackerror',
  'unexpected-exit': 'device_lost',
  'unexpected-exit-while-paused': 'device_lost',
  device_lost: 'device_lost',
};

/** Ends that a sleep timer makes and that do not say so. */
const TIMER_LIKE: ReadonlySet<string> = new Set(['', 'endplay', 'unknown', 'remote']);

/**
 * `open` while the session may still go on. A timer that was set explains an end that nothing else does. A session in
 * which nothing was played, or whose last play says nothing, ended because nothing more came: `idle_timeout`.
 */
export const endReasonOf = (row: SessionRow, isOpen: boolean): EndReason => {
  if (isOpen) return 'open';
  const told = row.last_reason_end;
  if (row.sleep_timer && TIMER_LIKE.has(told)) return 'sleep_timer';
  if (row.plays === 0 || told === '') return 'idle_timeout';
  return OF_PLAY[told] ?? 'other';
};
