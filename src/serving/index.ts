/**
 * Answers for listeners: home, weekly discovery, radio, an item's page, the account of why, what is known of someone.
 * `createServing` gives them all; it keeps listeners and the catalogue in memory, learns of events through `apply`, and
 * puts every slate on record before it is answered. It opens no store and trains nothing: logs and models are given to it.
 */

export {
  type ActingArm,
  type Asking,
  exposureOf,
  type ServingExperiments,
  type ShelfValues,
} from './acting-arms.ts';
export type {
  Basis,
  Explanation,
  ItemPage,
  LoggedSlate,
  Profile,
  ServedCard,
  ServedShelf,
  ServedSlate,
  Why,
} from './answers.ts';
export { loggedInput } from './compact-input.ts';
export { createServing } from './create-serving.ts';
export { createIntentSwitch, type IntentBelief, type IntentSwitch, type IntentSwitchOptions } from './intent-switch.ts';
export type { ItemCounts, ListenerLog } from './listener-log.ts';
export { type ModelBundle, modelsByName } from './model-bundle.ts';
export type { HomeRequest, RadioRequest, Serving, ServingDeps, ServingState, WeeklyRequest } from './serving.ts';
export { type AskedMoment, intentNow, type SessionIntent } from './session-intent.ts';
export { CANDIDATES_PER_SLOT } from './shelves/shelf-plan.ts';
