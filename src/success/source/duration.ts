import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain';

const UNITS: Readonly<Record<string, number>> = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };

/** `14h` → milliseconds; undefined when it is no duration, or none above 0. */
export const durationMs = (written: string): number | undefined => {
  const match = /^(\d+(?:\.\d+)?)\s*([smhd])$/.exec(written.trim());
  if (match === null) return undefined;
  const ms = Number(match[1]) * UNITS[match[2]!]!;
  return ms > 0 && Number.isFinite(ms) ? ms : undefined;
};

/** Milliseconds → `14h`, in the largest unit that divides them. */
export const durationWords = (ms: number): string => {
  const [unit, size] = Object.entries(UNITS)
    .reverse()
    .find(([, each]) => ms % each === 0) ?? ['s', SECOND_MS];
  return `${ms / size}${unit}`;
};
