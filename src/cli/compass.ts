import { type Command, Option } from 'commander';
import { CONTEXT_DIMENSIONS, type ContextDimension } from '#experiments';
import {
  askCards,
  askCompass,
  askValidation,
  askWeights,
  type CorpusQuestion,
  readCorpusFile,
  readNoiseFile,
  surrogateFiles,
} from '#jobs';
import {
  cardsJson,
  compassJson,
  describeCards,
  describeCompass,
  describeSurrogate,
  describeValidation,
  describeWeights,
  surrogateJson,
  validationJson,
  weightsJson,
} from './compass-words.ts';
import { dateOption, levelOption, numbersOption } from './numbers.ts';
import type { Terminal } from './terminal.ts';

const FORMAT = `
A corpus has one line an experiment and metric (CSV, TSV or JSON lines): experiment, metric, effect, se, n, and if known
surface, intent, device, at, days, kind (ab or aa). docs/reference/corpus.md describes it.`;

const HELP = {
  cards: `
Examples:
  ritornello compass cards --corpus experiments.csv --outcome return_28
  ritornello compass cards --corpus experiments.csv --outcome return_28 --metrics clicks,saves --intent sleep --json
${FORMAT}
A card tells how often a metric moves, whether it moves with the outcome, what a move is worth in the long run, how much
of the long-term effect it tells, up to which test size it beats the outcome itself, and how it might be gamed.`,
  weights: `
Examples:
  ritornello compass weights --corpus experiments.csv --outcome return_63 --metrics clicks,saves,return_14
  ritornello compass weights --corpus experiments.csv --outcome return_63 --n 1000,100000 --json
${FORMAT}
The best proxy leans on sharp metrics in a small test and on telling ones in a large test.`,
  validate: `
Examples:
  ritornello compass validate --corpus experiments.csv --outcome return_63 --quick clicks
  ritornello compass validate --corpus experiments.csv --outcome return_63 --metrics saves,return_14 --alpha 0.1 --json
${FORMAT}
Each experiment is left out in turn: would the proxy, learned from the others, have decided as the long-term effect did?
With --quick, experiments that help that metric and hurt the outcome are named.`,
  contexts: `
Examples:
  ritornello compass contexts --corpus experiments.csv --outcome return_28 --metrics ndcg@10,coverage --online plays
  ritornello compass contexts --corpus experiments.csv --outcome return_28 --by surface,device --json
${FORMAT}
For each surface, intent and device: which measure tells the long-term effect, and what following it would have cost.`,
  surrogate: `
Examples:
  ritornello compass surrogate --history 2025.csv --test test.csv --outcome return_63 --surrogates plays_14,saves_14
  ritornello compass surrogate --history 2025.csv --test test.csv --outcome plays_63 --surrogates 'plays_day_*'

Both files have one line a person. The index learned from the past reads the long-term effect of the test from what
people did early. It is right only if the treatment acts through the surrogates and people are as they were.`,
} as const;

interface Flags {
  readonly corpus: string;
  readonly outcome: string;
  readonly metrics: readonly string[];
  readonly noise?: string;
  readonly surface?: string;
  readonly intent?: string;
  readonly device?: string;
  readonly level: number;
  readonly json?: boolean;
}

const names = (text: string): readonly string[] => text.split(',').map((name) => name.trim());

const questionOf = async (flags: Flags): Promise<CorpusQuestion> => ({
  rows: await readCorpusFile(flags.corpus),
  noise: flags.noise === undefined ? [] : await readNoiseFile(flags.noise),
  outcome: flags.outcome,
  metrics: flags.metrics,
  context: Object.fromEntries(
    CONTEXT_DIMENSIONS.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]]])),
  ),
});

export const addCompass = (compass: Command, terminal: Terminal): void => {
  const common = (command: Command): Command =>
    command
      .option('--level <level>', 'coverage of intervals', levelOption, 0.95)
      .option('--json', 'print the result as JSON, and errors as JSON on standard error');
  const verb = (name: Exclude<keyof typeof HELP, 'surrogate'>, description: string): Command =>
    common(
      compass
        .command(name)
        .description(description)
        .requiredOption('--corpus <file>', 'past experiments')
        .requiredOption('--outcome <metric>', 'the long-term metric')
        .option('--metrics <names>', 'metrics to look at, parted by commas; all others unless given', names, [])
        .option('--noise <file>', 'error correlations: metric, other, correlation; from A/A tests unless given')
        .addHelpText('after', HELP[name]),
    );
  const inContext = (command: Command): Command =>
    CONTEXT_DIMENSIONS.reduce(
      (each, name) => each.option(`--${name} <name>`, `only experiments on this ${name}`),
      command,
    );
  const tell = (flags: { readonly json?: boolean }, json: () => object, words: () => string): void =>
    terminal.print(flags.json ? JSON.stringify(json()) : words());

  inContext(verb('cards', 'What a move of each metric is worth.'))
    .option(
      '--validated-at <date>',
      'when slopes were last validated; the middle of the corpus unless given',
      dateOption,
    )
    .action(async (flags: Flags & { readonly validatedAt?: number }) => {
      const answer = askCards(await questionOf(flags), flags);
      tell(
        flags,
        () => cardsJson(answer),
        () => describeCards(answer),
      );
    });

  inContext(verb('weights', 'The best proxy of the outcome, by the size of the test.'))
    .option(
      '--n <sizes>',
      'sizes of tests, in units, parted by commas',
      numbersOption,
      [1000, 10_000, 100_000, 1_000_000],
    )
    .action(async (flags: Flags & { readonly n: readonly number[] }) => {
      const answer = askWeights(await questionOf(flags), flags.n);
      tell(
        flags,
        () => weightsJson(answer),
        () => describeWeights(answer),
      );
    });

  inContext(verb('validate', 'Whether the proxy would have decided past experiments rightly.'))
    .option('--alpha <alpha>', 'two-sided doubt that a decision may have', levelOption, 0.05)
    .option('--quick <metric>', 'metric whose gains may hide a loss, e.g. clicks')
    .action(async (flags: Flags & { readonly alpha: number; readonly quick?: string }) => {
      const answer = askValidation(await questionOf(flags), flags);
      tell(
        flags,
        () => validationJson(answer),
        () => describeValidation(answer),
      );
    });

  verb('contexts', 'Which measure to trust where.')
    .option('--online <metric>', 'the online metric, beside the long-term one')
    .addOption(
      new Option('--by <dimensions>', 'dimensions of a context, parted by commas')
        .argParser((text): readonly ContextDimension[] =>
          CONTEXT_DIMENSIONS.filter((name) => names(text).includes(name)),
        )
        .default(CONTEXT_DIMENSIONS, CONTEXT_DIMENSIONS.join(',')),
    )
    .action(async (flags: Flags & { readonly online?: string; readonly by: readonly ContextDimension[] }) => {
      const answer = askCompass(await questionOf(flags), flags);
      tell(
        flags,
        () => compassJson(answer),
        () => describeCompass(answer),
      );
    });

  common(compass.command('surrogate').description('A long-term effect read from early behaviour.'))
    .requiredOption('--history <file>', 'people of the past: surrogates and outcome')
    .requiredOption('--test <file>', 'people of the test: surrogates and arm')
    .requiredOption('--outcome <column>', 'column of the long-term outcome in the history')
    .requiredOption('--surrogates <columns>', 'columns of early behaviour in both, parted by commas', names)
    .option('--arm <column>', 'column of the arm', 'arm')
    .option('--control <name>', 'the arm that is control', 'control')
    .addHelpText('after', HELP.surrogate)
    .action(async (flags: Parameters<typeof surrogateFiles>[0] & { readonly json?: boolean }) => {
      const report = await surrogateFiles(flags);
      tell(
        flags,
        () => surrogateJson(report),
        () => describeSurrogate(report),
      );
    });
};
