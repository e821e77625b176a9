/**
 * Whether a play was skipped, as far as Spotify's rows tell. The flag is null in the oldest rows, and was false in every
 * row from 2015-04-13 to 2022-10-16 of a documented account of 227,024 rows; there the reason for the end has to say it.
 */

import type { EpochMs } from '#domain';

const ALWAYS_FALSE_FROM: EpochMs = Date.UTC(2015, 3, 13);
const ALWAYS_FALSE_UNTIL: EpochMs = Date.UTC(2022, 9, 17);

/** The rule of that account: these ends are skips. */
const SKIP_ENDS: ReadonlySet<string> = new Set(['backbtn', 'fwdbtn', 'endplay', 'unknown']);

export interface SkippedAnswer {
  /** Undefined where it cannot be known. */
  readonly skipped: boolean | undefined;
  readonly inferred: boolean;
}

/**
 * A flag that is true is believed; false is believed outside those years; null stays unknown. Within them a track that
 * ended by itself was not skipped, the ends of the rule were, and of all others nobody knows.
 */
export const skippedOf = (
  flag: boolean | undefined,
  endedAt: EpochMs,
  reasonEnd: string | undefined,
): SkippedAnswer => {
  const reliable = endedAt < ALWAYS_FALSE_FROM || endedAt >= ALWAYS_FALSE_UNTIL;
  if (flag === undefined || flag || reliable) return { skipped: flag, inferred: false };
  if (reasonEnd === 'trackdone') return { skipped: false, inferred: false };
  if (reasonEnd !== undefined && SKIP_ENDS.has(reasonEnd)) return { skipped: true, inferred: true };
  return { skipped: undefined, inferred: false };
};
