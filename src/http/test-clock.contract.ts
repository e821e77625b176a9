/** What time it is for the recording engine and for those who ask it. */

/** Tuesday 2026-11-24, 06:00 UTC. */
export const NOW = Date.UTC(2026, 10, 24, 6);
