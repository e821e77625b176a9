/**
 * Experiments: from data of units in arms to effects, quality checks and a decision in words. Pure: documents, data, the
 * time and randomness are arguments. And what past experiments teach: proxies for the long-term effect, cards of metrics, the
 * compass.
 */

export { winsorize } from './analysis/arm-values.ts';
export type { Looks } from './analysis/looks.ts';
export type { MetricPlan } from './analysis/metric-plan.ts';
export { columnsOf, METRIC_FORMS, type MetricSpec, metricName, parseMetric } from './analysis/metric-spec.ts';
export { type SwitchbackTest, switchbackTest } from './analysis/switchback-test.ts';
export type { UnitData, UnitTimes } from './analysis/unit-data.ts';
export { type AnalysisPlan, analyze, type ExperimentReport } from './analyze.ts';
export { type Assignment, type AssignmentContext, assign, HOLDOUT_SHARE } from './assignment/assign.ts';
export { createFlagProvider, type FlagContext, type ProviderOptions } from './assignment/open-feature.ts';
export { type CompassContext, type CompassRequest, type CompassRow, compassIn } from './compass/compass.ts';
export { contextName, contextsOf } from './compass/contexts.ts';
export { allocate } from './decision/allocation.ts';
export { metricVariance } from './metric-variance.ts';
export { type Claim, examineClaim } from './observational/claim.ts';
export { countExperiments } from './proxies/by-experiment.ts';
export {
  CONTEXT_DIMENSIONS,
  type Context,
  type ContextDimension,
  type Corpus,
  type EffectRow,
  type ExperimentEffects,
  inContext,
  metricAt,
  toCorpus,
  wholes,
} from './proxies/corpus.ts';
export { type Disagreement, findDisagreements } from './proxies/disagreements.ts';
export { fitLatentPair } from './proxies/latent-pair.ts';
export { type Decision, decide } from './proxies/long-term.ts';
export {
  type BeatsDirect,
  type CardOptions,
  type Drift,
  type Flag,
  type MetricCard,
  metricCard,
} from './proxies/metric-card.ts';
export { type NoiseCorrelation, type NoiseModel, noiseModel } from './proxies/noise.ts';
export { proxyBySize, type SizedWeights } from './proxies/proxy-by-size.ts';
export { fitSurrogateIndex, type SurrogateIndex, surrogateEffect } from './proxies/surrogate-index.ts';
export {
  compareDecisions,
  fitProxy,
  type HeldOutView,
  leaveOneOut,
  type ProxyOptions,
  type Validation,
  validateProxy,
} from './proxies/validate-proxy.ts';
export { checkCarryOver } from './quality/carry-over.ts';
export type { QualityCheck } from './quality/checks.ts';
export { checkNovelty } from './quality/novelty.ts';
export { checkSampleRatio } from './quality/sample-ratio.ts';
