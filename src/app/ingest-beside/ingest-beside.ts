/**
 * Imports and the playground in a thread of their own, which gives way to those that answer: taking a history apart and making a
 * world up is most of the work, and holds nobody up there. What they bring comes the one way in, like all that is sent.
 */

import { EngineError } from '#domain';
import type { DeadLetters, ImportOptions, ImportReport, Intake } from '#ingest';
import type { PlaygroundOptions, PlaygroundReport } from '#jobs';
import { callsOf, startThread, type ThreadCalls } from '#threads';
import type { IngestStarterFace, IngestThreadFace } from './messages.ts';

const THREAD = new URL('./ingest-thread.ts', import.meta.url);

const startIngestThread = () => startThread(THREAD, { name: 'ingest' });

/** The way in. */
interface Into {
  readonly intake: Omit<Intake, 'subscribe'>;
  readonly deadLetters: Pick<DeadLetters, 'path' | 'writeAll'>;
}

type ImportBesideOptions = Omit<ImportOptions, 'limits' | keyof Into> & Into & { readonly signal: AbortSignal };
type PlaygroundBesideOptions = PlaygroundOptions & { readonly signal: AbortSignal };

/** As `importHistory`. @throws {EngineError} unavailable when the thread ends before the import does. */
export const importBeside = (
  format: string,
  path: string,
  { intake, deadLetters, onProgress, signal, ...options }: ImportBesideOptions,
  start = startIngestThread,
): Promise<ImportReport> =>
  inThread(start, starterOf({ intake, deadLetters }, onProgress), signal, (calls) =>
    calls.ask('importHistory', format, path, { ...options, letters: deadLetters.path }),
  );

/** As `makePlayground`. @throws {EngineError} unavailable when the thread ends before the playground is made. */
export const playgroundBeside = (
  into: Into,
  { onProgress, signal, ...options }: PlaygroundBesideOptions,
  start = startIngestThread,
): Promise<PlaygroundReport> =>
  inThread(start, starterOf(into, onProgress), signal, (calls) => calls.ask('makePlayground', options));

const starterOf = <Progress>(
  { intake, deadLetters }: Into,
  onProgress: ((progress: Progress) => void) | undefined,
): IngestStarterFace<Progress> => ({
  accept: (wire, options) => intake.accept(wire, options),
  acceptItems: (wire, options) => intake.acceptItems(wire, options),
  record: (events) => intake.record(events),
  writeAll: (letters) => deadLetters.writeAll(letters),
  progress: (progress) => onProgress?.(progress),
});

/** Starts the thread, has it do the work and ends it. */
const inThread = async <Progress, Report>(
  start: typeof startIngestThread,
  starter: IngestStarterFace<Progress>,
  signal: AbortSignal,
  work: (calls: ThreadCalls<IngestThreadFace, IngestStarterFace<Progress>>) => Promise<Report>,
): Promise<Report> => {
  signal.throwIfAborted();
  const worker = start();
  const calls: ThreadCalls<IngestThreadFace, IngestStarterFace<Progress>> = callsOf(worker, starter, (reason) =>
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
