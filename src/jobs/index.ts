/**
 * Work that runs beside the server: learning from the log, the playground, benches of models, evaluation of files.
 * Jobs bring data, models and measures together; they answer no requests and choose no adapters.
 */

export {
  BENCH_MODELS,
  type BenchModelName,
  type BenchModelsOptions,
  benchModels,
  type ModelBench,
} from './bench-models.ts';
export {
  type BenchSyntheticOptions,
  benchSynthetic,
  SYNTHETIC_MODELS,
  SYNTHETIC_SIZES,
  type SyntheticBench,
  type SyntheticModelName,
  type SyntheticSize,
} from './bench-synthetic.ts';
export {
  type BrowsingOptions,
  type BrowsingReport,
  type BrowsingUnit,
  browsingFile,
  browsingLaws,
} from './browsing/browsing-laws.ts';
export {
  addJudgments,
  addPartJudgments,
  type OpenQuestion,
  type OpenRecording,
  openQuestions,
  openRecordings,
} from './collection/assess-collection.ts';
export { COLLECTION_KINDS, type CollectionConfig, type CollectionKind, readConfig } from './collection/config.ts';
export { documentTexts } from './collection/document-texts.ts';
export type { RunFile, TopicText } from './collection/folder.ts';
export {
  initCollection,
  SHIPPED_COLLECTIONS,
  type ShippedCollection,
  shippedCollection,
} from './collection/init-collection.ts';
export type { JudgedCollection } from './collection/judged-collection.ts';
export { openCollection } from './collection/open-collection.ts';
export { parseParts, writeTime } from './collection/part-times.ts';
export { type CollectionReport, reportCollection, scoreCollection } from './collection/score-collection.ts';
export { type WrittenPool, writePool } from './collection/write-pool.ts';
export {
  askCards,
  askCompass,
  askValidation,
  askWeights,
  type CardsAnswer,
  type CorpusQuestion,
  type ValidationAnswer,
  type WeightsAnswer,
} from './corpus/analyse-corpus.ts';
export { archiveRows } from './corpus/archive-rows.ts';
export { type ClaimFileOptions, claimFile } from './corpus/claim-file.ts';
export { type CompassOverview, compassOverview } from './corpus/compass-overview.ts';
export { corpusOf } from './corpus/corpus-of.ts';
export { readCorpusFile, readNoiseFile } from './corpus/read-corpus.ts';
export { type SurrogateReport, surrogateFiles } from './corpus/surrogate-files.ts';
export { type DownstreamReport, downstreamReport } from './downstream/downstream-report.ts';
export { DownstreamTally } from './downstream/downstream-tally.ts';
export {
  type BeyondFiles,
  type BeyondOptions,
  type BeyondReport,
  evaluateBeyond,
  judgeBeyond,
  usefulItems,
} from './evaluate-beyond.ts';
export { type EvaluateFocusedOptions, evaluateFocused } from './evaluate-focused.ts';
export { type ComparedRuns, compareRuns, type EvaluateRankingOptions, evaluateRanking } from './evaluate-ranking.ts';
export {
  analyzeExperimentFile,
  type ExperimentFile,
  type ExperimentFileReport,
} from './experiment-file/analyze-experiment-file.ts';
export { analyzeRunning, type RunningReport } from './experiment-run/analyze-running.ts';
export { type PowerPlan, planPower } from './experiment-run/plan-power.ts';
export { learnShelfValues } from './experiment-run/shelf-values.ts';
export { plannedMetrics } from './experiment-run/unit-measures.ts';
export { type AbsenceReport, absenceReport } from './metrics/absence-figures.ts';
export { type LifeCycle, lifeCycle } from './metrics/life-cycle.ts';
export { type MetricsReport, metricsReport, type ReportRequest } from './metrics/metrics-report.ts';
export type { PeriodRequest, ReportPeriod } from './metrics/report-period.ts';
export {
  type EvaluateLogOptions,
  type EvaluatePolicyOptions,
  evaluatePolicyLog,
  evaluatePolicyRounds,
  type LogPolicyReport,
} from './off-policy/evaluate-policy.ts';
export { type EvaluateSlateOptions, evaluateSlateFile } from './off-policy/evaluate-slates.ts';
export {
  type ReplayOptions,
  type ReplayReport,
  replayPolicy,
} from './off-policy/replay-log.ts';
export type { PolicyReward } from './off-policy/slate-rewards.ts';
export {
  makePlayground,
  PLAYGROUND,
  PLAYGROUND_PREFIX,
  type PlaygroundIntake,
  type PlaygroundOptions,
  type PlaygroundProgress,
  type PlaygroundReport,
} from './playground.ts';
export { type DeriveDeps, deriveSessions } from './sessions/derive-sessions.ts';
export { compareWorlds } from './simulate/compare-worlds.ts';
export { type LabResult, lifeOf, runLab } from './simulate/lab.ts';
export {
  checkLab,
  type LabChoices,
  type LabRequest,
  type LabWorld,
  labChoices,
  ownWorld,
} from './simulate/lab-limits.ts';
export type { LabWork } from './simulate/lab-worker.ts';
export type { Life, LifePerson } from './simulate/life-log.ts';
export { GOOD } from './simulate/score/score-definitions.ts';
export { type EstimatorsScore, EXPLORATION, scoreEstimators } from './simulate/score/score-estimators.ts';
export { type RunScore, scoreRun } from './simulate/score/score-run.ts';
export { openShards } from './simulate/shards.ts';
export {
  chooseWorld,
  ENGINE_POLICY,
  type SimulateOptions,
  type SimulateResult,
  simulate,
} from './simulate/simulate.ts';
export { type AssembleOptions, type ListenersDone, neededBy, unitBatches } from './success/assemble-units.ts';
export { rememberChecked } from './success/checked-definitions.ts';
export {
  allDefinitions,
  DEFINITIONS_FOLDER,
  findDefinition,
  readDefinitionTexts,
  saveDefinition,
  uncheckedTexts,
} from './success/definition-files.ts';
export { definitionOutcomes, previewDefinition } from './success/definition-outcomes.ts';
export { ENGINES, runBySql, runByStream, runInTurns, type SuccessEngine } from './success/run-definition.ts';
export { type OutcomeSummary, summarize } from './success/summary.ts';
export { readUnitsFile } from './success/units-file.ts';
export { momentOf } from './tables/columns.ts';
export { parseTable } from './tables/read-table.ts';
export {
  type DiversityReport,
  type DiversityRequest,
  diversityReturn,
  type ItemVectors,
} from './time/diversity-return.ts';
export {
  fitLifetimeFile,
  type LifetimeFileOptions,
  type LifetimeReport,
  TIME_UNITS,
  type TimeUnit,
} from './time/lifetime-file.ts';
export {
  type ReturnFileOptions,
  type ReturnReport,
  type ReturnRequest,
  returnFile,
  returnReport,
} from './time/return-report.ts';
export { type SurvivalAheadOptions, type SurvivalAheadReport, survivalAhead } from './time/survival-ahead.ts';
export {
  type AbsenceFileOptions,
  absenceFile,
  type CoxFileOptions,
  type CurveReport,
  coxFile,
  type SurvivalFileOptions,
  survivalFile,
} from './time/survival-file.ts';
export { toParts } from './train/bundle-parts.ts';
export { latestModels, type TrainDeps, type TrainOptions, type TrainProgress, train } from './train/train.ts';
