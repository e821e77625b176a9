import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExperimentAnalysis } from '#api';
import { type Looks, METRIC_FORMS, type MetricPlan, type MetricSpec, parseMetric } from '#experiments';
import { analyzeExperimentFile } from '#jobs';
import { withConnection } from './data-options.ts';
import { describeAnalysis } from './experiment-named.ts';
import { describeReport, reportJson } from './experiment-report.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello experiment analyze weekly_fresh
  ritornello experiment analyze --data cookie_cats.csv --unit userid --arm version --control gate_30 \\
    --metric retention_7:binary --metric retention_1:binary --metric sum_gamerounds:winsorized:0.999
  ritornello experiment analyze --data plays.csv --unit user --arm arm --metric minutes --covariate minutes_before \\
    --guardrail skips:ratio:plays@0.02 --lower-is-better skips:ratio:plays --weights a=0.5,b=0.5 --json

Metrics: ${METRIC_FORMS}.
Rows of one unit are taken together: the unit is what was randomized. A guardrail must not get worse than its margin,
relative to the control (@0.02: 2 %). An arm ships when a success metric is significantly better, every guardrail is
significantly not worse than its margin, nothing is significantly worse and no quality check failed. The error is
shared among success metrics. What it says and how it is worked out: docs/concepts/experiments.md`;

interface AnalyzeFlags {
  readonly data?: string;
  readonly unit?: string;
  readonly arm?: string;
  readonly metric: readonly MetricSpec[];
  readonly guardrail: readonly { readonly spec: MetricSpec; readonly margin: number }[];
  readonly watch: readonly MetricSpec[];
  readonly lowerIsBetter: readonly string[];
  readonly supplySide: readonly string[];
  readonly covariate: readonly string[];
  readonly strata?: string;
  readonly slice: readonly string[];
  readonly time?: string;
  readonly exposed?: string;
  readonly control?: string;
  readonly weights?: ReadonlyMap<string, number>;
  readonly alpha: number;
  readonly power: number;
  readonly target?: number;
  readonly looks: 'fixed' | 'group-sequential' | 'always-valid';
  readonly fractions?: readonly number[];
  readonly spending: 'obrien-fleming' | 'pocock' | 'power';
  readonly plannedUnits?: number;
  readonly config?: string;
  readonly key?: string;
  readonly json?: boolean;
}

const again =
  <T>(parse: (text: string) => T) =>
  (text: string, before: readonly T[]): readonly T[] => [...before, parse(text)];

export const addExperimentAnalyze = (experiment: Command, terminal: Terminal): void => {
  const command = experiment
    .command('analyze [name]')
    .description('Analyse an experiment and decide: one that runs here by its name, any other from a file of its rows.')
    .option('--data <file>', 'delimited text with a header; for a name: the data folder')
    .option('--unit <column>', 'what was randomized, e.g. the user')
    .option('--arm <column>', 'which arm the unit was in')
    .addOption(
      new Option('--metric <COL[:kind]>', 'success metric; may be given again')
        .argParser(again(metric))
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--guardrail <COL[:kind]@margin>',
        'metric that must not get worse than the margin; may be given again',
      )
        .argParser(again(guardrail))
        .default([], 'none'),
    )
    .addOption(
      new Option('--watch <COL[:kind]>', 'metric that is only told; may be given again')
        .argParser(again(metric))
        .default([], 'none'),
    )
    .addOption(
      new Option('--lower-is-better <metric>', 'a metric, as named above, whose fall is good')
        .argParser(again(String))
        .default([], 'none'),
    )
    .addOption(
      new Option('--supply-side <metric>', 'a metric, as named above, of things that the arms compete for')
        .argParser(again(String))
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--covariate <column>',
        'known before the change, to reduce variance; several are joined by a prediction',
      )
        .argParser(again(String))
        .default([], 'none'),
    )
    .option('--strata <column>', 'post-stratify by this')
    .addOption(
      new Option('--slice <column>', 'tell the effect for each value of this, too')
        .argParser(again(String))
        .default([], 'none'),
    )
    .option('--time <column>', 'number that orders the rows of a unit, e.g. days since exposure: checks for novelty')
    .option('--exposed <column>', 'true where the unit met the change; others are left out')
    .option(
      '--control <arm>',
      'the arm that others are compared with (default: the one named control, else the first by name)',
    )
    .option('--weights <arm=share,…>', 'shares the arms were meant to have (default: equal)', weights)
    .option('--alpha <error>', 'chance allowed of shipping what does nothing', between(0, 0.5), 0.05)
    .option('--power <chance>', 'chance wanted of shipping what is good', between(0.5, 1), 0.8)
    .option('--target <relative>', 'relative change of success metrics worth finding, e.g. 0.01', between(0, 10))
    .addOption(
      new Option('--looks <how>', 'how often the data are looked at')
        .choices(['fixed', 'group-sequential', 'always-valid'])
        .default('fixed'),
    )
    .option('--fractions <list>', 'group-sequential: information at each look so far, e.g. 0.25,0.5', fractions)
    .addOption(
      new Option('--spending <how>', 'group-sequential: how error is spent')
        .choices(['obrien-fleming', 'pocock', 'power'])
        .default('obrien-fleming'),
    )
    .option(
      '--planned-units <n>',
      'always-valid: units at the planned end, where intervals are to be narrowest',
      between(1, 1e12),
    )
    .option('--config <file>', 'for a name: settings file')
    .option('--key <key>', 'for a name: admin key of a running server that has keys')
    .option('--json', 'the report as JSON, and errors as JSON on standard error')
    .addHelpText('after', HELP)
    .action((name: string | undefined, flags: AnalyzeFlags) =>
      name === undefined ? run(command, flags, terminal) : runNamed(name, flags, terminal),
    );
};

const runNamed = async (name: string, flags: AnalyzeFlags, terminal: Terminal): Promise<void> => {
  const { data, config, key } = flags;
  const options = {
    ...(data !== undefined && { data }),
    ...(config !== undefined && { config }),
    ...(key !== undefined && { key }),
  };
  const path = `/v1/studio/experiments/${encodeURIComponent(name)}/analysis`;
  const analysis = await withConnection(options, terminal, (connection) =>
    connection.ask<ExperimentAnalysis>({ path }),
  );
  terminal.print(flags.json ? JSON.stringify(analysis) : describeAnalysis(analysis, terminal.outIsTty));
};

const run = async (command: Command, flags: AnalyzeFlags, terminal: Terminal): Promise<void> => {
  const metrics = plansOf(command, flags);
  const { data, unit, arm, strata, time, exposed, control, target } = flags;
  if (data === undefined || unit === undefined || arm === undefined) {
    return command.error('error: give the name of an experiment that runs here, or --data, --unit and --arm');
  }
  const report = await analyzeExperimentFile({
    path: data,
    unit,
    arm,
    metrics,
    looks: looksOf(command, flags),
    alpha: flags.alpha,
    beta: 1 - flags.power,
    covariates: flags.covariate,
    slices: flags.slice,
    ...(strata !== undefined && { strata }),
    ...(time !== undefined && { time }),
    ...(exposed !== undefined && { exposed }),
    ...(control !== undefined && { control }),
    ...(flags.weights && { weights: flags.weights }),
    ...(target !== undefined && { target }),
  });
  terminal.print(flags.json ? JSON.stringify(reportJson(report)) : describeReport(report, terminal.outIsTty));
};

const plansOf = (command: Command, flags: AnalyzeFlags): MetricPlan[] => {
  const better = (name: MetricSpec): 'up' | 'down' => (named(flags.lowerIsBetter, name) ? 'down' : 'up');
  const supply = (spec: MetricSpec) => (named(flags.supplySide, spec) ? { supplySide: true } : {});
  const plans: MetricPlan[] = [
    ...flags.metric.map((spec) => ({ spec, role: 'success' as const, better: better(spec), ...supply(spec) })),
    ...flags.guardrail.map(({ spec, margin }) => ({
      spec,
      role: 'guardrail' as const,
      better: better(spec),
      margin,
      ...supply(spec),
    })),
    ...flags.watch.map((spec) => ({ spec, role: 'watch' as const, better: better(spec), ...supply(spec) })),
  ];
  if (plans.length === 0) command.error('error: give at least one --metric, --guardrail or --watch');
  for (const [flag, names] of [
    ['--lower-is-better', flags.lowerIsBetter],
    ['--supply-side', flags.supplySide],
  ] as const) {
    const stray = names.find((name) => !plans.some(({ spec }) => named([name], spec)));
    if (stray !== undefined) command.error(`error: ${flag} ${stray} names none of the metrics`);
  }
  return plans;
};

/** Whether one of the names is this metric. */
const named = (names: readonly string[], spec: MetricSpec): boolean =>
  names.some((name) => {
    const other = parseMetric(name);
    return !('wrong' in other) && JSON.stringify(other) === JSON.stringify(spec);
  });

const looksOf = (command: Command, flags: AnalyzeFlags): Looks => {
  if (flags.looks === 'group-sequential') {
    if (flags.fractions === undefined) return command.error('error: --looks group-sequential needs --fractions');
    return { kind: 'group-sequential', fractions: flags.fractions, spending: flags.spending };
  }
  if (flags.looks === 'always-valid') {
    if (flags.plannedUnits === undefined) return command.error('error: --looks always-valid needs --planned-units');
    return { kind: 'always-valid', plannedUnits: flags.plannedUnits };
  }
  return { kind: 'fixed' };
};

const metric = (text: string): MetricSpec => {
  const spec = parseMetric(text);
  if ('wrong' in spec) throw new InvalidArgumentError(spec.wrong);
  return spec;
};

const guardrail = (text: string): { readonly spec: MetricSpec; readonly margin: number } => {
  const [name = '', margin, ...rest] = text.split('@');
  const value = Number(margin);
  if (rest.length > 0 || margin === undefined || !(value > 0 && value < 1)) {
    throw new InvalidArgumentError(
      'expected a metric, @ and a relative margin between 0 and 1, e.g. skips:ratio:plays@0.02',
    );
  }
  return { spec: metric(name), margin: value };
};

const weights = (text: string): ReadonlyMap<string, number> => {
  const pairs = text.split(',').map((pair): [string, number] => {
    const at = pair.lastIndexOf('=');
    return [pair.slice(0, at), Number(pair.slice(at + 1))];
  });
  if (pairs.some(([arm, share]) => arm === '' || !(share > 0 && Number.isFinite(share)))) {
    throw new InvalidArgumentError('expected arm=share pairs with positive shares, e.g. a=0.5,b=0.5');
  }
  return new Map(pairs);
};

const between =
  (from: number, to: number) =>
  (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value > from && value < to) return value;
    throw new InvalidArgumentError(`expected a number between ${from} and ${to}`);
  };

const fractions = (text: string): readonly number[] => {
  const values = text.split(',').map(Number);
  if (values.every((value, i) => value > (values[i - 1] ?? 0) && value <= 1)) return values;
  throw new InvalidArgumentError('expected rising numbers above 0 up to 1, e.g. 0.25,0.5,0.75');
};
