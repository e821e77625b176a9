/**
 * How events and items come in: `createIntake` validates, makes durable and tells those who listen; the warehouse
 * writer carries what is acknowledged from the journal into the warehouse, each row once; dead letters keep what was
 * refused, with the reason. `importHistory` reads exports of other services through the same intake.
 * It holds no user state and answers no questions.
 */

export {
  type DeadLetter,
  type DeadLetters,
  type DeadLettersOptions,
  openDeadLetters,
  type StoredLetter,
} from './dead-letters.ts';
export { detectFormat } from './detect-format.ts';
export { clearStores, type Erased, eraseListener, type Stores } from './erasure.ts';
export {
  IMPORT_FORMATS,
  type ImportFormat,
  type ImportReport,
} from './import/import-report.ts';
export { type ImportOptions, type ImportProgress, importHistory } from './import-history.ts';
export {
  createIntake,
  type Intake,
  type IntakeOptions,
  type IntakeSubscriber,
  type Receipt,
} from './intake.ts';
export { parseUserAgent } from './user-agents/parse-user-agent.ts';
export { readUserAgentRules } from './user-agents/user-agent-rules.ts';
export { createWarehouseWriter, type WarehouseWriter, type WriterOptions, type WriterStatus } from './writer.ts';
