import type { Command } from 'commander';
import type { Estimate } from '#domain';
import { GOOD, type RunScore, scoreRun } from '#jobs';
import { optionsOf } from './simulate-world.ts';
import { columns, type Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello simulate --world small --days 28 --policy click_greedy --out /tmp/run
  ritornello simulate score /tmp/run/click_greedy
  ritornello simulate score /tmp/run/click_greedy --listeners 1000 --json

Each thing that is said of a log is held against what was so; nothing but this command reads oracle.ndjson.
  definitions  do units that they call achieved feel better than those they call failed (auc; 0.5 is a coin), and how many of
               the achieved were truly good (utility ${GOOD} or more), beside how many of all were
  metrics      do listeners with a higher figure truly get more, and truly come more: Kendall's tau, -1 to 1
  intents      how often the likeliest intent is the true one, and how far probabilities are off
  skips        are skips taken for what they meant: macro-F1, beside taking all for the commonest kind
  examination  is the law of how far people look along a shelf the true one, by device
  returns      is the share that is back within so many days what the true hazards give
Intervals resample listeners. Where there is no number its reason stands in its place.`;

interface ScoreFlags {
  readonly listeners: number;
  readonly json?: boolean;
}

export const addSimulateScore = (simulate: Command, terminal: Terminal, whole: (text: string) => number): void => {
  simulate
    .command('score')
    .description('Hold definitions, metrics and estimates from the log of a run against its truth.')
    .argument('<folder>', 'the folder of one policy that simulate --out wrote')
    .option('--listeners <n>', 'listeners at most, the first by id', whole, 300)
    .option('--json', 'print the result as JSON, and errors as JSON on standard error')
    .addHelpText('after', HELP)
    .action(async (folder: string, _: unknown, self: Command) => {
      const { listeners, json } = optionsOf<ScoreFlags>(self);
      const score = await scoreRun(folder, listeners);
      terminal.print(json ? JSON.stringify(score) : describe(score));
    });
};

const describe = (score: RunScore): string =>
  [
    `${score.listeners} listeners, ${score.days} days`,
    definitionTable(score),
    metricTable(score),
    intentTable(score),
    ...skipTables(score),
    examinationTable(score),
    returnTable(score),
  ].join('\n\n');

const definitionTable = ({ definitions }: RunScore): string =>
  columns([
    ['definition', 'of', 'achieved', 'failed', 'untold', 'auc', 'good of achieved', 'good of all'],
    ...definitions.map(({ name, unit, achieved, failed, untold, auc, precision, base }) => [
      name,
      unit,
      String(achieved),
      String(failed),
      String(untold),
      told(auc),
      toldOnce(precision, auc),
      toldOnce(base, auc),
    ]),
  ]);

const metricTable = ({ metrics }: RunScore): string =>
  columns([
    ['metric', 'with true utility', 'with true return', 'better when', ''],
    ...metrics.map(({ name, utility, returns, polarity, question }) => [
      name,
      told(utility),
      toldOnce(returns, utility),
      POLARITY[polarity],
      question,
    ]),
  ]);

const POLARITY = { up: 'higher', down: 'lower', free: 'not claimed' } as const;

const intentTable = ({ intents }: RunScore): string =>
  intents === null
    ? 'no session whose true intent is known'
    : columns([
        ['intent of', 'sessions', String(intents.n)],
        ['likeliest is true', 'share', shareTrue(intents.top).toFixed(3)],
        ['log loss', 'nats', intents.logLoss.toFixed(3)],
        ['calibration error', 'of the likeliest intent', told(intents.top.ece)],
      ]);

const skipTables = ({ skips }: RunScore): readonly string[] => [
  columns([
    ['skip kind', 'skips', 'taken for it', 'precision', 'recall'],
    ...skips.kinds.map(({ kind, skips: own, taken, precision, recall }) => [
      kind,
      String(own),
      String(taken),
      precision?.toFixed(3) ?? 'nothing taken for it',
      recall?.toFixed(3) ?? 'none of it',
    ]),
  ]),
  columns([
    ['macro-F1 of skip kinds', told(skips.macroF1)],
    ['all for the commonest', told(skips.commonest)],
  ]),
];

const examinationTable = ({ examination }: RunScore): string =>
  examination.length === 0
    ? 'no page whose examination is known'
    : columns([
        [
          'examination',
          'looked at',
          'seen by the client',
          'error of the law',
          'going on from slot 1, 2, …: measured (true)',
        ],
        ...examination.map(({ device, looked, told: seen, error, law }) => [
          device,
          String(looked),
          told(seen),
          told(error),
          law.map(({ measured, truth }) => `${share(measured)} (${share(truth)})`).join(', '),
        ]),
      ]);

const returnTable = ({ returns }: RunScore): string =>
  columns([
    ['back within', 'Kaplan–Meier', 'true hazards', 'error'],
    ...returns.map(({ day, measured, truth, error }) => [
      day === 1 ? '1 day' : `${day} days`,
      told(measured),
      told(truth),
      told(error),
    ]),
  ]);

type Reliability = NonNullable<RunScore['intents']>['top'];

/** How often the likeliest intent was the true one. */
const shareTrue = ({ n, bins }: Reliability): number =>
  bins.reduce((sum, bin) => sum + (bin.observed.ok ? bin.n * bin.observed.value : 0), 0) / n;

const share = (estimate: Estimate): string => (estimate.ok ? estimate.value.toFixed(2) : '–');

/** Nothing where another cell of the row gives the same reason. */
const toldOnce = (estimate: Estimate, other: Estimate): string =>
  !estimate.ok && !other.ok && estimate.reason === other.reason ? '' : told(estimate);

const REASONS: Readonly<Record<string, string>> = {
  undefined_in_resamples: 'too few of one kind',
  no_units: 'no listener has one',
  one_unit: 'one listener has one',
};

/** Value and interval; where there is no number, why. */
const told = (estimate: Estimate): string => {
  if (!estimate.ok) return REASONS[estimate.reason] ?? estimate.reason.replaceAll('_', ' ');
  const { lower, upper } = estimate.interval;
  return `${estimate.value.toFixed(3)} [${lower.toFixed(3)}, ${upper.toFixed(3)}]`;
};
