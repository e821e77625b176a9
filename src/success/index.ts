/**
 * What success is, declared once: definitions in YAML with CEL expressions, parsed with places, checked, and compiled
 * to a closure and to ClickHouse SQL that give the same on the same unit. Selection, mixtures over intents, standard
 * definitions, the streaming reader. It reads no files and asks no warehouse: texts and units come in, outcomes go out.
 */

export { type Checked, checkDefinition, checkSet, type Sourced, tiesOfText } from './check/check.ts';
export { type WorkedExample, workedExamples } from './check/examples.ts';
export { coverage, gapWords, tiesAmong } from './check/set.ts';
export { type CompiledDefinition, compileDefinition } from './closure/compile-definition.ts';
export { type Change, type Comparison, compareDefinitions, createComparison } from './compare.ts';
export { type Definition, type Label, nameOf, type Outcome } from './definition.ts';
export { cellWords, definitionIndex, definitionPage } from './definition-page.ts';
export { explain, type Reason, reasonWords } from './explain.ts';
export { FUNCTIONS } from './language/functions.ts';
export { hintsOf } from './made-up/hints.ts';
export { makeUnit } from './made-up/units.ts';
export { createMixture, type MixedOutcome } from './mixture.ts';
export { isAbout, isFor, newest, selectDefinition } from './select.ts';
export { durationWords as horizonWords } from './source/duration.ts';
export { type Finding, formatFinding, isError, RULES } from './source/finding.ts';
export { parseDefinition } from './source/parse-definition.ts';
export { UNIT_COLUMNS } from './sql/columns.ts';
export { definitionSql, OUTCOME_COLUMNS } from './sql/compile-definition.ts';
export { readStandardDefinitions, standardDefinitions } from './standard/standard-definitions.ts';
export { STANDARD_TEXTS } from './standard/texts.ts';
export { fieldsRead, readsPast } from './stream/fields-read.ts';
export type { StreamMessage } from './stream/message.ts';
export { messagesInTime } from './stream/messages-of-units.ts';
export { createStream, type SuccessStream, type UnitOutcome } from './stream/stream.ts';
export {
  DOWNSTREAM_ACTS,
  JOURNEY_STAGES,
  MAX_EVENTS,
  RECORDS,
  SKIP_KINDS,
  UNIT_KINDS,
  type UnitKind,
} from './unit/fields.ts';
export { readUnit } from './unit/read-unit.ts';
export type { EventLists, Unit } from './unit/unit.ts';
export { toUnitRow } from './unit/unit-row.ts';
export { timelineOf } from './unit-timeline.ts';
