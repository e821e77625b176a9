import { type Command, InvalidArgumentError, Option } from 'commander';
import type { EstimateWire, ReturnWire } from '#api';
import type { Flags } from '#app';
import { type ReturnFileOptions, type ReturnReport, returnFile } from '#jobs';
import { addDataOptions, type DataOptions, withConnection } from './data-options.ts';
import { estimateCells, levelOption, numberOption } from './numbers.ts';
import { columns, type Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello return --by cohort
  ritornello return --by tenure --horizon 28 --from 2026-01-01 --json
  ritornello return --by calendar --horizon 7 --file visits.csv --user listener --time at

Without --file the plays in the log are asked. By cohort: of users who first came in a week, who came in their own week 1,
2, …. By calendar and tenure: of users there in a week, who came back within the horizon of their last day in it; users
not observed that long are censored, not counted as gone. Days and weeks are UTC, weeks begin on Monday.`;

interface ReturnFlags extends Omit<ReturnFileOptions, 'file'>, DataOptions {
  readonly file?: string;
}

export const addReturn = (verb: Command, terminal: Terminal): void => {
  const command = verb
    .addOption(
      new Option('--by <what>', 'rows of the result').choices(['cohort', 'calendar', 'tenure']).default('calendar'),
    )
    .option(
      '--horizon <days>',
      'a next day within so many days is a return',
      numberOption('whole days from 1 to 365', isDays),
      28,
    )
    .option('--from <day>', 'first day, YYYY-MM-DD in UTC', dayOption)
    .option('--to <day>', 'the day after the last', dayOption)
    .option('--level <level>', 'coverage of intervals', levelOption, 0.95)
    .option('--file <file>', 'read visits from a table instead of the log: user, time')
    .option('--user <column>', 'column of the user in that file', 'user')
    .option('--time <column>', 'column of the time in that file', 'time');
  addDataOptions(command)
    .addHelpText('after', HELP)
    .action(async (options: ReturnFlags & Flags) => {
      if (options.file !== undefined) {
        const report = await returnFile({ ...options, file: options.file });
        terminal.print(options.json ? JSON.stringify(ofFile(report)) : describe(ofFile(report)));
        return;
      }
      const answer = await withConnection(options, terminal, (connection) =>
        connection.ask<ReturnWire>({
          path: '/v1/studio/return',
          query: {
            by: options.by,
            horizon: String(options.horizon),
            level: String(options.level),
            from: options.from,
            to: options.to,
          },
        }),
      );
      terminal.print(options.json ? JSON.stringify(answer) : describe(answer));
    });
};

const isDays = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 365;

const dayOption = (text: string): string => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('expected a day like 2026-01-31');
};

const ofFile = ({ by, horizon, users, rows, sql }: ReturnReport): ReturnWire => ({
  by,
  horizon,
  users,
  rows: rows.map(({ weekOf, week, returned }) => ({
    week_of: weekOf,
    week,
    returned: returned.ok ? returned : { ...returned, words: returned.reason.replaceAll('_', ' ') },
  })),
  sql,
});

const cells = (estimate: EstimateWire): readonly [string, string] =>
  estimate.ok
    ? estimateCells({
        ...estimate,
        interval: { lower: estimate.interval.lower ?? 0, upper: estimate.interval.upper ?? 1 },
      })
    : ['–', estimate.words];

const describe = ({ by, horizon, users, rows }: ReturnWire): string => {
  if (rows.length === 0) return users === 0 ? 'Nobody has listened yet.' : 'Nobody has been observed long enough yet.';
  const heads = { cohort: ['first came in', 'own week'], calendar: ['week of'], tenure: ['weeks since first'] }[by];
  const what = by === 'cohort' ? 'came again' : `back within ${horizon} days`;
  return [
    `${users} users`,
    columns([
      [...heads, what, 'interval', 'users'],
      ...rows.map(({ week_of, week, returned }) => [
        ...(week_of === null ? [] : [week_of]),
        ...(week === null ? [] : [String(week)]),
        ...cells(returned),
        returned.ok ? String(returned.n) : '',
      ]),
    ]),
  ].join('\n');
};
