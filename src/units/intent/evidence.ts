/** What a session shows early of what it is for. */

import type { Daypart } from '#domain';
import { heaviest, type Session } from '../describe-session.ts';
import type { DeviceClass } from '../device-class.ts';

/** Everything here is known after the first few plays: the same posterior can be had while the session runs. */
export interface IntentEvidence {
  readonly surface: string;
  readonly device: string;
  readonly deviceClass: DeviceClass;
  readonly daypart: Daypart;
  /** ISO weekday, 1 Monday … 7 Sunday. */
  readonly weekday: number;
  /** What most of the first plays are for; empty when fewer than half say. */
  readonly purpose: string;
  /** First plays looked at, and what the listener did about them. */
  readonly earlyPlays: number;
  readonly earlySkips: number;
  readonly earlyChosen: number;
  readonly searched: boolean;
  readonly sleepTimer: boolean;
  readonly shuffled: boolean;
}

/** The purpose that at least half of the plays share. */
export const sharedPurpose = (purposes: readonly string[]): string => {
  const counts: Record<string, number> = {};
  for (const purpose of purposes) if (purpose !== '') counts[purpose] = (counts[purpose] ?? 0) + 1;
  const most = heaviest(counts);
  return (counts[most] ?? 0) * 2 >= purposes.length ? most : '';
};

export const evidenceOf = (session: Session): IntentEvidence => {
  const { early, searches, sleep_timer, shuffled, plays } = session.counts;
  return {
    surface: session.surface,
    device: session.device,
    deviceClass: session.deviceClass,
    daypart: session.daypart,
    weekday: session.local.weekday,
    purpose: sharedPurpose(early.map(({ purpose }) => purpose)),
    earlyPlays: early.length,
    earlySkips: early.filter(({ skipped }) => skipped).length,
    earlyChosen: early.filter(({ user_initiated }) => user_initiated).length,
    searched: searches > 0 || early[0]?.surface === 'search',
    sleepTimer: sleep_timer,
    shuffled: shuffled * 2 > plays,
  };
};
