/**
 * What success and metrics are told about: sessions with local time, device and layout, examined impressions and what
 * they led to, journeys. All derived from events; `sessionize` is the plain twin of what the warehouse does
 * in bulk. Success itself is judged by `#success`, figures are made by `#metrics`.
 */

export { type ActsToward, actsToward } from './acts-toward.ts';
export { describeSession, type Session } from './describe-session.ts';
export { deviceClassOf, LAYOUTS, type Layout, layoutOf } from './device-class.ts';
export {
  type CreditedAct,
  DOWNSTREAM_ACTS,
  type Downstream,
  type DownstreamAct,
  downstreamActs,
  downstreamOf,
  type Kin,
} from './downstream.ts';
export { attentionMs, EXAMINED_FRACTION, EXAMINED_MS, isExamined } from './examined.ts';
export { type IntentAnswer, NO_ANSWERS, type SurveyAnswers } from './intent/answer.ts';
export { type Calibration, calibrationOf, crossFit, type IntentReliability } from './intent/calibration.ts';
export { evidenceOf, type IntentEvidence } from './intent/evidence.ts';
export { fitIntentModel } from './intent/fit-intent-model.ts';
export type { IntentModel } from './intent/intent-model.ts';
export { learningWords, namedWords } from './intent/intent-words.ts';
export { type IntentLearning, learnIntents, RULES_ALONE } from './intent/learn-intents.ts';
export { playLikelihoods } from './intent/play-likelihood.ts';
export { type IntentPosterior, intentPosterior, keptIntents, namedIntent } from './intent/posterior.ts';
export { type Call, type Reliability, type ReliabilityBin, reliabilityOf } from './intent/reliability.ts';
export { type PlaySign, SessionSoFar, signsOf } from './intent/session-so-far.ts';
export { JOURNEY_STAGES, type JourneyStage, journeyOf, type StageEntry, type Touch } from './journey.ts';
export { type EditorialPool, PURPOSE_WORDS, poolPurposes, purposeOf } from './purpose.ts';
export { EARLY_PLAYS, SESSION_GAP_MS, type SessionRow } from './session-row.ts';
export { ADDED, KEPT, REFUSED, type Surroundings, sessionize } from './sessionize.ts';
export {
  ALL_SKIP_FIELDS,
  SKIP_KINDS,
  type SkipEvidence,
  type SkipField,
  type SkipKind,
  UPSTREAM_FIELDS,
} from './skips/skip-evidence.ts';
export { fitSkips, likeliestKind, type SkipPosterior, skipPosterior } from './skips/skip-mixture.ts';
export { skipsOf } from './skips/skips-of.ts';
export { SURFACE_OF_SOURCE } from './surface-of-source.ts';
