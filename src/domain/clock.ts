/** Milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = number;

/** Time is an argument: nothing below `app` reads the machine's clock. */
export interface Clock {
  now(): EpochMs;
}

export const fixedClock = (at: EpochMs): Clock => ({ now: () => at });

export const SECOND_MS = 1000;
export const MINUTE_MS: number = 60 * SECOND_MS;
export const HOUR_MS: number = 60 * MINUTE_MS;
export const DAY_MS: number = 24 * HOUR_MS;
