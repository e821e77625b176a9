/** Experiments of this engine: their documents and states, who is in which arm, what they found. */

import { parse } from 'yaml';
import {
  type Clock,
  DAY_MS,
  EngineError,
  type EpochMs,
  type ExperimentDocument,
  experimentSchema,
  type UserId,
} from '#domain';
import { type AssignmentContext, assign } from '#experiments';
import type { Answers, ArmRequest, ExperimentsFace } from '#http';
import type { Intake } from '#ingest';
import { analyzeRunning, planPower } from '#jobs';
import { queries, type Warehouse } from '#warehouse';
import { readExperiments, writeExperiments } from './experiment-file.ts';
import type { Config } from './settings.ts';

export interface ExperimentDeps {
  readonly config: Config;
  readonly clock: Clock;
  readonly warehouse: Warehouse;
  readonly intake: Pick<Intake, 'accept'>;
}

type Entry = Answers.ExperimentEntry;

/** @throws {EngineError} invalid_config when the stored experiments cannot be read. */
export const createExperiments = (deps: ExperimentDeps): ExperimentsFace => {
  const { clock, config, warehouse } = deps;
  const entries = new Map(readExperiments(config).map((entry) => [entry.document.name, entry]));
  const get = (name: string): Entry => {
    const entry = entries.get(name);
    if (entry !== undefined) return entry;
    const known = [...entries.keys()].join(', ') || 'none';
    throw new EngineError('not_found', `there is no experiment "${name}": there is ${known}`);
  };
  const keep = (entry: Entry): Entry => {
    // Written first: what cannot be kept does not happen.
    writeExperiments(
      config,
      [...entries.values()].filter((other) => other.document.name !== entry.document.name).concat(entry),
    );
    entries.set(entry.document.name, entry);
    return entry;
  };
  const armOf = (userId: UserId, name: string, request: ArmRequest) => {
    const { document, state } = get(name);
    if (state !== 'running') return { experiment: name, assignment: { ok: false, reason: 'not_running' } } as const;
    return { experiment: name, assignment: assign(document, contextOf(document, userId, request, clock.now())) };
  };
  return {
    list: () => [...entries.values()].sort((a, b) => b.createdAt - a.createdAt),
    get,
    put: async (name, text) => {
      const document = documentOf(name, text);
      const before = entries.get(name);
      if (before && before.state !== 'planned') {
        throw new EngineError(
          'conflict',
          `experiment ${name} is ${before.state}: what runs or ran cannot be changed; take another name`,
        );
      }
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
      if (entry.state !== 'planned') throw new EngineError('conflict', `experiment ${name} is ${entry.state} already`);
      checkLayer(entry.document, [...entries.values()]);
      return keep({ ...entry, state: 'running', startedAt: clock.now() });
    },
    stop: async (name) => {
      const entry = get(name);
      if (entry.state !== 'running')
        throw new EngineError('conflict', `experiment ${name} is ${entry.state}, not running`);
      return keep({ ...entry, state: 'stopped', stoppedAt: clock.now() });
    },
    power: async (name) => planPower(warehouse, get(name).document, clock.now()),
    analysis: async (name) => {
      const entry = get(name);
      const until = endOf(entry, clock.now());
      const report = await analyzeRunning(warehouse, entry.document, entry.startedAt ?? until, until);
      return { ...report, until, sql: queries.experimentUnits.sql };
    },
    arm: armOf,
    expose: async (userId, name, request) => {
      const answer = armOf(userId, name, request);
      if (answer.assignment.ok) await logExposure(deps, userId, name, answer.assignment);
      return answer;
    },
  };
};

/** After a stop units go on for their window, then nothing more counts. */
const endOf = ({ document, stoppedAt }: Entry, now: EpochMs): EpochMs =>
  stoppedAt === null ? now : Math.min(now, stoppedAt + document.window_days * DAY_MS);

/** Once a unit: the event's id names it, so that repeating counts once. */
const logExposure = async (
  { intake, clock }: ExperimentDeps,
  userId: UserId,
  experiment: string,
  { arm, unit }: { readonly arm: { readonly name: string }; readonly unit: string },
): Promise<void> => {
  const [receipt] = await intake.accept([
    {
      type: 'assignment',
      event_id: `exposure:${experiment}:${unit}`.slice(0, 200),
      user_id: userId,
      at: clock.now(),
      experiment,
      arm: arm.name,
      exposed: true,
      unit,
    },
  ]);
  if (receipt?.outcome === 'refused') throw new EngineError('internal', `the exposure to ${experiment} was refused`);
};

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

const documentOf = (name: string, text: string): ExperimentDocument => {
  const refuse = (fields: readonly { readonly field: string; readonly reason: string }[]): never => {
    const told = fields.map(({ field, reason }) => (field === '' ? reason : `${field}: ${reason}`)).join('; ');
    throw new EngineError('invalid_request', `the document of experiment ${name} is not valid: ${told}`, { fields });
  };
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    return refuse([{ field: 'body', reason: cause instanceof Error ? cause.message : String(cause) }]);
  }
  const parsed = experimentSchema.safeParse(value);
  if (!parsed.success) {
    return refuse(parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), reason: message })));
  }
  if (parsed.data.name !== name)
    return refuse([{ field: 'name', reason: `is ${parsed.data.name}, and the address says ${name}` }]);
  return parsed.data;
};

const checkLayer = (document: ExperimentDocument, entries: readonly Entry[]): void => {
  const other = entries.find(
    (entry) =>
      entry.state === 'running' &&
      entry.document.layer === document.layer &&
      entry.document.part[0] < document.part[1] &&
      document.part[0] < entry.document.part[1],
  );
  if (other === undefined) return;
  const [from, to] = other.document.part;
  throw new EngineError(
    'conflict',
    `experiment ${other.document.name} has the part from ${from} to ${to} of layer ${document.layer}: take another part or another layer`,
  );
};
