/**
 * Fitting on 18.65 M made-up pairs, as `ritornello bench synthetic --json` prints it: seconds by the wall and of processor.
 * bench/README.md quotes another program on the same matrix.
 *
 *     npx tsx --conditions=ritornello-source bench/synthetic.ts
 */

import { benchSynthetic, SYNTHETIC_MODELS } from '#jobs';

const results = await benchSynthetic({ models: SYNTHETIC_MODELS, factors: 64, epochs: 15, neighbours: 20 });
process.stdout.write(`${JSON.stringify(results)}\n`);
