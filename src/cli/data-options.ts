/** Options that every verb on a data folder takes, and the connection they lead to. */

import type { Command } from 'commander';
import {
  type Connection,
  connect,
  createLog,
  type EffectiveConfig,
  type Flags,
  flagName,
  loadConfig,
  SETTINGS,
  type SettingName,
} from '#app';
import type { Terminal } from './terminal.ts';

export interface DataOptions {
  readonly config?: string;
  readonly key?: string;
  readonly json?: boolean;
}

const BASIC: readonly SettingName[] = ['data', 'warehouse'];

/** `--config`, and one flag for each named setting. */
export const addConfigOptions = (command: Command, names: readonly SettingName[] = BASIC): Command => {
  for (const name of names) {
    const { doc, standard } = SETTINGS[name];
    const wording = doc.replaceAll('\n', ' ');
    command.option(`${flagName(name)} <value>`, standard === null ? wording : `${wording} (default: ${standard})`);
  }
  return command.option('--config <file>', 'settings file (default: ./ritornello.yaml, if there is one)');
};

export const addJsonOption = (command: Command): Command =>
  command.option('--json', 'print the result as JSON, and errors as JSON on standard error');

/** For verbs that may find a server at work on the data. */
export const addDataOptions = (command: Command): Command =>
  addJsonOption(addConfigOptions(command)).option(
    '--key <key>',
    'admin key, when a running server that has keys must be asked',
  );

/** The configuration that the flags of a verb lead to. */
export const configOf = (options: DataOptions & Flags): EffectiveConfig => {
  const flags = Object.fromEntries(Object.entries(options).filter(([name]) => name in SETTINGS));
  return loadConfig({ flags, file: options.config });
};

/** Runs with a connection and closes it, whatever happens. Of the engine's own talk only warnings are heard. */
export const withConnection = async <Result>(
  options: DataOptions & Flags,
  terminal: Terminal,
  run: (connection: Connection) => Promise<Result>,
): Promise<Result> => {
  const effective = configOf(options);
  const log = createLog({ level: 'warn', format: 'text', write: (line) => terminal.talk(line.trimEnd()) });
  const connection = await connect({ effective, log, key: options.key });
  try {
    return await run(connection);
  } finally {
    await connection.close();
  }
};
