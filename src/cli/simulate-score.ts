import type { Command } from 'commander';
import type { Estimate } from '#domain';
import { type RunScore, scoreRun } from '#jobs';
import { columns, type Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello simulate --world small --days 28 --policy click_greedy --out /tmp/run
  ritornello simulate score /tmp/run/click_greedy

Definitions: the chance that what they call achieved was truly worth more than what they call failed (0.5 is a coin), over plays
and sessions of music. Figures: how they go with the true utility a day, over listeners. Intents: the rules' posterior
against what each session was truly for. Intervals resample listeners; nothing but this command reads oracle.ndjson.`;

interface ScoreFlags {
  readonly listeners: number;
  readonly json?: boolean;
}

export const addSimulateScore = (simulate: Command, terminal: Terminal, whole: (text: string) => number): void => {
  simulate
    .command('score')
    .description('Hold definitions, figures and guesses of intent against the truth of a run.')
    .argument('<folder>', 'the folder of one policy that simulate --out wrote')
    .option('--listeners <n>', 'listeners at most, the first by id', whole, 300)
    .option('--json', 'print the result as JSON, and errors as JSON on standard error')
    .addHelpText('after', HELP)
    .action(async (folder: string, _: unknown, self: Command) => {
      const { listeners, json } = self.optsWithGlobals<ScoreFlags>();
      const score = await scoreRun(folder, listeners);
      terminal.print(json ? JSON.stringify(score) : describe(score));
    });
};

type Reliability = NonNullable<RunScore['intents']>['top'];

const describe = ({ listeners, days, definitions, metrics, intents }: RunScore): string =>
  [
    `${listeners} listeners, ${days} days`,
    columns([
      ['definition', 'of', 'achieved', 'failed', 'untold', 'truly better when achieved'],
      ...definitions.map(({ name, unit, achieved, failed, untold, auc }) => [
        name,
        unit,
        String(achieved),
        String(failed),
        String(untold),
        told(auc),
      ]),
    ]),
    columns([
      ['figure', 'correlation with true utility', ''],
      ...metrics.map(({ name, correlation, doc }) => [name, told(correlation), doc]),
    ]),
    intents === null
      ? 'no session whose true intent is known'
      : columns([
          ['intent of', 'sessions', String(intents.n)],
          ['likeliest is true', 'share', shareTrue(intents.top).toFixed(3)],
          ['log loss', 'nats', intents.logLoss.toFixed(3)],
          ['calibration error', 'of the likeliest intent', told(intents.top.ece)],
        ]),
  ].join('\n\n');

/** How often the likeliest intent was the true one. */
const shareTrue = ({ n, bins }: Reliability): number =>
  bins.reduce((sum, bin) => sum + (bin.observed.ok ? bin.n * bin.observed.value : 0), 0) / n;

/** Value and interval; where there is no number, why. */
const told = (estimate: Estimate): string => {
  if (!estimate.ok) return estimate.reason;
  const { lower, upper } = estimate.interval;
  return `${estimate.value.toFixed(3)} [${lower.toFixed(3)}, ${upper.toFixed(3)}]`;
};
