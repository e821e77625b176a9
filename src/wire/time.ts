/** Epoch milliseconds → ISO 8601 in UTC; unknown stays null. */

import type { EpochMs } from '#domain';

export const toTime = (at: EpochMs): string => new Date(at).toISOString();

export const toTimeOrNull = (at: EpochMs | null): string | null => (at === null ? null : toTime(at));
