/**
 * The HTTP face: routes made of the wire contract, API keys and roles, limits, problems, health, metrics, the
 * description of the interface, and the web application's files.
 * It asks the engine through small faces (`Engine`) and maps what comes back to the wire; it decides nothing about
 * slates, stores nothing and picks no adapter.
 */

export type * as Answers from './answers.ts';
export type {
  Engine,
  HealthFace,
  ImportRequest,
  IntakeFace,
  PeopleFace,
  Readiness,
  ServingFace,
  SlatesRequest,
  StudioFace,
  WorkFace,
} from './engine.ts';
export { createKeyRing, type KeyRecord, type KeyRing, mintKey, parseKeyRecords } from './keys.ts';
export type { ServerLimits } from './limits.ts';
export type { HttpLog, HttpLogLine } from './log.ts';
export { assertSafeBind } from './loopback.ts';
export { createServer, type ServerDeps } from './server.ts';
