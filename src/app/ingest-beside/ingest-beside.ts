/**
 * Imports and the playground in a thread of their own, of the lowest priority: taking a history apart and making a world up is most of
 * the work, and holds nobody up there. What they bring comes the one way in, like all that is sent.
 */

import { EngineError } from '#domain';
import type { DeadLetters, ImportOptions, ImportReport } from '#ingest';
import type { PlaygroundIntake, PlaygroundOptions, PlaygroundReport } from '#jobs';
import { callsOf, type Methods, startThread, type ThreadCalls } from '#threads';
import type { ImportStarterFace, IngestThreadFace, PlaygroundStarterFace } from './messages.ts';

const THREAD = new URL('./ingest-thread.ts', import.meta.url);

const startIngestThread = () => startThread(THREAD, { name: 'ingest' });

type ImportBesideOptions = Omit<ImportOptions, 'limits' | 'deadLetters' | 'signal'> & {
  readonly deadLetters: Pick<DeadLetters, 'path' | 'writeAll'>;
  readonly signal: AbortSignal;
};

/** As `importHistory`. @throws {EngineError} unavailable when the thread ends before the import does. */
export const importBeside = (
  format: string,
  path: string,
  { intake, deadLetters, onProgress, signal, ...options }: ImportBesideOptions,
  start = startIngestThread,
): Promise<ImportReport> => {
  const starter: ImportStarterFace = {
    accept: (wire, how) => intake.accept(wire, how),
    acceptItems: (wire, how) => intake.acceptItems(wire, how),
    writeAll: (letters) => deadLetters.writeAll(letters),
    progress: (progress) => onProgress?.(progress),
  };
  return inThread(start, starter, signal, (calls) =>
    calls.ask('importHistory', format, path, { ...options, letters: deadLetters.path }),
  );
};

/** As `makePlayground`. @throws {EngineError} unavailable when the thread ends before the playground is made. */
export const playgroundBeside = (
  intake: PlaygroundIntake,
  { onProgress, signal, ...options }: PlaygroundOptions & { readonly signal: AbortSignal },
  start = startIngestThread,
): Promise<PlaygroundReport> => {
  const starter: PlaygroundStarterFace = {
    acceptItems: (wire) => intake.acceptItems(wire),
    record: (events) => intake.record(events),
    progress: (progress) => onProgress?.(progress),
  };
  return inThread(start, starter, signal, (calls) => calls.ask('makePlayground', options));
};

/** Starts the thread, has it do the work and ends it. */
const inThread = async <Starter extends Methods<Starter>, Report>(
  start: typeof startIngestThread,
  starter: Starter,
  signal: AbortSignal,
  work: (calls: ThreadCalls<IngestThreadFace, Starter>) => Promise<Report>,
): Promise<Report> => {
  signal.throwIfAborted();
  const worker = start();
  const calls: ThreadCalls<IngestThreadFace, Starter> = callsOf(worker, starter, (reason) =>
    calls.fail(new EngineError('unavailable', `the thread that ingests is gone: ${reason}`)),
  );
  const stop = (): void => calls.tell('stop');
  signal.addEventListener('abort', stop);
  try {
    return await work(calls);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
};
