import { type Command, Option } from 'commander';
import {
  type AbsenceFileOptions,
  absenceFile,
  type CoxFileOptions,
  coxFile,
  type SurvivalFileOptions,
  survivalFile,
  TIME_UNITS,
  type TimeUnit,
} from '#jobs';
import { dateOption, levelOption, numberOption, numbersOption } from './numbers.ts';
import { addSurvivalAhead } from './survival-ahead.ts';
import { coxJson, curvesJson, describeCox, describeCurves } from './survival-words.ts';
import type { Terminal } from './terminal.ts';

const CURVE_HELP = `
Examples:
  ritornello survival curve --data churn.csv --duration days --ended left --group arm --at 7,28,63 --horizon 63
  ritornello survival curve --data churn.csv --duration days --ended left --json

One line a unit: how long it was followed, and whether it ended there (1, true, yes) or was still going. Tells the share
still there (Kaplan–Meier, log-log intervals), the median, the mean time within the horizon, and by groups the log-rank
test and the difference of means from the first group.`;

const COX_HELP = `
Examples:
  ritornello survival cox --data absences.csv --duration hours --ended returned --covariate arm --cluster user
  ritornello survival cox --data churn.csv --duration days --ended left --covariate age --covariate plays --ties breslow

Hazard ratios: above 1 the end comes sooner for larger values of the covariate. Where an end is a return, sooner is
better. With --cluster the intervals hold although a user's rows depend on each other.`;

const ABSENCE_HELP = `
Examples:
  ritornello survival absence --data sessions.csv --group ranker --at 1,7 --horizon 28
  ritornello survival absence --data sessions.csv --user listener --start began --end over --unit hour
  ritornello survival absence --data sessions.csv --clock active --offset utc_offset_minutes --unit hour

One line a session: user, start, end, and perhaps what it was under. An absence runs from the end of a session to the
same user's next start. The hazard ratio of a group compares users of like habit (tenths of usual absence) and is robust
to users with many sessions: above 1 they come back sooner than after the first group. With --clock active an hour of the
day counts by how many sessions begin in it (a day stays 24 hours), so a night away is not a long absence.`;

interface Common {
  readonly json?: boolean;
}

const addCommon = (command: Command, help: string): Command =>
  command
    .option('--level <level>', 'coverage of intervals', levelOption, 0.95)
    .option('--json', 'print the result as JSON, and errors as JSON on standard error')
    .addHelpText('after', help);

const addCurveOptions = (command: Command): Command =>
  command
    .option('--group <column>', 'column of the groups to compare')
    .option('--at <times>', 'times to tell the curve at, parted by commas', numbersOption, [])
    .option(
      '--horizon <time>',
      'tell the mean time up to here',
      numberOption('a time above 0', (time) => time > 0),
    );

export const addSurvival = (survival: Command, terminal: Terminal): void => {
  const durations = (name: string): Command =>
    survival
      .command(name)
      .requiredOption('--data <file>', 'table with a header, or JSON lines')
      .requiredOption('--duration <column>', 'column of how long each unit was followed')
      .requiredOption('--ended <column>', 'column of whether it ended then');

  addCommon(addCurveOptions(durations('curve').description('Share still there over time.')), CURVE_HELP).action(
    async (flags: SurvivalFileOptions & Common) => {
      const report = await survivalFile(flags);
      terminal.print(flags.json ? JSON.stringify(curvesJson(report)) : describeCurves(report, flags.level));
    },
  );

  const cox = durations('cox')
    .description('Hazard ratios of covariates.')
    .requiredOption('--covariate <column>', 'column of numbers; may be given again', collect, [])
    .option('--cluster <column>', 'column of the user whose rows depend on each other')
    .option('--strata <column>', 'column of groups with a course of their own')
    .addOption(new Option('--ties <rule>', 'how equal durations share').choices(['efron', 'breslow']).default('efron'));
  addCommon(cox, COX_HELP).action(
    async (flags: Omit<CoxFileOptions, 'covariates'> & Common & { readonly covariate: readonly string[] }) => {
      const fit = await coxFile({ ...flags, covariates: flags.covariate });
      terminal.print(flags.json ? JSON.stringify(coxJson(fit)) : describeCox(fit, flags.level));
    },
  );

  const absence = survival
    .command('absence')
    .description('How long users stay away after a session.')
    .requiredOption('--data <file>', 'sessions: a table with a header, or JSON lines')
    .option('--user <column>', 'column of the user', 'user')
    .option('--start <column>', 'column of the start', 'start')
    .option('--end <column>', 'column of the end', 'end')
    .addOption(
      new Option('--clock <clock>', 'hours as they are, or as people are about')
        .choices(['plain', 'active'])
        .default('plain'),
    )
    .option('--offset <column>', "column of the minutes that the user's clock is ahead of UTC, for --clock active")
    .option('--until <date>', 'end of observation; the last end unless given', dateOption)
    .addOption(new Option('--unit <unit>', 'unit of time').choices(Object.keys(TIME_UNITS)).default('day'));
  addCommon(addCurveOptions(absence), ABSENCE_HELP).action(
    async ({ unit, ...flags }: Omit<AbsenceFileOptions, 'unitMs'> & Common & { readonly unit: TimeUnit }) => {
      const report = await absenceFile({ ...flags, unitMs: TIME_UNITS[unit] });
      const cox = report.cox && coxJson(report.cox);
      terminal.print(
        flags.json
          ? JSON.stringify({ unit, clock: flags.clock, users: report.users, ...curvesJson(report), cox })
          : [
              `${report.users} users, times in ${flags.clock === 'active' ? 'active ' : ''}${unit}s`,
              describeCurves(report, flags.level),
              ...(report.cox ? [describeCox(report.cox, flags.level)] : []),
            ].join('\n'),
      );
    },
  );
  addSurvivalAhead(survival, terminal);
};

const collect = (name: string, names: readonly string[]): readonly string[] => [...names, name];
