import type { Command } from 'commander';
import { type SurvivalAheadOptions, type SurvivalAheadReport, survivalAhead } from '#jobs';
import { estimateCells, estimateJson, levelOption, numberOption } from './numbers.ts';
import { columns, type Terminal } from './terminal.ts';
import { wholeFrom } from './whole-number.ts';

const HELP = `
Examples:
  ritornello survival ahead --data days.csv --step day --ended gone --covariate plays --covariate streak --horizon 63
  ritornello survival ahead --data days.csv --step day --ended gone --covariate plays --group arm --horizon 49 --json

One line a user and step (day, week), every step once: what is known of the user then, and whether it ended in the step
after, which only the last line may say. Learns the chance to end at each step so that what is predicted now agrees with
what will be predicted a step later, and tells the share still there --horizon steps after each user's last line: of an
experiment of 14 days, what is to be expected at day 63. Beyond what anyone was followed it rests on users going from
state to state as they do now; the score, on users not learned from, judges only the steps that were seen.`;

type Flags = Omit<SurvivalAheadOptions, 'covariates'> & {
  readonly covariate: readonly string[];
  readonly json?: boolean;
};

export const addSurvivalAhead = (survival: Command, terminal: Terminal): void => {
  survival
    .command('ahead')
    .description('Share to be expected still there far ahead, by what is known of users now.')
    .requiredOption('--data <file>', 'states: a table with a header, or JSON lines')
    .requiredOption('--step <column>', 'column of the number of the step')
    .requiredOption('--ended <column>', 'column of whether the user ended in the step after')
    .requiredOption('--covariate <column>', 'column of numbers known at the step; may be given again', collect)
    .requiredOption('--horizon <steps>', 'steps ahead', wholeFrom(1))
    .option('--user <column>', 'column of the user', 'user')
    .option('--group <column>', 'column of the groups to compare, one a user')
    .option(
      '--lambda <number>',
      '0: agree with the next prediction; 1: maximum likelihood; between: a mixture',
      numberOption('a number from 0 to 1', (value) => value >= 0 && value <= 1),
      0,
    )
    .option('--resamples <n>', 'resamples of users for the intervals, each learned anew', wholeFrom(20), 200)
    .option('--seed <text>', 'what the resamples are drawn from', 'ahead')
    .option('--level <level>', 'coverage of intervals', levelOption, 0.95)
    .option('--json', 'print the result as JSON, and errors as JSON on standard error')
    .addHelpText('after', HELP)
    .action(async ({ covariate, json, ...flags }: Flags) => {
      const report = await survivalAhead({ ...flags, covariates: covariate });
      terminal.print(json ? JSON.stringify(aheadJson(report)) : describeAhead(report, flags));
    });
};

const collect = (name: string, names: readonly string[] = []): readonly string[] => [...names, name];

const aheadJson = ({ users, states, groups, differences, judged }: SurvivalAheadReport): object => ({
  users,
  states,
  groups: groups.map(({ expected, ...group }) => ({ ...group, expected: estimateJson(expected) })),
  differences: differences.map(({ group, estimate }) => ({ group, ...estimateJson(estimate) })),
  judged: {
    steps: judged.steps,
    model: estimateJson(judged.model),
    without_covariates: estimateJson(judged.withoutCovariates),
  },
});

const describeAhead = (
  { users, states, groups, differences, judged }: SurvivalAheadReport,
  { horizon, level }: Pick<Flags, 'horizon' | 'level'>,
): string =>
  [
    `${users} users in ${states} states`,
    columns([
      ['', 'value', `${Math.round(level * 100)} % interval`],
      ...groups.map(({ group, users: of, expected }) => [
        `${group}: of ${of} still there ${horizon} steps on`,
        ...estimateCells(expected),
      ]),
      ...differences.map(({ group, estimate }) => [`${group} − ${groups[0]!.group}`, ...estimateCells(estimate)]),
      [`integrated Brier score over ${judged.steps} steps`, ...estimateCells(judged.model)],
      ['  without covariates', ...estimateCells(judged.withoutCovariates)],
    ]),
    'The score is of users not learned from, and smaller is better.',
  ].join('\n');
