/** The composition root: every module is made here and connected to the others, and nowhere else. */

import { join } from 'node:path';
import { MINUTE_MS, reasonOf, toTimestamp } from '#domain';
import type { Answers, Engine } from '#http';
import { allDefinitions, DEFINITIONS_FOLDER, latestModels, runLab } from '#jobs';
import type { JournalBeside } from '#journal';
import { readVersion } from '#version';
import { queries } from '#warehouse';
import type { Acting } from './acting-experiments.ts';
import { createAnalyses } from './analyses/analyses.ts';
import { AnalysesBeside } from './analyses/analyses-beside.ts';
import { createCompass } from './compass.ts';
import { DataState } from './data-state.ts';
import { readAhead } from './definitions-ahead.ts';
import { createEvaluation } from './evaluation.ts';
import { ExperimentArms } from './experiment-arms.ts';
import { createExperiments } from './experiments.ts';
import { type Foundation, openFoundation } from './foundation.ts';
import { createHealth, lagOf } from './health.ts';
import type { PathImport } from './import-jobs.ts';
import { Lab } from './lab.ts';
import { createLabFiles } from './lab-files.ts';
import type { Learning } from './learning.ts';
import { createListenerLog } from './listener-log.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createPeople } from './people.ts';
import { createPolicies } from './policies.ts';
import { createReturns } from './returns.ts';
import { ServingBeside } from './serving-beside/serving-beside.ts';
import { createSessions } from './sessions.ts';
import type { Config } from './settings.ts';
import { openJournalBeside } from './stores.ts';
import { createStudio } from './studio.ts';
import { createSuccess } from './success.ts';
import { Unlearned } from './unlearned.ts';
import { Watched } from './watched.ts';
import { createImports, createLearning, createPlayground, createWorkFace, type WorkDeps } from './work.ts';

export interface ComposeDeps {
  readonly config: Config;
  readonly log: Log;
  /** Work that nobody asked for: the playground on an empty start, learning when much is new. */
  readonly background: boolean;
}

export interface ComposedEngine extends Engine {
  /** Imports what lies on this machine; resolves when the warehouse has it. Learning is the caller's affair. */
  importPath(request: PathImport): Promise<Answers.ImportReport>;
  /** Breaks off long work, carries what is acknowledged to the warehouse and closes everything. */
  stop(): Promise<void>;
}

export const compose = async (deps: ComposeDeps): Promise<ComposedEngine> => {
  const foundation = await openFoundation(deps.config, deps.log, openJournalBeside);
  try {
    return await connect(deps, foundation);
  } catch (error) {
    await foundation.close();
    throw error;
  }
};

const connect = async (deps: ComposeDeps, foundation: Foundation<JournalBeside>): Promise<ComposedEngine> => {
  const { log, config, background } = deps;
  const { journal, warehouse, clock, intake, writer, deadLetters } = foundation;
  const definitionsFolder = join(config.data, DEFINITIONS_FOLDER);
  const definitions = () => allDefinitions(definitionsFolder);
  const flush = () => writer.flush();
  const intents = () => learning.bundle?.intents.model ?? null;
  const serving = new ServingBeside({
    log: createListenerLog({ journal, warehouse, clock }),
    line: () => journal.aheadLine(),
    onEnd: (reason) => log('serving.ended', { reason }),
  });
  const tell = (acting: Acting) => serving.useExperiments(acting);
  // Nobody waits for what it learns.
  const flushInSteps = () => writer.flush('in_steps');
  const carried = () => journal.status().first - 1;
  const exclusive = <Result>(part: () => Promise<Result>) => writer.exclusive(part);
  const onEnd = (reason: string) => log('analyses.ended', { reason });
  const openBeside = (givesWay: boolean) => new AnalysesBeside({ warehouse, exclusive, carried, givesWay, onEnd });
  // The writer waits while sessions are derived: not for a thread that gives way, nor for what else it has to do.
  const [forStudio, forSessions] = [openBeside(true), openBeside(false)];
  // A command has nobody beside it who would wait.
  const here = createAnalyses({ warehouse, clock, exclusive, carried });
  const analyses = background ? forStudio.analyses : here;
  const arms = new ExperimentArms({ analyses, clock, log, definitions, flush: flushInSteps, intents, tell });
  const sessions = createSessions({ analyses: background ? forSessions.analyses : here, writer, intents });
  const experiments = createExperiments({
    config,
    clock,
    analyses,
    intake,
    arms,
    definitions,
    intents,
    log,
    sessions,
  });
  const state = new DataState();
  const unlearned = new Unlearned(config);
  const work: WorkDeps = { ...deps, foundation, serving, state, unlearned, underWay: serving.underWay };
  const learning = createLearning(work, sessions);
  const playground = createPlayground(work, learning);
  const imports = createImports(work, learning, playground, analyses);
  const lab = new Lab({ run: runLab, files: createLabFiles(join(config.data, 'lab')), log });
  const status = async (): Promise<Answers.Status> => ({
    data: state.data,
    playground: playground.state,
    playgroundProgress: playground.progress,
    training: learning.state,
    trainingProgress: learning.progress,
    defaultUser: state.defaultUser,
    version: readVersion(),
  });

  const watched = new Watched();
  await state.read(warehouse, journal);
  const stored = latestModels(foundation.artifacts);
  // While the catalogue comes, too; what went wrong is heard where they are taken up.
  stored.catch(() => undefined);
  await serving.start();
  await takeUpModels(stored, learning, log);
  follow(work, learning);
  writer.start();
  if (unlearned.isOwed) learning.schedule('a listener was erased');
  if (playground.isHalfMade) await playground.remove();
  learning.catchUp(await playsUnlearned(foundation, learning));
  if (background && config.playground && state.data === 'empty') await playground.make();

  if (background) void readAhead(definitionsFolder, analyses);

  const looking = setInterval(() => void experiments.tick(), MINUTE_MS).unref();
  void experiments.tick();
  return {
    intake,
    serving,
    people: createPeople({
      stores: foundation,
      serving,
      state,
      imports,
      learning,
      unlearned,
      settled: () => journal.settled(),
      log,
    }),
    studio: createStudio({
      warehouse,
      serving,
      clock,
      status,
      bundle: () => learning.bundle,
      lag: () => lagOf(journal),
      deadLetters: () => deadLetters.count(),
    }),
    policies: createPolicies({
      analyses,
      clock,
      definitions: () => allDefinitions(definitionsFolder),
      flush,
      intents,
      watched,
    }),
    success: createSuccess({ analyses, clock, folder: definitionsFolder, flush, intents, watched }),
    metrics: createMetrics({
      analyses,
      clock,
      definitions,
      sessions,
      bundle: () => learning.bundle,
      watched,
    }),
    evaluation: createEvaluation({ dataFolder: config.data, analyses, clock, flush }),
    experiments,
    compass: createCompass({ data: config.data, clock, experiments, analyses }),
    returns: createReturns({ analyses, clock, flush, bundle: () => learning.bundle, experiments }),
    work: createWorkFace(status, learning, playground, imports, watched),
    lab,
    health: createHealth({
      journal,
      warehouse,
      hasModels: () => learning.bundle !== null,
      answeringDelay: () => serving.loopDelay(),
    }),
    importPath: (request) => imports.runHere(request),
    stop: async () => {
      clearInterval(looking);
      const work = [imports.stop(), playground.stop(), lab.stop(), learning.stop()];
      await Promise.all([...work, forStudio.close(), forSessions.close()]);
      await journal.settled();
      await serving.close();
      await foundation.close();
    },
  };
};

/** Models that cannot be read are learned again; until then answers say that nothing has been learned. */
const takeUpModels = async (stored: ReturnType<typeof latestModels>, learning: Learning, log: Log): Promise<void> => {
  try {
    await learning.adopt(await stored);
  } catch (error) {
    log('training.failed', { error: reasonOf(error) });
    learning.schedule('the stored models cannot be read');
  }
};

/** Plays that the models have not seen, of an import by the command line, say, or of a run that was killed. */
const playsUnlearned = async ({ warehouse }: Foundation, { bundle }: Learning): Promise<number> => {
  const [row] = await warehouse.query(queries.playsSince, { since: toTimestamp(bundle?.trainedAt ?? 0) });
  return row?.plays ?? 0;
};

/** Whoever must know of each acknowledged event before its acknowledgement leaves. */
const follow = ({ foundation, serving, state }: WorkDeps, learning: Learning): void => {
  foundation.intake.subscribe({
    events: (events) => {
      serving.apply(events);
      state.events(events);
      learning.notice(events.filter(({ kind }) => kind === 'play' || kind === 'tally').length);
    },
    items: (items) => {
      serving.applyItems(items);
      state.items(items);
    },
  });
};
