/**
 * The vocabulary of the engine: ids, catalogue items, listener events, local time, estimates, errors, clock.
 * Wire schemas stand beside the types they make; `parseEvent`, `parseItem` and their rows are the only places where
 * snake_case becomes camelCase. No storage, no models, no machine clock.
 */

export { type CamelCased, toSnake } from './camel-case.ts';
export {
  type CatalogueEntry,
  type IndexedFields,
  ITEM_COLUMNS,
  indexedFieldsOf,
  itemOfList,
  listOfItem,
  readCatalogueLines,
  toCatalogueLines,
} from './catalogue-line.ts';
export { type Clock, DAY_MS, type EpochMs, fixedClock, HOUR_MS, MINUTE_MS, SECOND_MS } from './clock.ts';
export { EngineError, ERRORS, type ErrorCode, type FieldError } from './errors.ts';
export { type Estimate, effectReason, type Interval } from './estimate.ts';
export {
  type EventOf,
  fromRow,
  fromTimestamp,
  type ListenerEvent,
  type ParsedEvent,
  parseEvent,
  toRow,
  toTimestamp,
} from './event-codec.ts';
export { EARLIEST_EVENT_MS, EVENT_KINDS, EVENT_SCHEMAS, type EventKind } from './event-schema.ts';
export {
  type ArmPolicy,
  type ExperimentArm,
  type ExperimentDocument,
  experimentSchema,
  NAMED_POLICIES,
} from './experiment.ts';
export { errorOf, type Failure, failureOf, reasonOf } from './failure.ts';
export { IdTable } from './id-table.ts';
export {
  type EventId,
  type ItemId,
  itemId,
  itemTypeOf,
  type SessionId,
  type SlateId,
  type UserId,
} from './ids.ts';
export {
  fromItemRow,
  type Item,
  type ItemRow,
  itemSchema,
  type ParsedItem,
  parseItem,
  toItemRow,
} from './item.ts';
export { piecesOfLines, rowsOfLines } from './json-lines.ts';
export { isListen, LISTEN_MIN_MS } from './listen.ts';
export { daypartOf, isTimeZone, type LocalTime, localTime, type Place, utcOffsetAt } from './local-time.ts';
export { PackedIds, type SharedIds } from './packed-ids.ts';
export {
  ACTIONS,
  type ActionName,
  CANDIDATE_SOURCES,
  type CandidateSource,
  DAYPARTS,
  type Daypart,
  DEVICES,
  type Device,
  INTENTS,
  type Intent,
  ITEM_TYPES,
  type ItemType,
  type PlaySource,
  SURFACES,
  type Surface,
} from './vocabulary.ts';
