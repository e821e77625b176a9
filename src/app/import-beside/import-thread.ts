/** The thread that reads an import. Started by `importBeside`; ends with it. */

import { parentPort } from 'node:worker_threads';
import { EngineError } from '#domain';
import { importHistory } from '#ingest';
import { giveWay, ownThread, ThreadCalls } from '#threads';
import type { ImportStarterFace, ImportThreadFace } from './messages.ts';

if (parentPort === null) throw new Error('import-thread.ts is the file of a thread');

const stopping = new AbortController();

const face: ImportThreadFace = {
  read: (format, path, { letters, ...options }) =>
    importHistory(format, path, {
      ...options,
      intake: {
        accept: (wire, how) => starter.ask('accept', wire, how),
        acceptItems: (wire, how) => starter.ask('acceptItems', wire, how),
      },
      deadLetters: { path: letters, writeAll: (written) => starter.ask('writeAll', written) },
      onProgress: (progress) => starter.tell('progress', progress),
      signal: stopping.signal,
    }),
  stop: () => stopping.abort(new EngineError('unavailable', 'the import was broken off')),
};

const starter = new ThreadCalls<ImportStarterFace, ImportThreadFace>(parentPort, face);

await giveWay([ownThread()]);
