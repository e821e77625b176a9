/**
 * The program as a whole: configuration, the one composition root, lifecycle, log. Here adapters are picked, the
 * machine's clock is read, and the environment; nothing else does any of it.
 * `createEngine` is the engine in your own process, `serve` the engine behind HTTP, `connect` whichever is at work.
 */

export { type EffectiveConfig, type Flags, loadConfig } from './config.ts';
export { sampleConfig } from './config-sample.ts';
export { type Connection, connect, connectToServer } from './connect.ts';
export { createEngine, type EngineOptions } from './create-engine.ts';
export { examine, type Finding, type Health } from './doctor.ts';
export type { RunningEngine } from './engine.ts';
export { type ApartProgress, importApart } from './import-apart/import-apart.ts';
export { createKey, readKeys, revokeKey } from './keys-file.ts';
export { createLog, type Log } from './log.ts';
export { withScratchWarehouse } from './scratch-warehouse.ts';
export { type Served, serve } from './serve.ts';
export { type Config, flagName, SETTING_NAMES, SETTINGS, type SettingName } from './settings.ts';
