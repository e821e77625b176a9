import { type Command, Option } from 'commander';
import {
  type BenchSyntheticOptions,
  benchSynthetic,
  SYNTHETIC_MODELS,
  SYNTHETIC_SIZES,
  type SyntheticBench,
  type SyntheticModelName,
} from '#jobs';
import { nameList, positive } from './options.ts';
import { progressLine } from './progress.ts';
import { columns, type Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello bench synthetic
  ritornello bench synthetic --size ml-1m --models als
  ritornello bench synthetic --users 20000 --models als --threads 1 --json

200,000 users, 50,000 items, 18,651,672 pairs, the same bits in any language; bench/README.md quotes other programs on it.
Fewer users take the first rows. The size ml-1m has 998,539 pairs of 3,706 items. als is fitted with regularization 0.01 and alpha 1, item-knn by cosines. Needs about
700 MiB and some minutes. Prints for each model fit_seconds, cpu_seconds, pairs, threads, kernels, peak_rss_mib.`;

export const addBenchSynthetic = (bench: Command, terminal: Terminal): void => {
  bench
    .command('synthetic')
    .description('Time the fitting of models on a large made-up matrix.')
    .option(
      '--models <names>',
      'models, parted by commas',
      nameList<SyntheticModelName>(SYNTHETIC_MODELS),
      SYNTHETIC_MODELS,
    )
    .addOption(
      new Option('--size <size>', 'the whole matrix, or one with the pairs and items of MovieLens 1M')
        .choices(SYNTHETIC_SIZES)
        .default('large'),
    )
    .option('--users <n>', 'rows of the matrix (default: all)', positive)
    .option('--factors <n>', 'als: length of the vectors', positive, 64)
    .option('--epochs <n>', 'als: sweeps over the data', positive, 15)
    .option('--neighbours <n>', 'item-knn: neighbours of an item', positive, 20)
    .option('--threads <n>', 'threads (default: one a processor)', positive)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action(async ({ json, ...options }: Omit<BenchSyntheticOptions, 'onStep'> & { readonly json?: boolean }) => {
      const line = progressLine('bench synthetic', terminal);
      let done = 0;
      const onStep = (step: string): void =>
        line.update({ done: done++, total: options.models.length + 1, unit: step });
      const results = await benchSynthetic({ ...options, onStep }).finally(() => line.stop());
      terminal.print(json ? JSON.stringify(results) : describe(results));
    });
};

const describe = (results: readonly SyntheticBench[]): string =>
  columns([
    ['model', 'fit_seconds', 'cpu_seconds', 'pairs', 'threads', 'kernels', 'peak_rss_mib'],
    ...results.map((result) => [
      result.model,
      result.fit_seconds.toFixed(2),
      result.cpu_seconds.toFixed(2),
      String(result.pairs),
      String(result.threads),
      result.kernels,
      result.peak_rss_mib.toFixed(0),
    ]),
  ]);
