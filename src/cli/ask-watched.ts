/** A question that may take long, with a line at a terminal that tells how far it is. */

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Watched } from '#api';
import type { Connection } from '#app';
import { progressLine } from './progress.ts';
import type { Terminal } from './terminal.ts';

type Question = Parameters<Connection['ask']>[0];

const PAUSE_MS = 200;

/** The endpoint must take a `watch`. */
export const askWatched = async <Answer>(
  { ask }: Connection,
  question: Question,
  what: string,
  terminal: Terminal,
): Promise<Answer> => {
  if (!terminal.errIsTty) return ask<Answer>(question);
  const watch = randomUUID();
  const line = progressLine(what, terminal);
  let isOver = false;
  const answer = ask<Answer>({ ...question, query: { ...question.query, watch } }).finally(() => {
    isOver = true;
  });
  const settled = answer.then(
    () => undefined,
    () => undefined,
  );
  try {
    while (!isOver) {
      await Promise.race([settled, delay(PAUSE_MS, undefined, { ref: false })]);
      const { progress } = await ask<Watched>({ path: '/v1/studio/progress', query: { watch } });
      if (progress !== null) line.update(progress);
    }
    return await answer;
  } finally {
    line.stop();
  }
};
