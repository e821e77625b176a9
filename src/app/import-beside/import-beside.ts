/**
 * An import whose file is read in a thread of its own, which gives way to those that answer: taking a history apart is most of
 * the work, and holds nobody up there. What it finds comes the one way in, like all that is sent.
 */

import { EngineError } from '#domain';
import type { DeadLetters, ImportOptions, ImportReport } from '#ingest';
import { callsOf, startThread, type ThreadCalls } from '#threads';
import type { ImportStarterFace, ImportThreadFace } from './messages.ts';

const THREAD = new URL('./import-thread.ts', import.meta.url);

const startImportThread = () => startThread(THREAD, { name: 'import' });

interface BesideOptions extends Omit<ImportOptions, 'limits'> {
  readonly deadLetters: Pick<DeadLetters, 'path' | 'writeAll'>;
  readonly signal: AbortSignal;
}

/** As `importHistory`. @throws {EngineError} unavailable when the thread ends before the import does. */
export const importBeside = async (
  format: string,
  path: string,
  { intake, deadLetters, onProgress, signal, ...options }: BesideOptions,
  start = startImportThread,
): Promise<ImportReport> => {
  signal.throwIfAborted();
  const worker = start();
  const starter: ImportStarterFace = {
    accept: (wire, how) => intake.accept(wire, how),
    acceptItems: (wire, how) => intake.acceptItems(wire, how),
    writeAll: (letters) => deadLetters.writeAll(letters),
    progress: (progress) => onProgress?.(progress),
  };
  const calls: ThreadCalls<ImportThreadFace, ImportStarterFace> = callsOf(worker, starter, (reason) =>
    calls.fail(new EngineError('unavailable', `the thread that reads the import is gone: ${reason}`)),
  );
  const stop = (): void => calls.tell('stop');
  signal.addEventListener('abort', stop);
  try {
    return await calls.ask('read', format, path, { ...options, letters: deadLetters.path });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
};
