import { type Command, Option } from 'commander';
import {
  type EstimateWire,
  type FigureWire,
  type IntentsWire,
  JUDGED_UNITS,
  type MetricsReportWire,
  type MetricWire,
} from '#api';
import type { Flags } from '#app';
import { askWatched } from './ask-watched.ts';
import { addDataOptions, type DataOptions, withConnection } from './data-options.ts';
import { describeIntents } from './metrics-intents.ts';
import { columns, styled, type Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello metrics list
  ritornello metrics report --metrics skip_rate,minutes_per_user[7d] --by intent,device
  ritornello metrics report --metrics return_rate[28d] --from 2026-01-01 --to 2026-04-01 --csv > return.csv
  ritornello metrics report --metrics click_through[naive],click_through[common] --by device --json
  ritornello metrics report --metrics 'success_rate[sleep_playlist],success_value[party_playlist]' --by intent
  ritornello metrics intents

Every figure carries its interval (95 % unless --level says otherwise) and the number it rests on, or the reason in
words why there is none. By events each play or session counts once; by users each listener does. Days are UTC, the day
of --to is not in it; without --from and --to it is the four weeks up to the newest session.

Success is judged unit by unit, as "success run --from --to" does. What is too young or unknown is not in the figure and
is counted beside it. A definition judges the units that it is for; with --judge all it judges every unit of its kind,
wherever it is, so that one session is read as two things.
By intent means by the probability of each intent, from rules that answers to surveys correct: "metrics intents" tells how
many answers there are and how often what was thought probable was what listeners named.
docs/reference/metrics.md has the card of each metric.`;

interface ReportOptions extends DataOptions {
  readonly metrics: string;
  readonly by?: string;
  readonly from?: string;
  readonly to?: string;
  readonly level?: string;
  readonly judge?: string;
  readonly csv?: boolean;
}

export const addMetrics = (verb: Command, terminal: Terminal): void => {
  const metrics = verb.addHelpText('after', HELP);
  addDataOptions(metrics.command('list').description('Every metric with the question it answers.'))
    .addHelpText('after', HELP)
    .action((options: DataOptions & Flags) => list(options, terminal));
  addDataOptions(
    metrics.command('intents').description('What probabilities of intents rest on, and how true they are by intent.'),
  )
    .addHelpText('after', HELP)
    .action((options: DataOptions & Flags) => tellIntents(options, terminal));
  const report = metrics
    .command('report')
    .description('Figures of metrics over a period.')
    .requiredOption('--metrics <names>', 'metrics, separated by commas; "metrics list" names them')
    .option('--by <dimensions>', 'surface, intent, device, separated by commas; without it all together')
    .option('--from <day>', 'first day, YYYY-MM-DD in UTC')
    .option('--to <day>', 'the day after the last')
    .option('--level <share>', 'coverage of the intervals, between 0 and 1 (default: 0.95)')
    .addOption(
      new Option('--judge <units>', 'units that success metrics judge').choices(JUDGED_UNITS).default('fitting'),
    )
    .option('--csv', 'print the figures as CSV');
  addDataOptions(report)
    .addHelpText('after', HELP)
    .action(async (options: ReportOptions & Flags) => {
      if (options.csv && options.json) report.error('error: --csv and --json exclude each other');
      await tell(options, terminal);
    });
};

const list = async (options: DataOptions & Flags, terminal: Terminal): Promise<void> => {
  const { metrics } = await withConnection(options, terminal, (connection) =>
    connection.ask<{ readonly metrics: readonly MetricWire[] }>({ path: '/v1/studio/metrics' }),
  );
  if (options.json) terminal.print(JSON.stringify({ metrics }));
  else terminal.print(columns(metrics.map(({ name, unit, family, question }) => [name, unit, family, question])));
};

const tellIntents = async (options: DataOptions & Flags, terminal: Terminal): Promise<void> => {
  const intents = await withConnection(options, terminal, (connection) =>
    connection.ask<IntentsWire>({ path: '/v1/studio/metrics/intents' }),
  );
  terminal.print(options.json ? JSON.stringify(intents) : describeIntents(intents, terminal.outIsTty));
};

const tell = async (options: ReportOptions & Flags, terminal: Terminal): Promise<void> => {
  const report = await withConnection(options, terminal, (connection) =>
    askWatched<MetricsReportWire>(
      connection,
      {
        path: '/v1/studio/metrics/report',
        query: {
          metrics: options.metrics,
          by: options.by,
          from: options.from,
          to: options.to,
          level: options.level,
          judge: options.judge,
        },
      },
      'judging',
      terminal,
    ),
  );
  if (options.json) terminal.print(JSON.stringify(report));
  else if (options.csv) terminal.print(toCsv(report));
  else terminal.print(describe(report, terminal.outIsTty));
};

const describe = (report: MetricsReportWire, isTty: boolean): string => {
  const { period } = report;
  if (period === null) return 'Nobody has listened yet: there is nothing to measure.';
  const head = `${period.from} to ${period.to} (${period.days} days, UTC); observed until ${period.until}`;
  return [head, ...report.metrics.map((metric) => describeMetric(metric, report, isTty))].join('\n\n');
};

const describeMetric = (metric: MetricWire, report: MetricsReportWire, isTty: boolean): string => {
  const figures = report.figures.filter((figure) => figure.metric === metric.name);
  const head = `${styled(metric.name, 'bold', isTty)}  ${styled(`${metric.question} (${metric.unit})`, 'dim', isTty)}`;
  const rows = figures.map((figure) => [
    `  ${cellWords(figure) || 'all'}`,
    POLARITY[figure.polarity],
    `by events ${estimateWords(figure.by_events)}`,
    `by users ${estimateWords(figure.by_users)}`,
    countWords(figure),
  ]);
  return [head, rows.length === 0 ? '  nothing in this period' : columns(rows)].join('\n');
};

const countWords = ({ users, left_out, unknown }: FigureWire): string =>
  [
    `${users} users`,
    ...(left_out > 0 ? [`${left_out} too young`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ].join(', ');

const POLARITY = { up: '↑ good', down: '↓ good', free: '· neither' } as const;

const cellWords = ({ cell }: FigureWire): string =>
  [cell.surface, cell.intent, cell.device].filter((name) => name !== null).join(' · ');

const estimateWords = (estimate: EstimateWire): string => {
  if (!estimate.ok) return `– ${estimate.words}`;
  const { lower, upper } = estimate.interval;
  return `${short(estimate.value)} [${lower === null ? '…' : short(lower)}, ${upper === null ? '…' : short(upper)}]`;
};

const short = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(3);

const CSV_HEAD = [
  'metric',
  'surface',
  'intent',
  'device',
  'polarity',
  ...['by_events', 'by_users'].flatMap((name) => [
    name,
    `${name}_lower`,
    `${name}_upper`,
    `${name}_n`,
    `${name}_reason`,
  ]),
  'users',
  'events',
  'left_out',
  'unknown',
];

const toCsv = (report: MetricsReportWire): string =>
  [
    CSV_HEAD.join(','),
    ...report.figures.map((figure) =>
      [
        figure.metric,
        figure.cell.surface ?? '',
        figure.cell.intent ?? '',
        figure.cell.device ?? '',
        figure.polarity,
        ...estimateCells(figure.by_events),
        ...estimateCells(figure.by_users),
        figure.users,
        figure.events,
        figure.left_out,
        figure.unknown,
      ].join(','),
    ),
  ].join('\n');

/** Reasons are single words here, so nothing needs quotes; names of metrics hold no comma. */
const estimateCells = (estimate: EstimateWire): readonly (string | number)[] =>
  estimate.ok
    ? [estimate.value, estimate.interval.lower ?? '', estimate.interval.upper ?? '', estimate.n, '']
    : ['', '', '', '', estimate.reason];
