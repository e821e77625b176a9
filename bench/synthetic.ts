/**
 * Fitting on made-up pairs, as `ritornello bench synthetic --json` prints it: seconds by the wall and of processor, for the
 * matrix of 18.65 M pairs and for one of the size of MovieLens 1M, each model in a process of its own so that its peak memory
 * is its own. bench/README.md quotes another program on the same matrix. The built program is measured: `npm run build` first.
 *
 *     npx tsx --conditions=ritornello-source bench/synthetic.ts
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SYNTHETIC_MODELS, SYNTHETIC_SIZES, type SyntheticBench } from '#jobs';

const program = join(import.meta.dirname, '../dist/cli/main.js');
if (!existsSync(program)) throw new Error(`${program} is not there: run "npm run build" first`);

const measure = (size: string, model: string): readonly SyntheticBench[] => {
  const verb = ['bench', 'synthetic', '--size', size, '--models', model, '--json'];
  const { status, stdout } = spawnSync(process.execPath, [program, ...verb], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`bench synthetic ended with ${status}`);
  return JSON.parse(stdout);
};

const results = SYNTHETIC_SIZES.flatMap((size) =>
  SYNTHETIC_MODELS.flatMap((model) => measure(size, model).map((row) => ({ size, ...row }))),
);
process.stdout.write(`${JSON.stringify(results)}\n`);
