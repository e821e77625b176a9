/** How a verb finds a definition: among those shipped and those of the data folder, or in a file. */

import { join } from 'node:path';
import type { Flags } from '#app';
import { allDefinitions, DEFINITIONS_FOLDER, findDefinition } from '#jobs';
import type { Definition } from '#success';
import { configOf, type DataOptions } from './data-options.ts';

/** Definitions kept in the data folder stand beside the shipped ones. */
export const definitionsOf = (options: DataOptions & Flags): readonly Definition[] =>
  allDefinitions(join(configOf(options).config.data, DEFINITIONS_FOLDER));

export const definitionOf = (wanted: string, options: DataOptions & Flags): Definition =>
  findDefinition(wanted, definitionsOf(options));
