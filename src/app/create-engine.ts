/** The engine as a library: in your own process, on a data folder, without HTTP. */

import { loadConfig } from './config.ts';
import { type RunningEngine, startEngine } from './engine.ts';
import { type Log, SILENT } from './log.ts';
import type { Config } from './settings.ts';

export interface EngineOptions extends Partial<Pick<Config, 'data' | 'warehouse' | 'seed' | 'autoTrain'>> {
  /** Without it nothing is said. */
  readonly log?: Log;
}

/**
 * Opens the data folder and starts the engine; call `stop()` at the end. The environment and settings files are not
 * read: what is not given takes its default. It makes no playground.
 * @throws {EngineError} conflict when another process holds the folder · engine_missing without chdb · invalid_config
 */
export const createEngine = ({ log = SILENT, ...settings }: EngineOptions = {}): Promise<RunningEngine> => {
  const { config } = loadConfig({ flags: { ...settings, playground: false }, env: {}, standardFile: false });
  return startEngine({ config, log, background: true });
};
