/**
 * Worlds whose truth is known: a seeded catalogue, people with tastes, habits and skips, editors, creators, and the events
 * all of them leave behind; reference policies to serve them; comparisons of what came of it. The playground shows one.
 * Engines see items and events only; the truth is for tests and reports. Nothing is stored here and no clock is read.
 */

export { type ComparedPolicy, comparePolicies } from './compare.ts';
export { eventLine, truthLines } from './event-lines.ts';
export { createFrame, type Stretch } from './frame.ts';
export { catalogueItems } from './items.ts';
export type { WorldFrame } from './listener.ts';
export { isEncouraged } from './policies/oracle.ts';
export { isPolicyName, POLICIES, POLICY_NAMES, type PolicyName } from './policies/policy-names.ts';
export { ReferenceService } from './policies/reference-service.ts';
export { PRESET_NAMES, PRESETS, presetWorld } from './presets.ts';
export { daysOf, Shard } from './shard.ts';
export { type ShardCounts, type ShardDay, ShardRun, type ShardRunOptions, type ShardState } from './shard-run.ts';
export type { SkipClass } from './skip.ts';
export type { Asking, Slate, SlateRequest } from './slate.ts';
export {
  MEASURE_DOCS,
  MEASURES,
  type Measure,
  perListener,
  type RunCounts,
  type Summary,
  summarize,
  weekly,
} from './summary.ts';
export {
  generateInteractions,
  type SyntheticInteractionsOptions,
} from './synthetic-interactions.ts';
export type { ListenerTruth, Oracle, PlayTruth, SessionTruth, TruthSink } from './truth.ts';
export {
  type ComparedCurve,
  compareWeeks,
  WEEK_CURVES,
  type WeekCurve,
} from './week-curves.ts';
export { toWireEvent, toWireItem } from './wire.ts';
export { createWorld, trueLiking, trueWorth, type World, type WorldOptions } from './world.ts';
export { parseWorld, problemOf, SHOCK_KINDS, type WorldBounds, type WorldDocument } from './world-document.ts';
export { WORLD_FIELDS, type WorldField } from './world-fields.ts';
