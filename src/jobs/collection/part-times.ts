/** Times in recordings as files and assessors write them: MINUTES.SECONDS, the seconds in two digits. */

import type { Part } from '#evaluation';

/** Seconds from the beginning of the recording. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

export const writeTime = (seconds: number): string =>
  `${Math.floor(seconds / 60)}.${String(Math.round(seconds) % 60).padStart(2, '0')}`;

const secondsOf = (time: string): number => {
  const [minutes = 0, rest = 0] = time.split('.').map(Number);
  return minutes * 60 + rest;
};

/** `recording start end`, as pools hold it. */
export const parsePart = (key: string): Part => {
  const [source = '', start = '', end = ''] = key.split(' ');
  return { source, start: secondsOf(start), end: secondsOf(end) };
};

const SPAN = /^(\d+\.[0-5]\d)\s*-\s*(\d+\.[0-5]\d)$/;

/** Parts as `0.48-4.52, 12.00-13.30`; undefined where one is none, or ends before it begins. */
export const parseParts = (text: string): readonly TimeSpan[] | undefined => {
  const parts = text.split(',').map((word) => {
    const [, start = '', end = ''] = SPAN.exec(word.trim()) ?? [];
    return { start: secondsOf(start), end: secondsOf(end) };
  });
  return parts.every(({ start, end }) => start < end) ? parts : undefined;
};
