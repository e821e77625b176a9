/**
 * Evaluation: how good a ranking is, given what was relevant. Measures are values with names that read back
 * (`ndcg@10`); each judges one user's ranking, and `meanEstimate` sums up over users with an interval.
 * An undefined measure stays undefined. Runs and judgments in TREC's formats are read from bytes and judged by
 * `evaluateRun` with the measures, names and rules of trec_eval 10, in which an undefined value is 0.
 * `evaluateParts` judges parts of recordings in seconds. `evaluatePolicy` of `toPolicyRounds` judges a policy on the log of
 * another, `evaluateSlates` of `toSlateRounds` one that fills slates.
 * No models, no files: `jobs` brings rankings and judgments together.
 */

// Who enters by this door alone needs seeded randomness too.
export { createRng, type Rng } from '#math';
export {
  type BeyondAccuracyReport,
  beyondAccuracy,
  type ItemFacts,
  LISTENER_MEASURES,
  type ListenerLists,
  type ListenerMeasureName,
  type ListenerMeasures,
} from './beyond-accuracy/beyond-accuracy.ts';
export { calibrationError } from './beyond-accuracy/calibration-error.ts';
export { entropy, gini } from './beyond-accuracy/concentration.ts';
export { generalistSpecialistScore } from './beyond-accuracy/generalist.ts';
export { intraListDiversity, novelty, popularityLift, serendipity } from './beyond-accuracy/list-qualities.ts';
export { type NamedItem, type NamedLists, type NamedPlays, numberLists } from './beyond-accuracy/named-lists.ts';
export {
  CLICK_MODELS,
  type ClickModel,
  type ClickModelName,
  type ClickModelOptions,
  clickPerplexity,
  fitClickModel,
} from './click-models/click-model.ts';
export type { ClickSessions } from './click-models/click-sessions.ts';
export { type ExaminationFit, fitExamination, type LearnAttraction } from './click-models/examination-em.ts';
export { countRows, type ExaminationRows, gridCell } from './click-models/examination-rows.ts';
export { harvestInterventions } from './click-models/intervention-harvesting.ts';
export {
  type Agreement,
  type Assessor,
  agreements,
  type Levels,
  mergeAssessments,
} from './collection/assessments.ts';
export { cohenKappa } from './collection/kappa.ts';
export { type Leaderboard, type LeaderboardRow, leaderboard, type RunValues } from './collection/leaderboard.ts';
export {
  agreeInSeconds,
  keptParts,
  mergeParts,
  type PartAssessor,
  secondsOf,
} from './collection/part-assessments.ts';
export { type Pool, type PooledRun, poolOf, type RankedTopics, withoutTeam } from './collection/pool.ts';
export {
  type LeftOutRun,
  type MeasuredRun,
  type ReusabilityReport,
  reusability,
} from './collection/reusability.ts';
export {
  compareReports,
  type MeasureComparison,
  type RunComparison,
  type TopicDifferences,
} from './compare/compare-reports.ts';
export { type DiscriminativePower, discriminativePower } from './compare/discriminative-power.ts';
export { type JudgedRuns, judgeRuns } from './compare/judge-runs.ts';
export { PAIRED_TESTS, type PairedTestName, type PairedTestOptions, pairedTest } from './compare/paired-test.ts';
export {
  evaluateParts,
  type FocusedOptions,
  type PartsReport,
  type PartsTopicReport,
} from './focused/evaluate-parts.ts';
export { formatMediaEval } from './focused/format-mediaeval.ts';
export type { JudgedPart, Part, RetrievedPart } from './focused/parts.ts';
export {
  createJudgedPartsReader,
  createRetrievedPartsReader,
  type PartTopics,
} from './focused/read-parts.ts';
export {
  type Interleaved,
  type Interleaver,
  type Ranking,
  successCredit,
} from './interleaving/interleaver.ts';
export { INTERLEAVERS } from './interleaving/interleavers.ts';
export { type InterleavedPage, interleavePages, type Page } from './interleaving/pages.ts';
export { meanEstimate } from './mean-estimate.ts';
export { auc } from './measures/auc.ts';
export { averageAccuracy } from './measures/average-accuracy.ts';
export { type CwlScores, cwlScores } from './measures/cwl/cwl.ts';
export { type BrowsingVisit, type ContinuationLaw, fitContinuation } from './measures/cwl/fit-continuation.ts';
export {
  type Browsing,
  dcgModel,
  fittedModel,
  instModel,
  precisionModel,
  rbpModel,
  type UserModel,
} from './measures/cwl/user-model.ts';
export { cwlMeasure } from './measures/cwl-measure.ts';
export { alphaDcg, greedyAlphaDcg } from './measures/diversity.ts';
export { err } from './measures/err.ts';
export { judged } from './measures/judged.ts';
export type { Judgments, Measure } from './measures/measure.ts';
export { ndcg } from './measures/ndcg.ts';
export { parseMeasure } from './measures/parse-measure.ts';
export { precision } from './measures/precision.ts';
export { recall } from './measures/recall.ts';
export {
  crossFit,
  mrdrWeights,
  type RewardModel,
} from './off-policy/cross-fit.ts';
export type { PolicyDiagnostics } from './off-policy/diagnostics.ts';
export { POLICY_ESTIMATORS } from './off-policy/estimators.ts';
export {
  evaluatePolicy,
  type PolicyEstimateRow,
  type PolicyEvaluationOptions,
  type PolicyReport,
  type PolicyVariant,
} from './off-policy/evaluate-policy.ts';
export { groupJackknife } from './off-policy/group-jackknife.ts';
export { marginalWeights } from './off-policy/marginal-weights.ts';
export {
  type PolicyRounds,
  type RewardPredictions,
  toPolicyRounds,
  withPredictions,
  withWeights,
} from './off-policy/rounds.ts';
export { pointOf } from './off-policy/terms.ts';
export {
  evaluateSlates,
  type SlateEvaluationOptions,
  type SlateReport,
} from './slates/evaluate-slates.ts';
export { type PossibleSlate, pseudoInverseWeights } from './slates/pseudo-inverse.ts';
export {
  type ChainData,
  drawPolicySlates,
  expectSlots,
  fitRewardChain,
  type PolicyDraws,
  predictLoggedSlots,
  type RewardChain,
  withoutDraws,
} from './slates/reward-chain.ts';
export { SLATE_ESTIMATORS, type SlateEstimator } from './slates/slate-estimators.ts';
export { type SlateRounds, toSlateRounds } from './slates/slate-rounds.ts';
export {
  evaluateRun,
  knownValue,
  type RankingOptions,
  type RankingReport,
  type ReportColumn,
} from './trec/evaluate-run.ts';
export { formatReport } from './trec/format-report.ts';
export { rankedDocuments, topicLevels } from './trec/listed.ts';
export {
  createJudgmentsReader,
  JUDGMENT_FORMATS,
  type JudgmentFormat,
  readJudgments,
  type TopicJudgments,
} from './trec/read-judgments.ts';
export { createRunReader, type Run, readRun } from './trec/read-run.ts';
export { MEASURE_NAMES, MEASURE_SETS } from './trec/registry.ts';
export type { FileReader, TextFile } from './trec/rows.ts';
export { createZScoresReader, readZScores, type ZScores } from './trec/z-scores.ts';
