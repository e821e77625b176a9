/** Public data sets for tests, kept beside the repository because their terms do not let them into it. */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Folder of a data set: under RITORNELLO_DATA, or `../shared/data` beside the repository. When it is absent this says so
 * and gives undefined, and the tests that need it are skipped.
 */
export const dataFolder = (name: string): string | undefined => {
  // biome-ignore lint/style/noProcessEnv: tests have no configuration of their own.
  const root = process.env['RITORNELLO_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
  const folder = join(root, name);
  if (existsSync(folder)) return folder;
  console.warn(`skipped: no data set ${name} in ${root}; set RITORNELLO_DATA to the folder that holds it`);
  return undefined;
};
