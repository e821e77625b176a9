/** A test collection of either kind, read from its folder. */

import { readConfig } from './config.ts';
import { readGraded } from './graded.ts';
import { readInterval } from './interval.ts';
import type { JudgedCollection } from './judged-collection.ts';

/** @throws {EngineError} unreadable_file, naming file and line. */
export const openCollection = async (folder: string): Promise<JudgedCollection> => {
  const config = await readConfig(folder);
  return config.kind === 'graded' ? readGraded(folder, config) : readInterval(folder, config);
};
