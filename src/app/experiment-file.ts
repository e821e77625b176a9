/** The file of experiments. It is replaced as a whole, so a crash leaves the old or the new one. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EngineError, experimentSchema } from '#domain';
import type { Answers } from '#http';
import { replaceFile } from './replace-file.ts';
import type { Config } from './settings.ts';

const entries = z.array(
  z.strictObject({
    document: experimentSchema,
    state: z.enum(['planned', 'running', 'stopped']),
    createdAt: z.number(),
    startedAt: z.number().nullable(),
    stoppedAt: z.number().nullable(),
  }),
);

const pathOf = (config: Config): string => join(config.data, 'experiments.json');

/** None when there is no such file. @throws {EngineError} invalid_config when it cannot be read as one. */
export const readExperiments = (config: Config): readonly Answers.ExperimentEntry[] => {
  const path = pathOf(config);
  if (!existsSync(path)) return [];
  try {
    return entries.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EngineError('invalid_config', `${path} is no file of experiments: ${reason}`, { cause });
  }
};

/** On disk when it returns. */
export const writeExperiments = (config: Config, experiments: readonly Answers.ExperimentEntry[]): void => {
  replaceFile(pathOf(config), `${JSON.stringify(experiments, null, 2)}\n`);
};
