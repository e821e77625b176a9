/**
 * What the HTTP face asks of the engine, in small faces. `app` puts the real modules behind them; nothing here knows
 * how they work. Times are epoch milliseconds, keys are camelCase: the mappers beside this file make the wire of it.
 *
 * All calls may reject with EngineError; its code decides the status of the answer.
 */

import type { Device, EpochMs, SlateId, Surface, UserId } from '#domain';
import type { JudgedRuns, PairedTestName } from '#evaluation';
import type { Intake } from '#ingest';
import type {
  AbsenceReport,
  BeyondReport,
  BrowsingOptions,
  BrowsingReport,
  CollectionKind,
  CollectionReport,
  CompassOverview,
  DiversityReport,
  LabRequest,
  LifeCycle,
  MetricsReport,
  PeriodRequest,
  PowerPlan,
  ReportRequest,
  ReturnReport,
  ReturnRequest,
  RunningReport,
} from '#jobs';
import type { CellDimension, Metric } from '#metrics';
import type { Serving } from '#serving';
import type { IntentLearning } from '#units';
import type { Surfaces } from '#wire';
import type {
  ArmAnswer,
  Decision,
  Erasure,
  ExperimentEntry,
  ImportJob,
  LabLife,
  LabState,
  ListenerSummary,
  Overview,
  Progress,
  SlateEntry,
  Status,
} from './answers.ts';
import type { PoliciesFace } from './policies-face.ts';
import type { SuccessFace } from './success-face.ts';
import type { WatchRequest } from './watch-request.ts';

/** The durable intake: when the promise resolves, every accepted entry is on disk. */
export type IntakeFace = Pick<Intake, 'accept' | 'acceptItems'>;

/** What listeners see. Slates come as they leave: whoever made them has put them into JSON. */
export type ServingFace = Surfaces & Pick<Serving, 'why' | 'profile' | 'itemPage'>;

/** A listener's rights: take everything along, or have everything erased. */
export interface PeopleFace {
  eraseUser(userId: UserId): Promise<Erasure>;
  /** Everything kept of the user, one JSON line (without line end) each: `{"type": …, …row}`. */
  exportUser(userId: UserId): AsyncIterable<string>;
}

export interface SlatesRequest {
  readonly userId?: UserId;
  readonly surface?: Surface;
  /** Only slates made before this time. */
  readonly before?: EpochMs;
  readonly limit: number;
}

/** For those who run it: what is in here and what was decided. */
export interface StudioFace {
  status(): Promise<Status>;
  overview(): Promise<Overview>;
  /** Listeners whose id begins with `query`, most plays first. */
  users(query: string, limit: number): Promise<readonly ListenerSummary[]>;
  slates(request: SlatesRequest): Promise<{ readonly slates: readonly SlateEntry[]; readonly sql: string }>;
  /** @throws {EngineError} unknown_slate */
  decision(slateId: SlateId): Promise<Decision>;
}

export interface ImportRequest {
  /** One of IMPORT_FORMATS; without it the format is told from the file. */
  readonly format?: ImportJob['format'];
  readonly fileName: string;
  readonly userId: UserId;
}

/** Long work: started here, followed by asking again. */
export interface WorkFace {
  /**
   * Reads the file to its end, then starts the import and resolves with the running job.
   * When the body breaks off the promise rejects with what broke it, and nothing has been imported.
   * @throws {EngineError} unknown_format, unreadable_file, conflict, disk_full
   */
  startImport(body: AsyncIterable<Uint8Array>, request: ImportRequest): Promise<ImportJob>;
  /** Newest first. */
  imports(): readonly ImportJob[];
  /** @throws {EngineError} conflict when training is under way. Resolves when it has started. */
  train(): Promise<Status>;
  /** @throws {EngineError} conflict */
  makePlayground(): Promise<Status>;
  removePlayground(): Promise<Status>;
  /** How far a question is that was asked with this name; null when none is being answered. */
  progressOf(watch: string): Progress | null;
}

export interface ArmRequest {
  readonly sessionId?: string;
  readonly device?: Device;
  readonly surface?: Surface;
  /** Value of the attribute that units are clustered by. */
  readonly cluster?: string;
}

/** Experiments: planned, run, judged. All but `list` @throws {EngineError} not_found. */
export interface ExperimentsFace {
  /** Newest first. */
  list(): readonly ExperimentEntry[];
  get(name: string): ExperimentEntry;
  /** @throws {EngineError} invalid_request with the field that is wrong; conflict when it runs or ran. */
  put(name: string, text: string): Promise<ExperimentEntry>;
  /** @throws {EngineError} conflict when it is not planned, or another one has its part of the layer. */
  start(name: string): Promise<ExperimentEntry>;
  stop(name: string): Promise<ExperimentEntry>;
  power(name: string): Promise<PowerPlan>;
  /** Until now, or until it was stopped and its last unit's window has passed. */
  analysis(name: string): Promise<RunningReport & { readonly until: EpochMs; readonly sql: string }>;
  arm(userId: UserId, name: string, request: ArmRequest): ArmAnswer;
  /** Resolves when the exposure is on disk. */
  expose(userId: UserId, name: string, request: ArmRequest): Promise<ArmAnswer>;
}

/** Two policies in made-up worlds, beside the server. */
export interface LabFace {
  state(): LabState;
  /** @throws {EngineError} invalid_request; conflict when a run is under way. */
  start(request: LabRequest): LabState;
  /** @throws {EngineError} conflict when no run is under way. */
  cancel(): LabState;
  /** Keeps a world under the name in it, YAML. @throws {EngineError} invalid_data naming fields and places; conflict when there are too many. */
  keepWorld(text: string): LabState;
  /** @throws {EngineError} not_found */
  removeWorld(name: string): LabState;
  /** A week of a listener, both from 0. @throws {EngineError} not_found */
  life(listener: number, week: number): LabLife;
}

export interface Readiness {
  /** True when requests can be answered: the journal takes writes. */
  readonly ready: boolean;
  readonly journal: 'ok' | 'failed';
  /** Away does not make the engine unready: intake goes on and what is in memory is served. */
  readonly warehouse: 'ok' | 'away';
  readonly models: 'ok' | 'none';
}

/** Engagement metrics, brought up to the newest event before they are answered. */
export interface MetricsFace {
  list(): readonly Metric[];
  /** @throws {EngineError} invalid_request */
  report(request: ReportRequest & WatchRequest): Promise<MetricsReport>;
  absence(request: PeriodRequest & { readonly by: readonly CellDimension[] }): Promise<AbsenceReport>;
  lifeCycle(request: PeriodRequest): Promise<LifeCycle>;
  /** What posteriors over intents rest on now. */
  intents(): IntentsAnswer;
}

export interface IntentsAnswer {
  readonly learning: IntentLearning;
  /** Null before anything was learned. */
  readonly trainedAt: EpochMs | null;
  /** The query that answers are read with. */
  readonly sql: string;
}

/** What past experiments tell of metrics; null while there is neither a corpus nor an ended experiment. */
export type CompassAnswer = {
  readonly overview: CompassOverview;
  readonly savedAt: EpochMs | null;
  readonly archived: number;
  /** Ended experiments that cannot be analysed any more, with the reason. */
  readonly leftOut: readonly { readonly experiment: string; readonly reason: string }[];
} | null;

export interface CompassFace {
  /** @throws {EngineError} invalid_data for a metric that is not in the corpus. */
  overview(request: { readonly outcome?: string; readonly quick?: string }): Promise<CompassAnswer>;
  /** Takes the corpus in place of the one there is. @throws {EngineError} unreadable_file, invalid_data */
  putCorpus(
    text: string,
  ): Promise<{ readonly rows: number; readonly experiments: number; readonly metrics: readonly string[] }>;
}

/** Who comes back. */
export interface ReturnFace {
  report(request: ReturnRequest): Promise<ReturnReport>;
  /** @throws {EngineError} not_found, invalid_request: no such experiment, or none that can be an instrument. */
  diversity(request: {
    readonly horizon: number;
    readonly level: number;
    readonly experiment?: string;
  }): Promise<DiversityReport>;
}

export interface JudgeRequest {
  /** Files as text, in TREC's formats. */
  readonly qrels: string;
  readonly run: string;
  readonly other?: string | undefined;
  readonly measures: readonly string[];
  readonly level: number;
  readonly test: PairedTestName;
  /** Tables as text; both, or neither. */
  readonly items?: string | undefined;
  readonly plays?: string | undefined;
}

export interface JudgeAnswer {
  readonly judged: JudgedRuns;
  /** Undefined without a catalogue and plays. */
  readonly beyond: { readonly run: BeyondReport; readonly other: BeyondReport | undefined } | undefined;
}

export type BrowsingRequest = Omit<BrowsingOptions, 'from' | 'to'> & {
  readonly from: EpochMs | undefined;
  readonly to: EpochMs | undefined;
};

/** Offline evaluation of rankings. */
export interface EvaluationFace {
  /** @throws {EngineError} unreadable_file, invalid_request, invalid_data */
  judge(request: JudgeRequest): Promise<JudgeAnswer>;
  /** How listeners browse the slates; all of them without a range. */
  browsing(request: BrowsingRequest): Promise<BrowsingReport>;
  collections(): Promise<
    readonly {
      readonly name: string;
      readonly description: string;
      readonly kind: CollectionKind;
      readonly shipped: boolean;
    }[]
  >;
  /** @throws {EngineError} not_found, unreadable_file, invalid_data */
  collection(name: string): Promise<CollectionReport>;
}

/** What the machine room wants to know. */
export interface HealthFace {
  readiness(): Promise<Readiness>;
  /** Records acknowledged but not yet in the warehouse; cheap, asked at each scrape. */
  journalLag(): number;
  /** How long the event loop of the thread that answers was held since the last call; null while nobody answers. */
  answeringDelay(): Promise<LoopDelay | null>;
}

/** Milliseconds by which turns of an event loop were late. */
export interface LoopDelay {
  readonly p99: number;
  readonly longest: number;
}

export interface Engine {
  readonly intake: IntakeFace;
  readonly serving: ServingFace;
  readonly people: PeopleFace;
  readonly studio: StudioFace;
  readonly policies: PoliciesFace;
  readonly metrics: MetricsFace;
  readonly evaluation: EvaluationFace;
  readonly success: SuccessFace;
  readonly compass: CompassFace;
  readonly returns: ReturnFace;
  readonly work: WorkFace;
  readonly experiments: ExperimentsFace;
  readonly lab: LabFace;
  readonly health: HealthFace;
}
