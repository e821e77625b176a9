/**
 * An import by the command line, in three steps that follow each other, each in a process of its own:
 *
 *   make_room   asks the warehouse whether it is there, and takes the playground out
 *   read        history ─▶ journal, without the warehouse's engine in memory
 *   carry       journal ─▶ warehouse, without what the reading needed
 *
 * Together they would need twice the memory: the engine adds 200 MiB as soon as it is loaded, and more as it writes.
 */

import { rm } from 'node:fs/promises';
import type { Answers } from '#http';
import { importHistory } from '#ingest';
import { queries } from '#warehouse';
import { takeLock } from '../data-lock.ts';
import { MADE_UP } from '../data-state.ts';
import { type Foundation, openFoundation, openWayIn } from '../foundation.ts';
import type { PathImport } from '../import-jobs.ts';
import type { Log } from '../log.ts';
import { playgroundMarker } from '../playground.ts';
import { removeMadeUp } from '../remove-made-up.ts';
import type { Config } from '../settings.ts';
import { openJournal } from '../stores.ts';

export type ImportStep = 'make_room' | 'read' | 'carry';

export interface StepWork {
  readonly config: Config;
  readonly request: Omit<PathImport, 'onProgress'>;
}

export interface StepContext {
  readonly log: Log;
  readonly onProgress: (progress: Answers.Progress) => void;
  readonly signal: AbortSignal;
}

/** How often the rest is looked at while it is carried. */
const LOOK_MS = 250;

/** Runs one step while it holds the data folder; the report is that of `read`. @throws {EngineError} */
export const runStep = async (
  step: ImportStep,
  work: StepWork,
  context: StepContext,
): Promise<Answers.ImportReport | null> => {
  const lock = takeLock(work.config.data);
  try {
    if (step === 'read') return await read(work, context);
    await withFoundation(work.config, context.log, (foundation) =>
      step === 'carry' ? carry(foundation, context) : makeRoom(foundation, work.config),
    );
    return null;
  } finally {
    lock.release();
  }
};

const withFoundation = async (
  config: Config,
  log: Log,
  run: (foundation: Foundation) => Promise<void>,
): Promise<void> => {
  const foundation = await openFoundation(config, log, openJournal);
  try {
    await run(foundation);
  } finally {
    await foundation.close();
  }
};

const makeRoom = async (foundation: Foundation, config: Config): Promise<void> => {
  const { warehouse, writer, artifacts } = foundation;
  await writer.flush();
  const [found] = await warehouse.query(queries.presence, { prefix: MADE_UP });
  if (found !== undefined && found.prefixed_events + found.prefixed_items > 0) {
    await removeMadeUp(foundation, found.events + found.items > 0);
    // What was learned of the made-up world goes with it; what is real is learned again by the next training.
    await artifacts.clear();
  }
  await rm(playgroundMarker(config), { force: true });
};

const read = async (
  { config, request }: StepWork,
  { log, onProgress, signal }: StepContext,
): Promise<Answers.ImportReport> => {
  const { format, path, ...options } = request;
  const journal = await openJournal(config);
  try {
    // Nobody empties the journal meanwhile: only the disk bounds it.
    const { intake, deadLetters } = await openWayIn(journal, {
      config,
      log,
      maxJournalBytes: Number.POSITIVE_INFINITY,
    });
    return await importHistory(format, path, {
      ...options,
      intake,
      deadLetters,
      signal,
      onProgress: ({ bytes, totalBytes }) => onProgress({ done: bytes, total: totalBytes, unit: 'bytes' }),
    });
  } finally {
    await journal.close();
  }
};

const carry = async ({ writer }: Foundation, { onProgress }: StepContext): Promise<void> => {
  const total = writer.status().lagRecords;
  const tell = () => onProgress({ done: total - writer.status().lagRecords, total, unit: 'rows' });
  const timer = setInterval(tell, LOOK_MS);
  try {
    await writer.flush();
  } finally {
    clearInterval(timer);
  }
};
