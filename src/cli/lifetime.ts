import { type Command, Option } from 'commander';
import { fitLifetimeFile, type LifetimeFileOptions, type LifetimeReport, TIME_UNITS } from '#jobs';
import { LIFETIME_MODELS } from '#stats';
import { dateOption, estimateCells, estimateJson, levelOption, numberOption, shortNumber } from './numbers.ts';
import { columns, styled, type Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello lifetime fit --data purchases.csv --model bg-nbd --value amount --ahead 39
  ritornello lifetime fit --data CDNOW_sample.txt --no-header --user 2 --time 3 --value 5 --until 1997-09-30 --model pareto-nbd
  ritornello lifetime fit --data listening-days.csv --unit day --ahead 28 --users --json

The file holds acts, one a line: user, time, and perhaps a value (CSV, TSV, blanks, JSON lines). A file with the columns
frequency, recency and age (or x, t_x, T) is taken as histories made elsewhere. Acts of a user in one period are one.
Tells the parameters with intervals, how many acts to expect ahead and how many users are still there; with a value,
the gamma-gamma model of it. docs/concepts/survival.md tells which model to take.`;

interface Flags extends Omit<LifetimeFileOptions, 'until'> {
  readonly until?: number;
  readonly users?: boolean;
  readonly json?: boolean;
}

export const addLifetime = (verb: Command, terminal: Terminal): void => {
  const units = Object.keys(TIME_UNITS);
  verb
    .command('fit')
    .description('Fit a model of coming back until gone: BG/NBD, MBG/NBD or Pareto/NBD, and gamma-gamma for values.')
    .requiredOption('--data <file>', 'acts: user, time[, value]; or histories: frequency, recency, age')
    .addOption(new Option('--model <name>', 'model').choices(LIFETIME_MODELS).default('bg-nbd'))
    .option('--user <column>', 'column of the user', 'user')
    .option('--time <column>', 'column of the time', 'time')
    .option('--value <column>', 'column of the value of an act')
    .option('--no-header', 'the first line is data; columns are called 1, 2, …')
    .option('--until <date>', 'end of observation; the last act unless given', dateOption)
    .addOption(new Option('--period <period>', 'acts of a user within one are one').choices(units).default('day'))
    .addOption(new Option('--unit <unit>', 'unit of time of the parameters').choices(units).default('week'))
    .option('--ahead <n>', 'how far to look ahead, in units', numberOption('a number above 0', above), 52)
    .option('--level <level>', 'coverage of intervals', levelOption, 0.95)
    .option('--users', 'tell each user: chance to be still there, acts to expect')
    .option('--json', 'print the result as JSON, and errors as JSON on standard error')
    .addHelpText('after', HELP)
    .action(async (flags: Flags) => {
      const report = await fitLifetimeFile(flags);
      terminal.print(flags.json ? JSON.stringify(toJson(report, flags)) : describe(report, flags, terminal.outIsTty));
    });
};

const above = (value: number): boolean => value > 0;

/** What all users together do: expected acts ahead, and the mean chance to be still there. */
const totals = ({ users }: LifetimeReport) => ({
  expected: users.reduce((sum, user) => sum + user.expected, 0),
  alive: users.reduce((sum, user) => sum + user.alive, 0) / users.length,
});

const toJson = (report: LifetimeReport, { ahead, unit, users }: Flags): object => {
  const parametersOf = (fit: LifetimeReport['fit'] | NonNullable<LifetimeReport['values']>): object =>
    fit.ok
      ? {
          ok: true,
          n: fit.n,
          parameters: Object.fromEntries(fit.parameters.map(({ name, estimate }) => [name, estimateJson(estimate)])),
          log_likelihood: fit.logLikelihood,
        }
      : { ok: false, reason: fit.reason };
  return {
    model: report.model,
    unit,
    ...parametersOf(report.fit),
    ...(report.fit.ok && {
      ahead: { span: ahead, expected_acts: totals(report).expected, share_alive: totals(report).alive },
    }),
    value: report.values && { ...parametersOf(report.values), correlation_with_frequency: report.valueCorrelation },
    ...(users && { users: report.users }),
  };
};

const describe = (report: LifetimeReport, { ahead, unit, users, level }: Flags, isTty: boolean): string => {
  const { fit, values } = report;
  const head = (text: string) => styled(text, 'bold', isTty);
  if (!fit.ok) return `${report.model}: no fit, ${fit.reason.replaceAll('_', ' ')}`;
  const interval = `${Math.round(level * 100)} % interval`;
  const rows = (parameters: typeof fit.parameters) =>
    columns([
      ['', 'value', interval],
      ...parameters.map(({ name, estimate }) => [`  ${name}`, ...estimateCells(estimate)]),
    ]);
  const { expected, alive } = totals(report);
  const lines = [
    `${head(report.model)} on ${fit.n} users, time in ${unit}s, log-likelihood ${fit.logLikelihood.toFixed(2)}`,
    rows(fit.parameters),
    `Still there: ${(100 * alive).toFixed(1)} % of users. Acts to expect in the next ${ahead} ${unit}s: ${shortNumber(expected)}, ${shortNumber(expected / fit.n)} a user.`,
  ];
  if (values?.ok) {
    const related = report.valueCorrelation === null ? 'unknown' : report.valueCorrelation.toFixed(2);
    lines.push(
      `${head('gamma-gamma')} on the ${values.n} users who came back; correlation of value and frequency ${related}, taken for 0`,
      rows(values.parameters),
    );
  } else if (values) lines.push(`gamma-gamma: no fit, ${values.reason.replaceAll('_', ' ')}`);
  if (users) {
    const cells = report.users.map((user) => [
      user.user,
      String(user.frequency),
      shortNumber(user.recency),
      shortNumber(user.age),
      shortNumber(user.alive),
      shortNumber(user.expected),
      user.value === null ? '–' : shortNumber(user.value),
    ]);
    lines.push(columns([['user', 'frequency', 'recency', 'age', 'alive', 'expected', 'value'], ...cells]));
  }
  return lines.join('\n');
};
