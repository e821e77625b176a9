/** Experiments of this engine: their documents and states, who is in which arm, what they found. */

import { type Clock, DAY_MS, EngineError, type EpochMs, type ExperimentDocument, reasonOf, type UserId } from '#domain';
import { type AssignmentContext, assign } from '#experiments';
import type { Answers, ArmRequest, ExperimentsFace } from '#http';
import type { Intake } from '#ingest';
import { exposureOf } from '#serving';
import type { Definition } from '#success';
import type { IntentModel } from '#units';
import { queries } from '#warehouse';
import type { Analyses } from './analyses/analyses.ts';
import type { ExperimentArms } from './experiment-arms.ts';
import { readExperiments, writeExperiments } from './experiment-file.ts';
import { changedFields, checkBeside, documentOf } from './experiment-rules.ts';
import type { Log } from './log.ts';
import type { Sessions } from './sessions.ts';
import type { Config } from './settings.ts';

export interface ExperimentDeps {
  readonly config: Config;
  readonly clock: Clock;
  readonly analyses: Pick<Analyses, 'analyzeRunning' | 'planPower'>;
  readonly intake: Pick<Intake, 'record'>;
  /** Told of what runs. */
  readonly arms: Pick<ExperimentArms, 'use' | 'learn'>;
  readonly definitions: () => readonly Definition[];
  readonly log: Log;
  readonly intents: () => IntentModel | null;
  readonly sessions: Sessions;
}

export interface Experiments extends ExperimentsFace {
  /** Ends what has reached its horizon, on the minute it did, and learns anew what is old. */
  tick(): Promise<void>;
}

type Entry = Answers.ExperimentEntry;

/** @throws {EngineError} invalid_config when the stored experiments cannot be read. */
export const createExperiments = (deps: ExperimentDeps): Experiments => {
  const { clock, config, analyses, log } = deps;
  const entries = new Map(readExperiments(config).map((entry) => [entry.document.name, entry]));
  const running = (): readonly Entry[] => [...entries.values()].filter(({ state }) => state === 'running');
  const tell = (): void => deps.arms.use(running().map(({ document }) => document));
  const keep = (entry: Entry): Entry => {
    // Written first: what cannot be kept does not happen.
    writeExperiments(
      config,
      [...entries.values()].filter((other) => other.document.name !== entry.document.name).concat(entry),
    );
    entries.set(entry.document.name, entry);
    tell();
    return entry;
  };
  /** Before every answer, so that no arm is handed out past the horizon, after a night without power either. */
  const settle = (): void => {
    for (const entry of running()) {
      const end = entry.startedAt! + entry.document.horizon_days * DAY_MS;
      if (clock.now() < end) continue;
      keep({ ...entry, state: 'stopped', stoppedAt: end });
      log('experiment.stopped', { experiment: entry.document.name, days: entry.document.horizon_days });
    }
  };
  const get = (name: string): Entry => {
    settle();
    const entry = entries.get(name);
    if (entry !== undefined) return entry;
    const known = [...entries.keys()].join(', ') || 'none';
    throw new EngineError('not_found', `there is no experiment "${name}": there is ${known}`);
  };
  const armOf = (userId: UserId, name: string, request: ArmRequest) => {
    const { document, state } = get(name);
    if (state !== 'running') return { experiment: name, assignment: { ok: false, reason: 'not_running' } } as const;
    return { experiment: name, assignment: assign(document, contextOf(document, userId, request, clock.now())) };
  };
  const judging = () => ({ definitions: deps.definitions(), intents: deps.intents() });
  settle();
  tell();
  return {
    list: () => {
      settle();
      return [...entries.values()].sort((a, b) => b.createdAt - a.createdAt);
    },
    get,
    put: async (name, text) => {
      const document = documentOf(name, text, deps.definitions());
      settle();
      const before = entries.get(name);
      if (before && before.state !== 'planned') throw cannotChange(before, document);
      return keep({
        document,
        state: 'planned',
        createdAt: before?.createdAt ?? clock.now(),
        startedAt: null,
        stoppedAt: null,
      });
    },
    start: async (name) => {
      const entry = get(name);
      if (entry.state !== 'planned') throw cannotStart(entry);
      checkBeside(entry.document, running());
      const started = keep({ ...entry, state: 'running', startedAt: clock.now() });
      await deps.arms.learn();
      return started;
    },
    stop: async (name) => {
      const entry = get(name);
      if (entry.state !== 'running') throw cannotStop(entry);
      return keep({ ...entry, state: 'stopped', stoppedAt: clock.now() });
    },
    power: async (name) => {
      const { document } = get(name);
      await deps.sessions.catchUp();
      return analyses.planPower({ document, ...judging(), now: clock.now() });
    },
    analysis: async (name) => {
      const entry = get(name);
      const until = endOf(entry, clock.now());
      await deps.sessions.catchUp();
      const since = entry.startedAt ?? until;
      const report = await analyses.analyzeRunning({ document: entry.document, ...judging(), since, until });
      return { ...report, until, sql: queries.experimentUnits.sql };
    },
    arm: armOf,
    expose: async (userId, name, request) => {
      const answer = armOf(userId, name, request);
      if (answer.assignment.ok) {
        const { arm, unit } = answer.assignment;
        const { cluster: _, ...asking } = request;
        const exposure = exposureOf({ userId, at: clock.now(), ...asking }, { experiment: name, arm: arm.name, unit });
        await deps.intake.record([exposure]);
      }
      return answer;
    },
    tick: async () => {
      try {
        settle();
        await deps.arms.learn();
      } catch (error) {
        log('experiment.failed', { error: reasonOf(error) });
      }
    },
  };
};

const cannotStart = ({ document: { name }, state }: Entry): EngineError =>
  new EngineError(
    'conflict',
    state === 'running'
      ? `experiment ${name} is running already: ritornello experiment analyze ${name} tells how it stands`
      : `experiment ${name} is stopped, for good: plan another under a new name`,
  );

const cannotStop = ({ document: { name }, state }: Entry): EngineError =>
  new EngineError(
    'conflict',
    state === 'planned'
      ? `experiment ${name} is planned and has not begun: there is nothing to stop; ritornello experiment start ${name} begins it`
      : `experiment ${name} is stopped already: ritornello experiment analyze ${name} tells what it found`,
  );

const cannotChange = ({ document, state }: Entry, next: ExperimentDocument): EngineError => {
  const fields = changedFields(document, next);
  const what =
    fields.length === 0
      ? 'nothing of it was to change'
      : `${fields.join(', ')} would change under units that have an arm`;
  return new EngineError(
    'conflict',
    `experiment ${document.name} is ${state}: ${what}; what runs or ran cannot be changed, take another name`,
  );
};

/** After a stop units go on for their window, then nothing more counts. */
const endOf = ({ document, stoppedAt }: Entry, now: EpochMs): EpochMs =>
  stoppedAt === null ? now : Math.min(now, stoppedAt + document.window_days * DAY_MS);

const contextOf = (
  document: ExperimentDocument,
  userId: UserId,
  request: ArmRequest,
  at: EpochMs,
): AssignmentContext => {
  const { cluster, ...rest } = request;
  return {
    userId,
    at,
    ...rest,
    ...(cluster !== undefined &&
      document.cluster_by !== undefined && { attributes: { [document.cluster_by]: cluster } }),
  };
};
