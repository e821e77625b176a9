/** The thread that ingests: an import, or the playground. Started for it by `ingest-beside.ts`, which ends it. */

import { parentPort } from 'node:worker_threads';
import { EngineError } from '#domain';
import { type Intake, importHistory } from '#ingest';
import { makePlayground } from '#jobs';
import { lowerPriority, ThreadCalls } from '#threads';
import type { IngestStarterFace, IngestThreadFace } from './messages.ts';

if (parentPort === null) throw new Error('ingest-thread.ts is the file of a thread');

const stopping = new AbortController();
const { signal } = stopping;

const intake: Omit<Intake, 'subscribe'> = {
  accept: (wire, options) => starter.ask('accept', wire, options),
  acceptItems: (wire, options) => starter.ask('acceptItems', wire, options),
  record: (events) => starter.ask('record', events),
};

const face: IngestThreadFace = {
  importHistory: (format, path, { letters, ...options }) =>
    importHistory(format, path, {
      ...options,
      intake,
      deadLetters: { path: letters, writeAll: (written) => starter.ask('writeAll', written) },
      onProgress: (progress) => starter.tell('progress', progress),
      signal,
    }),
  makePlayground: (options) =>
    makePlayground(intake, { ...options, onProgress: (progress) => starter.tell('progress', progress), signal }),
  stop: () => stopping.abort(new EngineError('unavailable', 'it was broken off')),
};

const starter = new ThreadCalls<IngestStarterFace, IngestThreadFace>(parentPort, face);

lowerPriority();
