/** Long work shows how far it is at a terminal and is quiet in a pipe. */

import cliProgress from 'cli-progress';
import type { Terminal } from './terminal.ts';

export interface Progress {
  readonly done: number;
  /** Null when nobody knows yet. */
  readonly total: number | null;
  readonly unit: string;
}

export interface ProgressLine {
  update(progress: Progress): void;
  stop(): void;
}

const QUIET: ProgressLine = { update: () => undefined, stop: () => undefined };

export const progressLine = (what: string, terminal: Terminal): ProgressLine => {
  if (!terminal.errIsTty) return QUIET;
  const bar = new cliProgress.SingleBar({
    format: `${what} [{bar}] {percentage}% {value}/{total} {unit}`,
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  let started = false;
  return {
    update: ({ done, total, unit }) => {
      // Without a total the bar stands empty and only the count moves.
      const end = Math.max(total ?? done + 1, done);
      if (!started) bar.start(end, done, { unit });
      else {
        bar.setTotal(end);
        bar.update(done, { unit });
      }
      started = true;
    },
    stop: () => bar.stop(),
  };
};
