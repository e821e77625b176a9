/**
 * The wire contract: every endpoint with its schemas and types. The only door the web may use.
 * Schemas say what goes over the wire; they do not decide anything.
 */

export { effectReason } from '#domain';
export type { CompassWire } from './compass.ts';
export { type Endpoint, type EndpointBody, ROLES, type Role } from './endpoint.ts';
export { ENDPOINTS, type EndpointName } from './endpoints.ts';
export {
  BROWSING_UNITS,
  type BrowsingWire,
  type CollectionReportWire,
  type EvaluateRunsWire,
  evaluateRunsSchema,
  type JudgedRunsWire,
  PAIRED_TEST_NAMES,
} from './evaluation.ts';
export type {
  Arm,
  EffectEstimate,
  ExperimentAnalysis,
  ExperimentEntry,
  ExperimentMetric,
  ExperimentPower,
  LookPath,
  SliceReport,
} from './experiments.ts';
export { livenessSchema, readinessSchema } from './health.ts';
export { type Receipts, receiptsSchema } from './intake.ts';
export type { CalibrationWire, IntentsWire, ReliabilityWire } from './intents.ts';
export type { LabLifeWire, LabResultWire, LabRunWire, LabSessionWire, LabWire } from './lab.ts';
export {
  type AbsenceCurvesWire,
  type EstimateWire,
  type FigureWire,
  JUDGED_UNITS,
  type LifeCycleWire,
  METRIC_DIMENSIONS,
  type MetricsReportWire,
  type MetricWire,
} from './metrics.ts';
export { type Card, type ItemSummary, type Problem, problemSchema } from './parts.ts';
export type { Erasure, ItemPage, Profile } from './people.ts';
export {
  type DownstreamWire,
  POLICY_REWARDS,
  type PolicyDocument,
  type PolicyReplayWire,
  type PolicySliceWire,
  policyDocumentSchema,
} from './policies.ts';
export type { DiversityWire, ReturnWire } from './return.ts';
export { BASES, type Shelf, type Slate, type Why } from './slates.ts';
export {
  type Decision,
  IMPORT_FORMATS,
  type ImportJob,
  type ImportReportWire,
  type ModelInfo,
  type Overview,
  type SlateRow,
  type Status,
  type Watched,
} from './studio.ts';
export type {
  CheckAnswer,
  DefinitionPage,
  DefinitionRow,
  OutcomesAnswer,
  PreviewAnswer,
  SuccessMap,
  UnitOutcomeWire,
} from './success.ts';
