/** Long work on what the engine knows: imports, learning, the playground. */

import { randomUUID } from 'node:crypto';
import type { EpochMs } from '#domain';
import type { Answers, WorkFace } from '#http';
import { type Intake, importHistory } from '#ingest';
import { makePlayground, type PlaygroundIntake, train } from '#jobs';
import { queries, type Warehouse } from '#warehouse';
import type { Analyses } from './analyses/analyses.ts';
import type { DataState } from './data-state.ts';
import type { Foundation } from './foundation.ts';
import { ImportJobs, type PathImport } from './import-jobs.ts';
import { importBeside, playgroundBeside } from './ingest-beside/ingest-beside.ts';
import { Learning } from './learning.ts';
import type { Log } from './log.ts';
import { Playground, playgroundMarker } from './playground.ts';
import { removeMadeUp } from './remove-made-up.ts';
import type { Answering } from './serving-beside/messages.ts';
import type { Sessions } from './sessions.ts';
import type { Config } from './settings.ts';
import type { Unlearned } from './unlearned.ts';
import { uploadsFolder } from './upload.ts';
import type { Watched } from './watched.ts';

export interface WorkDeps {
  readonly config: Config;
  readonly log: Log;
  readonly foundation: Foundation;
  readonly serving: Answering;
  readonly state: DataState;
  readonly unlearned: Pick<Unlearned, 'isOwed' | 'begin'>;
  readonly background: boolean;
  /** Of answers: learning steps aside for them. */
  readonly underWay: SharedArrayBuffer;
}

export const createLearning = (
  { config, log, foundation, serving, unlearned, background, underWay }: WorkDeps,
  sessions: Sessions,
): Learning => {
  const { warehouse, artifacts, clock, writer } = foundation;
  return new Learning({
    learn: async (onProgress, signal) => {
      const { isOwed } = unlearned;
      const forgotten = unlearned.begin();
      await writer.flush('in_steps');
      // Answers are about sessions; where nobody was asked, nothing needs them.
      if (await hasAnswers(warehouse)) await sessions.catchUp();
      const threads = config.trainThreads === 0 ? {} : { threads: config.trainThreads };
      // Versions from before somebody was erased do not stay, nor does the last one where nobody is left to learn from.
      const keep = isOwed ? { keep: 1 } : {};
      const bundle = await train(
        { warehouse, artifacts, clock },
        { seed: config.seed, ...threads, ...keep, isBackground: background, aside: underWay, onProgress, signal },
      );
      if (isOwed && bundle === null) await artifacts.clear();
      await forgotten();
      return bundle;
    },
    use: (bundle) => serving.useModels(bundle),
    clock,
    log,
    automatic: background && config.autoTrain,
  });
};

const hasAnswers = async (warehouse: Warehouse): Promise<boolean> =>
  (await warehouse.query(queries.overview, {})).some(({ kind, row_count }) => kind === 'survey' && row_count > 0);

export const createPlayground = (deps: WorkDeps, learning: Learning): Playground => {
  const { config, log, foundation, state } = deps;
  const { intake, clock, writer, warehouse, journal } = foundation;
  const make = deps.background ? playgroundBeside : makePlayground;
  return new Playground({
    fill: async (onProgress, signal) => {
      const now = clock.now();
      await learning.holdDuring(() => make(newItems(intake, now), { now, seed: config.seed, onProgress, signal }));
      await writer.flush();
      await learning.afterwards('the playground');
      await state.read(warehouse, journal);
    },
    empty: async () => {
      await writer.flush();
      // Intake is open: a first real event may be acknowledged at any moment.
      await removeMadeUp(foundation, true);
      await startAnew(deps, learning);
    },
    isPresent: () => state.hasMadeUp,
    hasLiveData: () => state.hasLive,
    markerFile: playgroundMarker(config),
    log,
  });
};

/** The journal knows items of an earlier playground and would take the same ones for repeats. */
const newItems = (intake: Intake, now: EpochMs): PlaygroundIntake => ({
  acceptItems: (wire) => intake.acceptItems(wire.map((item) => ({ ...(item as object), made_at: now }))),
  record: (events) => intake.record(events),
});

/** What was learned of the made-up world goes with it; what is real is read and learned again. */
const startAnew = async ({ foundation, serving, state }: WorkDeps, learning: Learning): Promise<void> => {
  const { artifacts, warehouse, journal } = foundation;
  await learning.settled();
  await artifacts.clear();
  serving.clear();
  await learning.adopt(null);
  await serving.start();
  await state.read(warehouse, journal);
  if (state.hasLive) learning.schedule('the playground is gone');
};

export const createImports = (
  deps: WorkDeps,
  learning: Learning,
  playground: Playground,
  analyses: Pick<Analyses, 'detectFormat'>,
): ImportJobs => {
  const { intake, deadLetters, writer } = deps.foundation;
  // A command has nobody beside it who would wait.
  const read = deps.background ? importBeside : importHistory;
  return new ImportJobs({
    detect: (path) => analyses.detectFormat({ path }),
    run: async ({ format, path, onProgress, ...options }: PathImport, signal) => {
      await playground.remove();
      const report = await learning.holdDuring(() =>
        read(format, path, {
          ...options,
          intake,
          deadLetters,
          signal,
          onProgress: ({ bytes, totalBytes }) => onProgress?.({ done: bytes, total: totalBytes, unit: 'bytes' }),
        }),
      );
      await writer.flush();
      if (report.users > 0) deps.state.prefer(options.userId);
      return report;
    },
    learn: () => learning.afterwards('an import'),
    newId: randomUUID,
    folder: uploadsFolder(deps.config),
    log: deps.log,
  });
};

export const createWorkFace = (
  status: () => Promise<Answers.Status>,
  learning: Learning,
  playground: Playground,
  imports: ImportJobs,
  watched: Watched,
): WorkFace => ({
  startImport: (body, request) => imports.start(body, request),
  imports: () => imports.list(),
  train: async () => {
    // Its failure is logged and stands in the status.
    learning.start('asked for').catch(() => undefined);
    return status();
  },
  makePlayground: async () => {
    await playground.make();
    return status();
  },
  removePlayground: async () => {
    await playground.remove();
    return status();
  },
  progressOf: (watch) => watched.of(watch),
});
