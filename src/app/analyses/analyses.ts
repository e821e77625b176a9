/**
 * What takes long to work out of the events, or of a file that was sent. Each analysis takes one request and says how far it is;
 * requests and answers are plain data, so that a thread of its own can be asked for them (`AnalysesBeside`). `createAnalyses`
 * works them out right here.
 */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { type EpochMs, type ExperimentDocument, type ItemId, PackedIds, type SharedIds } from '#domain';
import type { EffectRow } from '#experiments';
import type { JudgeRequest } from '#http';
import { detectFormat } from '#ingest';
import {
  absenceReport,
  analyzeRunning,
  browsingLaws,
  compassOverview,
  corpusOf,
  type DeriveDeps,
  type DiversityRequest,
  definitionOutcomes,
  deriveSessions,
  diversityReturn,
  downstreamReport,
  type ItemVectors,
  learnShelfValues,
  lifeCycle,
  metricsReport,
  openCollection,
  planPower,
  previewDefinition,
  type ReportRequest,
  replayPolicy,
  reportCollection,
  returnReport,
} from '#jobs';
import { checkDefinition, coverage, type Definition, tiesAmong, tiesOfText } from '#success';
import type { IntentModel } from '#units';
import type { OnProgress } from '../watched.ts';
import { judgeSent } from './judge-sent.ts';

const SEED = 1;
/** Leaderboards test all pairs on all measures. */
const BOARD_DRAWS = 10_000;

/** The options of a job that come from whoever asks. */
type Asked<Options> = Omit<Options, 'onProgress'>;
type OptionsOf<Job extends (deps: never, options: never) => unknown> = Asked<Parameters<Job>[1]>;

/** What judges: definitions and what was learned of intents; null: the rules alone. */
interface Judges {
  readonly definitions: readonly Definition[];
  readonly intents: IntentModel | null;
}

interface CompassAsked {
  /** As it was sent; null without one. */
  readonly corpus: string | null;
  /** Of experiments that are not in it. */
  readonly rows: readonly EffectRow[];
  readonly outcome?: string;
  readonly quick?: string;
}

interface DiversityAsked extends DiversityRequest {
  /** Ids and vectors of the items in memory that threads share; null before anything was learned. */
  readonly vectors: { readonly items: SharedIds<ItemId>; readonly factors: ItemVectors['factors'] } | null;
  readonly now: EpochMs;
}

/** By name. What they read is in the tables; sessions are also written. */
const ANALYSES = {
  absenceReport: ({ warehouse }: DeriveDeps, asked: OptionsOf<typeof absenceReport>) => absenceReport(warehouse, asked),
  analyzeRunning: (
    { warehouse }: DeriveDeps,
    { document, ...judged }: { readonly document: ExperimentDocument } & Parameters<typeof analyzeRunning>[2],
  ) => analyzeRunning(warehouse, document, judged),
  browsingLaws: ({ warehouse }: DeriveDeps, asked: OptionsOf<typeof browsingLaws>) => browsingLaws(warehouse, asked),
  checkDefinition: async (
    _: DeriveDeps,
    { text, file, others }: { readonly text: string; readonly file?: string; readonly others: readonly Definition[] },
  ) => ({ ...checkDefinition(text, file), ties: tiesOfText(text, others) }),
  collection: async (_: DeriveDeps, { folder }: { readonly folder: string }) =>
    reportCollection(await openCollection(folder), { test: 'randomization', draws: BOARD_DRAWS, seed: SEED }),
  compassOverview: (_: DeriveDeps, { corpus, rows, ...request }: CompassAsked) =>
    compassOverview([...(corpus === null ? [] : corpusOf(corpus).rows), ...rows], {
      ...request,
      pause: () => nextTurn(),
    }),
  corpusOf: async (_: DeriveDeps, { text }: { readonly text: string }) => {
    const { rows, ...found } = corpusOf(text);
    return { ...found, rows: rows.length, names: [...new Set(rows.map(({ experiment }) => experiment))] };
  },
  definitionMap: async (_: DeriveDeps, { definitions }: Pick<Judges, 'definitions'>) => ({
    cells: coverage(definitions),
    ties: tiesAmong(definitions).map(({ message }) => message),
  }),
  definitionOutcomes: (
    { warehouse }: DeriveDeps,
    asked: OptionsOf<typeof definitionOutcomes>,
    onProgress: OnProgress,
  ) => definitionOutcomes(warehouse, { ...asked, onProgress }),
  deriveSessions: (deps: DeriveDeps, { intents }: Pick<Judges, 'intents'>) => deriveSessions(deps, { intents }),
  detectFormat: (_: DeriveDeps, { path }: { readonly path: string }) => detectFormat(path),
  diversityReturn: ({ warehouse }: DeriveDeps, { vectors, now, ...request }: DiversityAsked) =>
    diversityReturn(warehouse, vectors && { ...vectors, items: PackedIds.open(vectors.items) }, request, now),
  downstreamReport: ({ warehouse }: DeriveDeps, asked: OptionsOf<typeof downstreamReport>, onProgress: OnProgress) =>
    downstreamReport(warehouse, { ...asked, onProgress }),
  judgeRuns: async (_: DeriveDeps, asked: JudgeRequest) => judgeSent(asked),
  learnShelfValues: (
    { warehouse }: DeriveDeps,
    { definition, ...asked }: { readonly definition: Definition } & Parameters<typeof learnShelfValues>[2],
  ) => learnShelfValues(warehouse, definition, asked),
  lifeCycle: ({ warehouse }: DeriveDeps, asked: OptionsOf<typeof lifeCycle>) => lifeCycle(warehouse, asked),
  metricsReport: (
    { warehouse }: DeriveDeps,
    { request, ...judging }: { readonly request: ReportRequest } & Asked<Parameters<typeof metricsReport>[2]>,
    onProgress: OnProgress,
  ) => metricsReport(warehouse, request, { ...judging, onProgress }),
  planPower: (
    { warehouse }: DeriveDeps,
    { document, now, ...judges }: { readonly document: ExperimentDocument; readonly now: EpochMs } & Judges,
  ) => planPower(warehouse, document, judges, now),
  previewDefinition: ({ warehouse }: DeriveDeps, asked: OptionsOf<typeof previewDefinition>, onProgress: OnProgress) =>
    previewDefinition(warehouse, { ...asked, onProgress }),
  replayPolicy: ({ warehouse }: DeriveDeps, asked: OptionsOf<typeof replayPolicy>) => replayPolicy(warehouse, asked),
  returnReport: ({ warehouse }: DeriveDeps, asked: OptionsOf<typeof returnReport>) => returnReport(warehouse, asked),
};

export type AnalysisName = keyof typeof ANALYSES;

/** What an analysis is asked. */
type Request<Name extends AnalysisName> = Parameters<(typeof ANALYSES)[Name]>[1];

/** @throws {EngineError} warehouse_unavailable, and what the job of that name says; unavailable when a thread is gone. */
export type Analyses = {
  readonly [Name in AnalysisName]: (
    request: Request<Name>,
    onProgress?: OnProgress,
  ) => ReturnType<(typeof ANALYSES)[Name]>;
};

/** Works one out; which it is and what it is asked belong together. */
export type Analyze = (name: AnalysisName, request: never, onProgress: OnProgress) => Promise<unknown>;

/** All of them by one function. */
export const analysesBy = (analyze: Analyze): Analyses =>
  Object.fromEntries(
    (Object.keys(ANALYSES) as AnalysisName[]).map((name) => [
      name,
      (request: never, onProgress: OnProgress = () => undefined) => analyze(name, request, onProgress),
    ]),
  ) as unknown as Analyses;

export const analyzeWith =
  (deps: DeriveDeps): Analyze =>
  (name, request, onProgress) =>
    (ANALYSES[name] as (deps: DeriveDeps, request: never, onProgress: OnProgress) => Promise<unknown>)(
      deps,
      request,
      onProgress,
    );

/** In this thread. */
export const createAnalyses = (deps: DeriveDeps): Analyses => analysesBy(analyzeWith(deps));
