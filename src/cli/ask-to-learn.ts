/** Has the engine learn from all that is in the log, and waits for it. */

import type { ModelInfo, Overview, Status } from '#api';
import type { Connection } from '#app';
import { EngineError } from '#domain';
import { poll } from './poll.ts';
import { progressLine } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** What is learned; null when there was nothing to learn from. @throws {EngineError} internal when it failed. */
export const askToLearn = async (connection: Connection, terminal: Terminal): Promise<ModelInfo | null> => {
  const line = progressLine('learning', terminal);
  await connection.ask<Status>({ method: 'POST', path: '/v1/studio/train' });
  const end = await poll(
    () => connection.ask<Status>({ path: '/v1/studio/status' }),
    (status) => status.training !== 'running',
    (status) => status.training_progress && line.update(status.training_progress),
  ).finally(line.stop);
  if (end.training === 'failed') throw new EngineError('internal', 'training failed; the log of the server says why');
  return learnedNow(connection);
};

/** What was learned last; null when nothing was. */
export const learnedNow = async (connection: Connection): Promise<ModelInfo | null> =>
  (await connection.ask<Overview>({ path: '/v1/studio/overview' })).model;
