/** Definitions in files: the standard ones, those of a folder, and how one is found by its name. */

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '#domain';
import {
  checkDefinition,
  type Definition,
  formatFinding,
  isError,
  nameOf,
  type Sourced,
  standardDefinitions,
} from '#success';
import { checkedOf, isChecked, rememberChecked } from './checked-definitions.ts';

/** Folder of the data folder where own versions are kept. */
export const DEFINITIONS_FOLDER = 'definitions';

const isDefinitionFile = (name: string): boolean => /\.ya?ml$/.test(name);

/** Texts of a file, or of all YAML files of a folder by name. @throws {EngineError} unreadable_file */
export const readDefinitionTexts = (path: string): readonly Sourced[] => {
  try {
    if (!statSync(path).isDirectory()) return [{ file: path, text: readFileSync(path, 'utf8') }];
    const files = readdirSync(path).filter(isDefinitionFile).sort();
    return files.map((file) => ({ file: join(path, file), text: readFileSync(join(path, file), 'utf8') }));
  } catch (cause) {
    throw new EngineError('unreadable_file', `${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
};

/** @throws {EngineError} invalid_data with every finding, as `sleep.yaml:12:9: error: …`. */
export const readDefinitionFile = (path: string): Definition => {
  const [source] = readDefinitionTexts(path);
  if (source === undefined) throw new EngineError('unreadable_file', `${path} holds no definition`);
  const { definition, findings } = checkDefinition(source.text, source.file);
  if (definition !== undefined) return definition;
  const errors = findings.filter(isError);
  throw new EngineError('invalid_data', errors.map(formatFinding).join('\n'), {});
};

const textsIn = (folder: string): readonly Sourced[] => (existsSync(folder) ? readDefinitionTexts(folder) : []);

/** Those of the folder that were not checked yet. @throws {EngineError} unreadable_file */
export const uncheckedTexts = (folder: string): readonly Sourced[] =>
  textsIn(folder).filter((source) => !isChecked(source));

/** The standard definitions, and those of the folder that pass their checks; of one name and version the folder's. */
export const allDefinitions = (folder: string): readonly Definition[] => {
  const own = textsIn(folder).flatMap((source) => checkedOf(source) ?? []);
  const byName = new Map([...standardDefinitions(), ...own].map((definition) => [nameOf(definition), definition]));
  return [...byName.values()];
};

/**
 * `sleep_playlist` (its newest version), `sleep_playlist@1`, or the path of a YAML file.
 * @throws {EngineError} not_found with the names there are.
 */
export const findDefinition = (wanted: string, definitions: readonly Definition[]): Definition => {
  if (isDefinitionFile(wanted)) return readDefinitionFile(wanted);
  const exact = definitions.find((definition) => nameOf(definition) === wanted);
  const versions = definitions.filter(({ name }) => name === wanted).toSorted((a, b) => b.version - a.version);
  const found = exact ?? versions[0];
  if (found !== undefined) return found;
  const names = [...new Set(definitions.map(nameOf))].sort().join(', ');
  throw new EngineError('not_found', `there is no definition "${wanted}"; there are ${names}, or name a .yaml file`);
};

/** Keeps a version: `<name>@<version>.yaml`, whole or not at all. @throws {EngineError} conflict when it is there. */
export const saveDefinition = (folder: string, definition: Definition): string => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${nameOf(definition)}.yaml`);
  if (existsSync(path)) throw new EngineError('conflict', `${nameOf(definition)} is kept already: raise the version`);
  writeFileSync(`${path}.part`, definition.source);
  renameSync(`${path}.part`, path);
  rememberChecked({ file: path, text: definition.source }, definition);
  return path;
};
