import { type Command, InvalidArgumentError, Option } from 'commander';
import { BENCH_MODELS, type BenchModelName, type BenchModelsOptions, benchModels, type ModelBench } from '#jobs';
import { addBenchSynthetic } from './bench-synthetic.ts';
import { nameList, positive } from './options.ts';
import { columns, type Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello bench models --train train.tsv --test test.tsv
  ritornello bench models --train train.tsv --test test.tsv --models als --factors 128 --weight log --json

Both files have a header and the columns user, item, count, parted by tabs. Items of the train file are not recommended
to their own listeners. Options left out take the model's own best. Prints for each model fit_seconds, ndcg, precision and recall at k, users, peak_rss_mib;
with --quality, the epochs and seconds of the shortest fit that reaches it.`;

const WEIGHTS = ['log', 'binary', 'raw'] as const;

type BenchOptions = BenchModelsOptions & { readonly json?: boolean };

export const addBench = (bench: Command, terminal: Terminal): void => {
  bench
    .command('models')
    .description('Fit models on one file and judge them on another.')
    .requiredOption('--train <file>', 'interactions to learn from')
    .requiredOption('--test <file>', 'interactions held back')
    .option('--models <names>', 'models, parted by commas', modelNames, BENCH_MODELS)
    .option('--factors <n>', 'als: length of the vectors', positive)
    .option('--epochs <n>', 'als: sweeps over the data', positive)
    .option('--regularization <x>', 'als: pull towards zero', amount)
    .option('--alpha <x>', 'als: confidence a unit of weight', amount)
    .addOption(new Option('--weight <form>', 'what a count weighs').choices(WEIGHTS))
    .option('--early-stop <share>', 'als: end when plays kept back are found no better by this share', amount)
    .option('--quality <ndcg>', 'als: tell how many epochs and seconds it takes to reach this', amount)
    .option('--k <n>', 'length of the judged list', positive, 10)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action(async ({ json, ...options }: BenchOptions) => {
      const results = await benchModels(options);
      terminal.print(json ? JSON.stringify(results) : describe(results, options.k));
    });
  addBenchSynthetic(bench, terminal);
};

const modelNames = nameList<BenchModelName>(BENCH_MODELS);

const amount = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('expected a number from 0 on');
  return value;
};

const describe = (results: readonly ModelBench[], k: number): string =>
  [
    columns([
      ['model', 'fit_seconds', 'epochs', `ndcg@${k}`, `precision@${k}`, `recall@${k}`, 'users', 'peak_rss_mib'],
      ...results.map((result) => [
        result.model,
        result.fit_seconds.toFixed(2),
        result.epochs === undefined ? '-' : String(result.epochs),
        result[`ndcg@${k}`]?.toFixed(4) ?? 'unknown',
        result[`precision@${k}`]?.toFixed(4) ?? 'unknown',
        result[`recall@${k}`]?.toFixed(4) ?? 'unknown',
        String(result.users),
        result.peak_rss_mib.toFixed(0),
      ]),
    ]),
    ...results.flatMap(({ model, to_quality: reached }) => {
      if (reached === undefined) return [];
      if (reached === null) return [`${model} did not reach the quality asked for`];
      return [
        `${model} reaches the quality asked for in ${reached.epochs} epochs, ${reached.fit_seconds.toFixed(2)} s`,
      ];
    }),
  ].join('\n');
