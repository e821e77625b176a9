/** An engine for tests here: takes events and items, answers the rest with fixed values, keeps what it hears. */

import { slateAnswer } from '#wire';
import { COMPASS } from './compass-answer.contract.ts';
import type { Engine, Readiness } from './engine.ts';
import { BROWSING, COLLECTION, COLLECTIONS, JUDGED } from './evaluation-answers.contract.ts';
import { ANALYSIS, EXPERIMENT, POWER } from './experiment-answers.contract.ts';
import { INTENTS } from './intent-answers.contract.ts';
import { ITEM_PAGE } from './item-answers.contract.ts';
import { LAB, LIFE, PERSON } from './lab-answers.contract.ts';
import { LISTENERS, PROFILE } from './listener-answers.contract.ts';
import { ABSENCE, FIGURE, LIFE_CYCLE, METRIC, PERIOD } from './metric-answers.contract.ts';
import { DOWNSTREAM, REPLAY } from './policy-answers.contract.ts';
import { createRecordingIntake } from './recording-intake.contract.ts';
import { NOW } from './requests.contract.ts';
import { DIVERSITY, RETURNS } from './return-answers.contract.ts';
import { DECISION, SLATE, SLATES, WHY } from './slate-answers.contract.ts';
import { JOB, OVERVIEW, STATUS } from './studio-answers.contract.ts';
import { DEFINITION_PAGE, KNOWN, OUTCOMES, PREVIEW, SUCCESS_MAP } from './success-answers.contract.ts';

export interface RecordingEngine extends Engine {
  /** What was asked, in order: name and arguments. */
  readonly asked: [name: string, ...args: unknown[]][];
  /** Ids of accepted events, `user/event`, and of items. */
  readonly kept: Set<string>;
  /** Bytes that imports sent. */
  received: number;
  readiness: Readiness;
  /** When set, every call of serving and studio rejects with it. */
  failure: unknown;
}

export const createRecordingEngine = (): RecordingEngine => {
  const asked: RecordingEngine['asked'] = [];
  const kept = new Set<string>();
  const answerNow = <T>(value: T, name: string, ...args: unknown[]): T => {
    asked.push([name, ...args]);
    if (engine.failure !== null) throw engine.failure;
    return value;
  };
  const answer = async <T>(value: T, name: string, ...args: unknown[]): Promise<T> => answerNow(value, name, ...args);
  const engine: RecordingEngine = {
    asked,
    kept,
    received: 0,
    readiness: { ready: true, journal: 'ok', warehouse: 'ok', models: 'none' },
    failure: null,
    intake: createRecordingIntake(kept),
    serving: {
      home: (userId, request) => answer(slateAnswer({ ...SLATE, userId }), 'home', userId, request),
      weekly: (userId, request) =>
        answer(slateAnswer({ ...SLATE, userId, fallback: 'popular' }), 'weekly', userId, request),
      radio: (userId, request) => answer(slateAnswer({ ...SLATE, userId, fresh: false }), 'radio', userId, request),
      why: (slateId, id) => answer({ ...WHY, slateId }, 'why', slateId, id),
      profile: (userId) => answer({ ...PROFILE, userId }, 'profile', userId),
      itemPage: (id, userId) =>
        answer({ ...ITEM_PAGE, yours: userId === null ? null : ITEM_PAGE.yours }, 'itemPage', id, userId),
    },
    people: {
      eraseUser: (userId) => answer({ userId, removed: { play: 3, journal: 1 }, left: 0 }, 'eraseUser', userId),
      async *exportUser(userId) {
        yield await answer('{"type":"play","n":1}', 'exportUser', userId);
        yield '{"type":"play","n":2}';
      },
    },
    experiments: {
      list: () => [EXPERIMENT],
      get: () => EXPERIMENT,
      put: (name, text) => answer(EXPERIMENT, 'putExperiment', name, text),
      start: (name) => answer({ ...EXPERIMENT, state: 'running', startedAt: NOW }, 'startExperiment', name),
      stop: (name) => answer({ ...EXPERIMENT, state: 'stopped', stoppedAt: NOW }, 'stopExperiment', name),
      power: (name) => answer(POWER, 'experimentPower', name),
      analysis: (name) => answer(ANALYSIS, 'experimentAnalysis', name),
      arm: (_userId, experiment) => ({ experiment, assignment: { ok: false, reason: 'not_running' } }),
      expose: (userId, experiment, request) =>
        answer(
          { experiment, assignment: { ok: true, arm: EXPERIMENT.document.arms[1]!, unit: userId } },
          'expose',
          userId,
          experiment,
          request,
        ),
    },
    studio: {
      status: () => answer(STATUS, 'status'),
      overview: () => answer(OVERVIEW, 'overview'),
      users: (query, limit) => answer(LISTENERS, 'users', query, limit),
      slates: (request) => answer(SLATES, 'slates', request),
      decision: (slateId) => answer({ ...DECISION, slate: { ...SLATE, slateId } }, 'decision', slateId),
    },
    metrics: {
      list: () => [METRIC],
      report: (request) =>
        answer({ period: PERIOD, by: request.by, metrics: [METRIC], figures: [FIGURE], sql: {} }, 'report', request),
      absence: (request) => answer(ABSENCE, 'absence', request),
      lifeCycle: (request) => answer(LIFE_CYCLE, 'lifeCycle', request),
      intents: () => INTENTS,
    },
    success: {
      map: async () => SUCCESS_MAP,
      page: () => DEFINITION_PAGE,
      outcomes: (request) =>
        answer({ ...OUTCOMES, engine: request.engine, timeline: request.timeline }, 'outcomes', request),
      check: async () => ({ findings: [], known: KNOWN }),
      preview: (request) => answer(PREVIEW, 'preview', request),
      save: async () => KNOWN,
    },
    compass: {
      overview: (request) => answer(COMPASS, 'compass', request),
      putCorpus: (text) =>
        answer({ rows: text.split('\n').length - 1, experiments: 1, metrics: ['clicks'] }, 'putCorpus', text),
    },
    returns: {
      report: (request) => answer({ ...RETURNS, by: request.by, horizon: request.horizon }, 'returns', request),
      diversity: (request) =>
        answer(
          { ...DIVERSITY, horizon: request.horizon, experiment: request.experiment ?? null },
          'diversity',
          request,
        ),
    },
    policies: {
      downstream: (request) => answer(DOWNSTREAM, 'downstream', request),
      replay: (request) => answer(REPLAY, 'replayPolicy', request),
    },
    evaluation: {
      judge: (request) => answer({ judged: JUDGED, beyond: undefined }, 'judge', request),
      browsing: (request) => answer(BROWSING, 'browsing', request),
      collections: () => answer(COLLECTIONS, 'collections'),
      collection: (name) => answer(COLLECTION, 'collection', name),
    },
    lab: {
      state: () => LAB,
      start: (request) => answerNow(LAB, 'startLab', request),
      cancel: () => answerNow(LAB, 'cancelLab'),
      keepWorld: (text) => answerNow(LAB, 'keepLabWorld', text),
      removeWorld: (name) => answerNow(LAB, 'removeLabWorld', name),
      life: (listener, week) =>
        answerNow({ person: PERSON, week, first: LIFE, second: LIFE }, 'labLife', listener, week),
    },
    work: {
      async startImport(body, request) {
        for await (const piece of body) engine.received += piece.length;
        return answer(JOB, 'startImport', request);
      },
      imports: () => [JOB],
      train: () => answer({ ...STATUS, training: 'running' }, 'train'),
      makePlayground: () => answer({ ...STATUS, playground: 'making' }, 'makePlayground'),
      removePlayground: () => answer(STATUS, 'removePlayground'),
      progressOf: (watch) => answerNow({ done: 25, total: 200, unit: 'listeners' }, 'progressOf', watch),
    },
    health: {
      readiness: async () => engine.readiness,
      journalLag: () => 7,
      answeringDelay: async () => ({ p99: 2, longest: 8 }),
    },
  };
  return engine;
};
