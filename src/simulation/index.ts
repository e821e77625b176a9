/**
 * Made-up worlds whose truth is known: a seeded catalogue, people with tastes, habits and skips, editors, and the events
 * all of them leave behind. The playground shows one; tests and benches measure on them.
 * Engines see items and events only; `oracle` is for tests and reports. Nothing is stored here and no clock is read.
 */

export type { SkipClass } from './skip.ts';
export {
  generateInteractions,
  type SyntheticInteractionsOptions,
} from './synthetic-interactions.ts';
export type { ListenerTruth, Oracle, PlayTruth } from './truth.ts';
export { toWireEvent, toWireItem } from './wire.ts';
export { createWorld, type World, type WorldOptions } from './world.ts';
