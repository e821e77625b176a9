/**
 * The HTTP face: routes made of the wire contract, API keys and roles, limits, problems, health, metrics, the
 * description of the interface, and the web application's files.
 * It asks the engine through small faces (`Engine`) and maps what comes back to the wire; it decides nothing about
 * slates, stores nothing and picks no adapter.
 */

export type * as Answers from './answers.ts';
export type {
  ArmRequest,
  BrowsingRequest,
  CompassAnswer,
  CompassFace,
  Engine,
  EvaluationFace,
  ExperimentsFace,
  HealthFace,
  ImportRequest,
  JudgeAnswer,
  JudgeRequest,
  LabFace,
  LoopDelay,
  MetricsFace,
  PeopleFace,
  ReturnFace,
  StudioFace,
  WorkFace,
} from './engine.ts';
export { createKeyRing, type KeyRecord, mintKey, parseKeyRecords } from './keys.ts';
export type { HttpLog } from './log.ts';
export { assertSafeBind } from './loopback.ts';
export type { PoliciesFace, ReplayRequest } from './policies-face.ts';
export { createServer } from './server.ts';
export type { DefinitionCheck, KnownDefinition, RangeRequest, SuccessFace } from './success-face.ts';
