/**
 * A small engine for tests of this module: reads events and items as the real intake does, keeps them in memory, and
 * answers everything else with fixed values. It keeps what it was asked.
 */

import {
  EngineError,
  experimentSchema,
  type Item,
  itemId,
  parseEvent,
  parseItem,
  type SlateId,
  type UserId,
} from '#domain';
import { type JudgedRuns, judgeRuns, readJudgments, readRun } from '#evaluation';
import type { Receipt } from '#ingest';
import { type CollectionReport, type DownstreamReport, summarize } from '#jobs';
import { type Figure, parseMetric } from '#metrics';
import type { ServedSlate } from '#serving';
import { standardDefinitions, workedExamples } from '#success';
import type { Calibration, IntentLearning, Reliability } from '#units';
import { slateAnswer } from '#wire';
import type { ExperimentEntry, ImportJob, LabLife, LabState, Status } from './answers.ts';
import { COMPASS } from './compass-answer.contract.ts';
import type { Engine, Readiness } from './engine.ts';
import type { KnownDefinition } from './success-face.ts';

/** Tuesday 2026-11-24, 06:00 UTC. */
export const NOW = Date.UTC(2026, 10, 24, 6);

export const ITEM: Item = {
  itemId: itemId('track', 'one'),
  type: 'track',
  title: 'One',
  artist: 'The First',
  artistId: itemId('artist', 'first'),
  tags: ['calm'],
  updatedAt: NOW,
  extra: {},
};

const METRIC = parseMetric('skip_rate');
const KNOWN: KnownDefinition = { definition: standardDefinitions()[0]!, origin: 'shipped', decides: true };
const PERIOD = { from: '2026-11-01', to: '2026-11-24', days: 23, until: '2026-11-24 06:00:00.000' };
const CELL = { surface: null, intent: 'party', device: null };
const ACT = { ok: true, value: 0.02, interval: { lower: 0.01, upper: 0.03 }, level: 0.95, n: 30, method: 'x' } as const;
const DOWNSTREAM: DownstreamReport = {
  slates: 3,
  replayed: 2,
  leftOut: [{ reason: 'inexact', slates: 1 }],
  cards: 60,
  lookedAt: 40,
  listeners: 30,
  passedOver: 900,
  acts: [
    {
      act: 'save',
      lastTouch: ACT,
      byPlace: ACT,
      placed: ACT,
      passedOver: ACT,
      incremental: { ok: false, reason: 'few_acts' },
    },
  ],
  sql: 'SELECT 8',
};
const RELIABILITY: Reliability = {
  n: 60,
  bins: [{ from: 0.9, to: 1, n: 60, predicted: 0.95, observed: { ok: false, reason: 'no_units' } }],
  ece: { ok: true, value: 0.05, interval: { lower: 0, upper: 0.1 }, level: 0.95, n: 30, method: 'bootstrap' },
  eceByChance: 0.06,
};
const CALIBRATION: Calibration = {
  n: 60,
  listeners: 30,
  logLoss: 1.2,
  top: RELIABILITY,
  intents: [{ intent: 'sleep', named: 3, ...RELIABILITY }],
};
const LEARNING: IntentLearning = {
  model: null,
  because: 'no_better_than_rules',
  answers: 60,
  listeners: 30,
  withoutProbability: 1,
  withoutSession: 2,
  calibration: { rules: CALIBRATION, learned: CALIBRATION },
};

const FIGURE: Figure = {
  metric: METRIC.name,
  cell: CELL,
  polarity: 'free',
  because: 'who looks through tracks skips',
  byEvents: {
    ok: true,
    value: 0.5,
    interval: { lower: 0.4, upper: Number.POSITIVE_INFINITY },
    level: 0.95,
    n: 3,
    method: 'm',
  },
  byUsers: { ok: false, reason: 'one_unit' },
  users: 1,
  events: 30,
  leftOut: 0,
  unknown: 0,
};

export const SLATE: ServedSlate = {
  slateId: 'slate-1' as SlateId,
  userId: 'ada' as UserId,
  surface: 'home',
  createdAt: NOW,
  fresh: true,
  basis: 'collaborative',
  model: 'm1',
  policy: 'p1',
  seed: 's1',
  exploration: 0.1,
  logPropensity: -0.5,
  fallback: null,
  notices: [],
  experiments: [],
  shelves: [
    {
      shelf: 'jump_back',
      title: 'Jump back in',
      need: 'go on where you were',
      character: 'familiar',
      asked: 6,
      shortBecause: 'only 2 items are known',
      cards: [0, 1].map((slot) => ({
        shelf: 'jump_back',
        row: 0,
        slot,
        item: ITEM,
        score: 1 - slot / 2,
        propensity: 1,
        explored: slot === 1,
        source: 'familiar' as const,
        stage: 'history',
        explanation: { text: 'You played this 3 times', claim: 'played_item', evidence: { plays: 3 } },
      })),
    },
  ],
};

const STATUS: Status = {
  data: 'live',
  playground: 'absent',
  playgroundProgress: null,
  training: 'idle',
  trainingProgress: null,
  defaultUser: 'ada' as UserId,
  version: '0.1.0',
};

const JOB: ImportJob = {
  importId: 'import-1',
  format: 'lastfm',
  fileName: 'scrobbles.csv',
  userId: 'me' as UserId,
  state: 'running',
  progress: { done: 1, total: null, unit: 'rows' },
  report: null,
  error: null,
};

const PERSON = { listener: 0, kind: 'generalist', timeZone: 'Europe/Berlin', readiness: 0.5 };
const LIFE: LabLife['first'] = {
  days: [{ returns: 0.8, came: true }],
  sessions: [
    {
      week: 1,
      date: '2026-01-12',
      time: '07:30',
      device: 'mobile',
      intent: 'background',
      felt: 0.6,
      companions: 0,
      shown: [{ title: 'One', artist: 'The First', seen: true, chosen: true }],
      plays: [{ title: 'One', artist: 'The First', msPlayed: 9000, felt: 0.1, skip: 'rejection' }],
    },
  ],
};

const LAB: LabState = {
  choices: {
    worlds: [{ name: 'small', about: 'A first look.', text: 'name: small\n', own: false }],
    fields: [{ name: 'listeners.count', standard: 300, from: 1, to: 1000, doc: 'People.' }],
    policies: [{ name: 'popular', about: 'What most listened to.', knowsTruth: false }],
    listenerDays: { reference: 1000, engine: 100 },
  },
  run: {
    request: { world: 'small', first: 'popular', second: 'random', listeners: 20, weeks: 2, worlds: 3, seed: 1 },
    state: 'done',
    progress: { done: 4, total: 4, unit: 'days' },
    result: {
      curves: [
        {
          name: 'clicks',
          doc: 'cards chosen',
          truth: false,
          first: [{ ok: true, value: 1, interval: { lower: 0.5, upper: 1.5 }, level: 0.95, n: 2, method: 'mean' }],
          second: [{ ok: false, reason: 'one_unit' }],
          difference: [{ ok: false, reason: 'one_unit' }],
        },
      ],
      events: 9,
      people: [PERSON],
      lives: { first: [], second: [] },
    },
    error: null,
  },
};

const EXPERIMENT: ExperimentEntry = {
  document: experimentSchema.parse({
    name: 'weekly',
    hypothesis: 'A fresher weekly list brings people back.',
    arms: [{ name: 'control' }, { name: 'fresh', value: { fresh: 0.4 } }],
    success: [{ metric: 'return_rate[14d]' }],
    horizon_days: 28,
    planned_units: 1000,
  }),
  state: 'planned',
  createdAt: NOW,
  startedAt: null,
  stoppedAt: null,
};

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

type Parsed = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly fields: readonly never[] };

const eventIdentity = (wire: unknown): Parsed => {
  const parsed = parseEvent(wire, NOW);
  return (parsed.ok ? { ok: true, id: `${parsed.event.userId}/${parsed.event.eventId}` } : parsed) as Parsed;
};

const itemIdentity = (wire: unknown): Parsed => {
  const parsed = parseItem(wire, NOW);
  return (parsed.ok ? { ok: true, id: JSON.stringify(wire) } : parsed) as Parsed;
};

const taker =
  (kept: Set<string>, identify: (wire: unknown) => Parsed) =>
  async (wire: readonly unknown[]): Promise<readonly Receipt[]> =>
    wire.map((entry) => {
      const parsed = identify(entry);
      if (!parsed.ok) return { outcome: 'refused', fields: parsed.fields };
      if (kept.has(parsed.id)) return { outcome: 'repeated' };
      kept.add(parsed.id);
      return { outcome: 'accepted' };
    });

const MEAN = {
  ok: true as const,
  value: 0.5,
  interval: { lower: 0.25, upper: 0.75 },
  level: 0.95,
  n: 2,
  method: 'mean, t interval',
};

const JUDGED: JudgedRuns = judgeRuns(
  readJudgments({ name: 'qrels', bytes: Buffer.from('a 0 x 1\nb 0 x 1') }, 'qrels'),
  readRun({ name: 'run', bytes: Buffer.from('a Q0 x 1 2 mine\nb Q0 y 1 2 mine') }),
  readRun({ name: 'other', bytes: Buffer.from('a Q0 y 1 2 old\nb Q0 y 1 2 old') }),
  {
    measures: ['map'],
    complete: false,
    level: 1,
    judgedOnly: false,
    maxRetrieved: 1000,
    collectionSize: 0,
    zScores: undefined,
    test: { test: 'randomization', draws: 1000, seed: 1 },
  },
);

const COLLECTION: CollectionReport = {
  config: { name: 'night', description: 'made up', kind: 'graded', depth: 3, level: 1, measures: ['map'] },
  topics: 2,
  judgedTopics: ['a', 'b'],
  runs: 1,
  pooled: 4,
  progress: [{ assessor: 'anna', judged: 4, pooled: 4 }],
  agreements: [
    { assessors: ['anna', 'bo'], both: 1, same: 1, kappa: { ok: false, reason: 'one_unit' }, weightedKappa: MEAN },
  ],
  leaderboards: [
    { measure: 'map', apart: 0, pairs: 0, rows: [{ rank: 1, team: 'x', run: 'mine', mean: MEAN, groups: 'a' }] },
  ],
  reusability: {
    measure: 'map',
    runs: [{ team: 'x', run: 'mine', withTeam: 0.5, withoutTeam: 0.25, places: 0 }],
    unique: 1,
    relevant: 2,
    largestLoss: 0.5,
    meanLoss: 0.5,
    tau: { ok: false, reason: 'one_unit' },
  },
  unit: 'documents',
};

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
    intake: { accept: taker(kept, eventIdentity), acceptItems: taker(kept, itemIdentity) },
    serving: {
      home: (userId, request) => answer(slateAnswer({ ...SLATE, userId }), 'home', userId, request),
      weekly: (userId, request) =>
        answer(slateAnswer({ ...SLATE, userId, fallback: 'popular' }), 'weekly', userId, request),
      radio: (userId, request) => answer(slateAnswer({ ...SLATE, userId, fresh: false }), 'radio', userId, request),
      why: (slateId, id) =>
        answer(
          {
            ...SLATE,
            ...SLATE.shelves[0]!.cards[0]!,
            slateId,
            account: [{ step: 'context', text: 'Tuesday morning' }],
            contributions: [{ item: ITEM, share: 1 }],
            choices: 4,
            filtered: { hidden: 2 },
          },
          'why',
          slateId,
          id,
        ),
      profile: (userId) =>
        answer(
          {
            userId,
            timeZone: 'Europe/Berlin',
            plays: 3,
            listens: 2,
            listenedMs: null,
            firstAt: NOW,
            lastAt: null,
            topArtists: [{ artistId: itemId('artist', 'first'), name: 'The First', plays: 3 }],
            topItems: [{ item: ITEM, plays: 3, lastAt: NOW }],
            topTags: [{ tag: 'calm', share: 1 }],
            dayparts: [{ daypart: 'morning', share: 1 }],
            months: [{ month: '2026-11', plays: 3 }],
            breadth: { artists: 1, generalistSpecialist: null, words: 'too little is known' },
            exploration: { share: 0.1, words: 'one in ten' },
            liked: [ITEM],
            disliked: [],
            hidden: [],
          },
          'profile',
          userId,
        ),
      itemPage: (id, userId) =>
        answer(
          {
            item: ITEM,
            listeners: 1,
            plays: 3,
            yours: userId === null ? null : { plays: 3, firstAt: NOW, lastAt: NOW, feeling: 'liked' },
            similar: [{ item: ITEM, score: 0.5, stage: 'als' }],
            moreByArtist: [ITEM],
          },
          'itemPage',
          id,
          userId,
        ),
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
      power: (name) =>
        answer({ users: 3, metrics: [], unknown: [], advice: 'too few', sql: 'SELECT 1' }, 'experimentPower', name),
      analysis: (name) =>
        answer(
          {
            until: NOW,
            users: 3,
            assigned: [2, 1],
            exposed: [2, 1],
            report: null,
            checks: [],
            randomization: [],
            path: [],
            advice: null,
            sql: 'SELECT 1',
          },
          'experimentAnalysis',
          name,
        ),
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
      overview: () =>
        answer(
          {
            listeners: 1,
            items: 1,
            events: [{ kind: 'play', rows: 3, lastAt: NOW }],
            perDay: [{ day: '2026-11-24', kind: 'play', events: 3 }],
            freshness: { lagRecords: 0, lastEventAt: NOW, warehouse: 'ok' },
            deadLetters: 0,
            model: {
              version: 'm1',
              trainedAt: NOW,
              models: ['popularity'],
              users: 1,
              items: 1,
              interactions: 3,
              seconds: 0.1,
              basis: 'popularity_only',
              notes: ['als needs 50 users'],
            },
            sql: { events: 'SELECT 1' },
          },
          'overview',
        ),
      users: (query, limit) => answer([{ userId: 'ada' as UserId, plays: 3, lastAt: NOW }], 'users', query, limit),
      slates: (request) =>
        answer(
          {
            slates: [
              {
                slateId: SLATE.slateId,
                userId: SLATE.userId,
                surface: 'home',
                at: NOW,
                cards: 2,
                explored: 1,
                fallback: null,
                model: 'm1',
              },
            ],
            sql: 'SELECT 2',
          },
          'slates',
          request,
        ),
      decision: (slateId) =>
        answer(
          {
            slate: { ...SLATE, slateId },
            filtered: { hidden: 2 },
            outcomes: [{ itemId: ITEM.itemId, impressions: 1, plays: 1, msPlayed: null, actions: ['like'] }],
            replays: true,
            sql: 'SELECT 3',
          },
          'decision',
          slateId,
        ),
    },
    metrics: {
      list: () => [METRIC],
      report: (request) =>
        answer({ period: PERIOD, by: request.by, metrics: [METRIC], figures: [FIGURE], sql: {} }, 'report', request),
      absence: (request) =>
        answer(
          { period: PERIOD, curves: [{ cell: CELL, users: 1, curve: null, reason: 'few_groups' }], sql: 'SELECT 4' },
          'absence',
          request,
        ),
      lifeCycle: (request) =>
        answer(
          { period: PERIOD, weeks: [{ week: '2026-11-23', stage: 'new' as const, users: 2 }], sql: 'SELECT 5' },
          'lifeCycle',
          request,
        ),
      intents: () => ({ learning: LEARNING, trainedAt: NOW, sql: 'SELECT 7' }),
    },
    success: {
      map: () => ({ definitions: [KNOWN], cells: [], ties: [] }),
      page: () => ({ ...KNOWN, versions: [1], examples: workedExamples(KNOWN.definition), sql: 'SELECT 6' }),
      outcomes: (request) =>
        answer(
          {
            definition: KNOWN.definition,
            engine: request.engine,
            from: 0,
            to: 1,
            summary: summarize([]),
            perDay: [],
            units: [],
            timeline: request.timeline,
            sql: 'SELECT 7',
          },
          'outcomes',
          request,
        ),
      check: () => ({ findings: [], known: KNOWN }),
      preview: (request) =>
        answer(
          {
            before: KNOWN.definition,
            after: KNOWN.definition,
            comparison: { units: 0, moves: [], valueChanged: 0, changes: [] },
          },
          'preview',
          request,
        ),
      save: () => KNOWN,
    },
    compass: {
      overview: (request) => answer(COMPASS, 'compass', request),
      putCorpus: (text) =>
        answer({ rows: text.split('\n').length - 1, experiments: 1, metrics: ['clicks'] }, 'putCorpus', text),
    },
    returns: {
      report: (request) =>
        answer(
          {
            by: request.by,
            horizon: request.horizon,
            users: 3,
            rows: [{ weekOf: '2026-11-23', week: null, returned: { ok: false as const, reason: 'no_units' } }],
            sql: 'SELECT 6',
          },
          'returns',
          request,
        ),
      diversity: (request) =>
        answer(
          {
            moment: 0,
            horizon: request.horizon,
            experiment: request.experiment ?? null,
            users: 0,
            tooFewPlays: 3,
            parts: [],
            claim: null,
            reason: 'few_users' as const,
            sql: 'SELECT 7',
          },
          'diversity',
          request,
        ),
    },
    policies: {
      downstream: (request) => answer(DOWNSTREAM, 'downstream', request),
      replay: (request) =>
        answer(
          {
            document: { exploration: 0 },
            report: {
              reward: 'home_shelf@1',
              slates: 2,
              replayed: 1,
              leftOut: [{ reason: 'too_young', slates: 1 }],
              units: 3,
              unknown: 1,
              slices: [
                {
                  by: 'all',
                  value: 'all',
                  slates: 1,
                  outside: 0,
                  report: {
                    n: 3,
                    slots: 1,
                    logged: {
                      ok: true,
                      value: 0.5,
                      interval: { lower: 0.4, upper: 0.6 },
                      level: 0.95,
                      n: 3,
                      method: 'mean',
                    },
                    estimates: [
                      {
                        name: 'snips',
                        title: 'product, SN',
                        bootstrap: { ok: false, reason: 'no_overlap' },
                        delta: { ok: false, reason: 'no_overlap' },
                      },
                    ],
                    diagnostics: {
                      n: 3,
                      effectiveSize: 2,
                      largestShare: 0.5,
                      largestWeight: 1,
                      zeroShare: 0,
                      meanWeight: { value: 1, z: undefined, pValue: undefined },
                      rewardedRounds: 1,
                      overlap: undefined,
                    },
                    bySlot: [{ slot: 0, effectiveSize: 2, largestShare: 0.5, meanWeight: 1 }],
                    trust: { level: 'no', sentence: 'Do not trust this estimate.' },
                  },
                },
                { by: 'device', value: 'tv', slates: 0, outside: 0, report: undefined },
              ],
              sql: 'SELECT 4',
            },
          },
          'replayPolicy',
          request,
        ),
    },
    evaluation: {
      judge: (request) => answer({ judged: JUDGED, beyond: undefined }, 'judge', request),
      browsing: (request) =>
        answer(
          { laws: [{ device: 'tv', visits: 2, continuations: [], model: undefined }], sql: 'SELECT 5' },
          'browsing',
          request,
        ),
      collections: () =>
        answer([{ name: 'night', description: 'made up', kind: 'graded' as const, shipped: true }], 'collections'),
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

/** What engines throw for something that is not there. */
export const unknownUser = (): EngineError => new EngineError('unknown_user', 'the user "ada" is not known');
