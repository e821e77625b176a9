/**
 * Statistics: distributions, moments, estimates with intervals. Everything is a function of data and seed; what cannot be
 * computed is an `Estimate` with its reason, never a number. Mistakes of the caller (shapes, ranges) throw RangeError.
 */

export { crossFittedPrediction } from './adjust/cross-fitted-prediction.ts';
export { cupedSlope } from './adjust/cuped.ts';
export { type Shrunken, shrinkEffects } from './adjust/shrinkage.ts';
export { type TrimmedMean, trimmedMean, winsorCap } from './adjust/tails.ts';
export { aipw } from './causal/aipw.ts';
export { type EValue, eValue } from './causal/e-value.ts';
export { adjustedAssociation, type ExposureData, instrumentEffect, WEAK_F } from './causal/instrument.ts';
export { type ArmSums, type ClusterArms, weightedDifference } from './causal/weighted-difference.ts';
export { type Design, detectableEffect, powerOf, unitsNeeded } from './design/power.ts';
export { beta } from './distributions/beta.ts';
export { binomial } from './distributions/binomial.ts';
export { chiSquare } from './distributions/chi-square.ts';
export { fisherF } from './distributions/f.ts';
export { normal } from './distributions/normal.ts';
export { poisson } from './distributions/poisson.ts';
export { studentT } from './distributions/student-t.ts';
export { type BootstrapOptions, bootstrapEstimate, type ResampledStatistic } from './estimates/bootstrap.ts';
export { type BoundedOptions, boundedMeanEstimate } from './estimates/empirical-bernstein.ts';
export { groupJackknifeEstimate, groupJackknifeVariance, type Jackknifed } from './estimates/group-jackknife.ts';
export { DEFAULT_LEVEL, type LevelOption, levelOf } from './estimates/level.ts';
export { meanEstimate } from './estimates/mean.ts';
export { exactProportionEstimate, proportionEstimate } from './estimates/proportion.ts';
export { quantileEstimate } from './estimates/quantile-estimate.ts';
export { ratioEstimate, ratioVariance } from './estimates/ratio.ts';
export { normalEstimate, studentEstimate, type ValueAndVariance } from './estimates/symmetric.ts';
export { weightedMeanEstimate } from './estimates/weighted-mean.ts';
export {
  fitGammaGamma,
  fitLifetime,
  LIFETIME_MODELS,
  type LifetimeFit,
  type LifetimeModelName,
  type ParameterFit,
} from './lifetime/fit-lifetime.ts';
export { expectedValue } from './lifetime/gamma-gamma.ts';
export { type Histories, historiesOf } from './lifetime/histories.ts';
export { Moments } from './moments.ts';
export { PairMoments } from './pair-moments.ts';
export { type PairedBootstrapOptions, pairedBootstrapTest } from './paired/paired-bootstrap.ts';
export { pairedTTest } from './paired/paired-t.ts';
export { type RandomizationOptions, randomizationTest } from './paired/randomization.ts';
export { type Correlation, kendallTau, tauAp } from './paired/rank-correlation.ts';
export { signedRankTest } from './paired/signed-rank.ts';
export { quantile, sorted } from './quantile.ts';
export { BernsteinSequence, type SequenceOptions } from './sequential/bernstein-sequence.ts';
export {
  type ClassicName,
  classicBounds,
  crossingProbabilities,
  type GroupBounds,
  type GroupDesign,
  inflationFactor,
  spendingBounds,
} from './sequential/group-sequential.ts';
export { mixtureEstimate, mixtureTest, mixtureVariance } from './sequential/mixture-sequence.ts';
export { SPENDING_FUNCTIONS, type SpendingFunction, type SpendingName } from './sequential/spending.ts';
export { compensatedSum } from './sums.ts';
export { type Absences, absencesOf, habitStrata, type SessionTimes } from './survival/absence.ts';
export { type ActiveClock, activeClock, hourWeights } from './survival/active-clock.ts';
export { integratedBrierScore } from './survival/brier-score.ts';
export { type CoxCoefficient, type CoxFit, type CoxInput, fitCox } from './survival/cox.ts';
export { fitDiscreteHazards, fitTemporalSurvival, type StateSequences } from './survival/discrete-survival.ts';
export { kaplanMeier, logLogBand, type SurvivalCurve, survivalAt, survivalQuantile } from './survival/kaplan-meier.ts';
export { type LogRankTest, logRank } from './survival/log-rank.ts';
export { type ClusteredLifetimes, quantileInfluence } from './survival/quantile-influence.ts';
export { restrictedMean, restrictedMeanDifference } from './survival/restricted-mean.ts';
export { type ActiveDays, cohortReturn, returnWithin } from './survival/return-rates.ts';
export type { Lifetimes } from './survival/risk-table.ts';
export {
  type Alternative,
  difference,
  type Effect,
  effectEstimate,
  effectTest,
  relativeDifference,
} from './tests/effect.ts';
export { benjaminiHochberg, holm } from './tests/multiple.ts';
export { sampleRatioTest, sequentialSampleRatioTest } from './tests/sample-ratio.ts';
export type { TestResult } from './tests/test-result.ts';
export { type Count, proportionDifference, proportionTest } from './tests/two-proportions.ts';
export { WeightedMoments } from './weighted-moments.ts';
