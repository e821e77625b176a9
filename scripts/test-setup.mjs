/** Before any test: the kernels are those of the sources that are here, and temporary files go where they are removed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildKernels } from './build-kernels.mjs';

/** What `os.tmpdir()` reads: TMPDIR on Unix, TEMP on Windows. Workers and the processes they start inherit both. */
const NAMES = ['TMPDIR', 'TEMP'];

/** @returns what ends the run: the folder goes with everything that tests, and what they started, left in it. */
export const setup = () => {
  const folder = mkdtempSync(join(tmpdir(), 'ritornello-tests-'));
  // biome-ignore lint/style/noProcessEnv: the environment is the one thing that workers inherit.
  for (const name of NAMES) process.env[name] = folder;
  buildKernels();
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
};
