/** The effective configuration: defaults < file < environment < flags. The one place that reads the environment. */

import { existsSync, readFileSync } from 'node:fs';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { EngineError } from '#domain';
import { type Config, envName, fileKey, flagName, SETTING_NAMES, SETTINGS, type SettingName } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
export type Flags = Readonly<Partial<Record<SettingName, unknown>>>;
export type Origin = 'default' | 'file' | 'environment' | 'flag';

export interface EffectiveConfig {
  readonly config: Config;
  /** Where each setting came from. */
  readonly origins: Readonly<Record<SettingName, Origin>>;
  /** The file that was read; null when there was none. */
  readonly file: string | null;
}

export interface ConfigSources {
  readonly flags?: Flags;
  /** `--config`: a file that must exist. */
  readonly file?: string | undefined;
  readonly env?: Environment;
  /** Whether ./ritornello.yaml is read when no file is named; true if left out. */
  readonly standardFile?: boolean;
}

const STANDARD_FILE = 'ritornello.yaml';
const FILE_VARIABLE = 'RITORNELLO_CONFIG';

// biome-ignore lint/style/noProcessEnv: this is the one place that reads it.
export const machineEnvironment = (): Environment => process.env;

/**
 * Reads all sources and checks every setting.
 * @throws {EngineError} invalid_config naming the setting, where it was set, and what is allowed.
 */
export const loadConfig = (sources: ConfigSources = {}): EffectiveConfig => {
  const { flags = {}, env = machineEnvironment() } = sources;
  refuseUnknownVariables(env);
  const path = fileToRead(sources, env);
  const inFile = path === null ? {} : readFile(path);

  const config: Partial<Record<SettingName, unknown>> = {};
  const origins: Partial<Record<SettingName, Origin>> = {};
  for (const name of SETTING_NAMES) {
    const { origin, where, value } = pick(name, { flags, env, inFile, path });
    config[name] = origin === 'default' ? SETTINGS[name].standard : check(name, where, value);
    origins[name] = origin;
  }
  return { config: config as Config, origins: origins as Record<SettingName, Origin>, file: path };
};

const fileToRead = ({ file, standardFile = true }: ConfigSources, env: Environment): string | null => {
  const asked = file ?? env[FILE_VARIABLE];
  if (asked !== undefined) return asked;
  return standardFile && existsSync(STANDARD_FILE) ? STANDARD_FILE : null;
};

interface Given {
  readonly flags: Flags;
  readonly env: Environment;
  readonly inFile: Readonly<Record<string, unknown>>;
  readonly path: string | null;
}

const pick = (name: SettingName, given: Given): { origin: Origin; where: string; value: unknown } => {
  const flag = given.flags[name];
  if (flag !== undefined) return { origin: 'flag', where: flagName(name), value: flag };
  const variable = given.env[envName(name)];
  if (variable !== undefined) return { origin: 'environment', where: envName(name), value: variable };
  const inFile = given.inFile[fileKey(name)];
  if (inFile !== undefined) return { origin: 'file', where: `${fileKey(name)} in ${given.path}`, value: inFile };
  return { origin: 'default', where: '', value: undefined };
};

const check = (name: SettingName, where: string, value: unknown): unknown => {
  const parsed = SETTINGS[name].schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const reason = parsed.error.issues.map((issue) => issue.message).join('; ');
  const shown = 'secret' in SETTINGS[name] ? '' : ` ${JSON.stringify(value)}`;
  throw new EngineError('invalid_config', `${where}:${shown} is not allowed: ${reason}`, {
    fields: [{ field: fileKey(name), reason }],
  });
};

const readFile = (path: string): Readonly<Record<string, unknown>> => {
  const content = parseFile(path);
  if (content === null || content === undefined) return {};
  if (typeof content !== 'object' || Array.isArray(content)) {
    throw new EngineError('invalid_config', `${path}: expected "name: value" lines`);
  }
  const known = new Set(SETTING_NAMES.map(fileKey));
  const unknown = Object.keys(content).filter((key) => !known.has(key));
  if (unknown.length > 0) {
    throw new EngineError(
      'invalid_config',
      `${path}: unknown setting ${unknown.join(', ')}: expected ${[...known].join(', ')}`,
      {
        fields: unknown.map((field) => ({ field, reason: 'unknown setting' })),
      },
    );
  }
  return content as Readonly<Record<string, unknown>>;
};

const parseFile = (path: string): unknown => {
  try {
    return parseYaml(readFileSync(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof YAMLParseError ? cause.message : `cannot be read (${(cause as Error).message})`;
    throw new EngineError('invalid_config', `${path}: ${reason}`, { cause });
  }
};

/** A misspelt variable would otherwise be left unread without a word. */
const refuseUnknownVariables = (env: Environment): void => {
  const known = new Set([FILE_VARIABLE, ...SETTING_NAMES.map(envName)]);
  const unknown = Object.keys(env).filter((name) => name.startsWith('RITORNELLO_') && !known.has(name));
  if (unknown.length === 0) return;
  throw new EngineError('invalid_config', `unknown variable ${unknown.join(', ')}: expected ${[...known].join(', ')}`, {
    fields: unknown.map((field) => ({ field, reason: 'unknown variable' })),
  });
};

/** The configuration for a reader: secrets hidden. A password in an address is one. */
export const showConfig = (effective: EffectiveConfig): Readonly<Record<string, { value: unknown; origin: Origin }>> =>
  Object.fromEntries(
    SETTING_NAMES.map((name) => {
      const value = effective.config[name];
      return [
        fileKey(name),
        { value: 'secret' in SETTINGS[name] ? hideSecret(value) : value, origin: effective.origins[name] },
      ];
    }),
  );

const hideSecret = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/\/\/[^@/]*@/, '//***@') : value;
