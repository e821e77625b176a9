/** The process of one import step: gets its order, tells how far it is and how it ended, and ends. */

import { EngineError, failureOf } from '#domain';
import { createLog } from '../log.ts';
import type { StepMessage, StepOrder } from './messages.ts';
import { runStep } from './steps.ts';

/** No one waits for so many messages: a progress line is not redrawn more often. */
const PROGRESS_MS = 100;

const tell = (message: StepMessage): void => {
  if (process.connected) process.send?.(message);
};

const run = async ({ step, ...work }: StepOrder): Promise<StepMessage> => {
  const log = createLog({ level: 'warn', format: 'text', write: (line) => process.stderr.write(line) });
  const abort = new AbortController();
  // Whoever started it is gone: what was acknowledged stays, and a second import goes on from there.
  process.once('disconnect', () => abort.abort(new EngineError('unavailable', 'the command was ended')));
  let told = 0;
  const onProgress = (progress: Extract<StepMessage, { kind: 'progress' }>['progress']): void => {
    const now = performance.now();
    if (now - told < PROGRESS_MS) return;
    told = now;
    tell({ kind: 'progress', progress });
  };
  try {
    return { kind: 'done', report: await runStep(step, work, { log, onProgress, signal: abort.signal }) };
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) };
  }
};

process.once('message', (order: StepOrder) => {
  void run(order).then((message) => {
    tell(message);
    if (process.connected) process.disconnect();
  });
});
