import type { Clock } from '#domain';

/** The machine's own clock; nothing below this module reads it. */
export const machineClock: Clock = { now: () => Date.now() };
