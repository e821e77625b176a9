import { type Command, Option } from 'commander';
import { LISTENER_MEASURES } from '#evaluation';
import { type BeyondReport, evaluateBeyond } from '#jobs';
import { csvLine } from './csv.ts';
import { estimateCells, estimateJson } from './numbers.ts';
import { columns, type Terminal } from './terminal.ts';
import { wholeFrom } from './whole-number.ts';

const HELP = `
Examples:
  ritornello evaluate beyond --run lists.txt --items items.csv --plays plays.csv
  ritornello evaluate beyond --run lists.txt --items items.csv --plays plays.csv --qrels liked.txt --per-listener --format csv

Lists are a run: lines of "listener Q0 item rank score name". --items is the whole catalogue: item_id, genre (several
parted by |), and a vector as columns x_1, x_2, …; without a vector the genres stand in. --plays is what listeners played
before: user_id, item_id, plays (1 a row without that column). --qrels says what proved useful, for serendipity.

novelty is in bits, calibration_error in nats; popularity_lift is 0.2 where a list is 20 % more popular than the
listener's own plays. Each has the mean over the listeners for whom it is defined, with its 95 % interval.
docs/concepts/beyond-accuracy.md explains all of them.`;

const FORMATS = ['text', 'json', 'csv'] as const;

interface BeyondFlags {
  readonly run: string;
  readonly items: string;
  readonly plays: string;
  readonly qrels?: string;
  readonly depth: number;
  readonly level: number;
  readonly resamples: number;
  readonly seed: number;
  readonly perListener?: boolean;
  readonly format: (typeof FORMATS)[number];
  readonly json?: boolean;
}

export const addEvaluateBeyond = (evaluate: Command, terminal: Terminal): void => {
  evaluate
    .command('beyond')
    .description(
      'What lists are like beside being right: coverage, novelty, diversity, calibration, serendipity, popularity.',
    )
    .requiredOption('--run <file>', 'lists by listener, as a run')
    .requiredOption('--items <file>', 'the catalogue, CSV, TSV or JSON lines')
    .requiredOption('--plays <file>', 'what listeners played before, the same')
    .option('--qrels <file>', 'what proved useful to whom')
    .option('--depth <n>', 'items of a list that are looked at', wholeFrom(1), 10)
    .option('-l, --level <n>', 'relevance from which an item is useful', wholeFrom(0), 1)
    .option('-q, --per-listener', 'tell the values of each listener, too')
    .option('--resamples <n>', 'of listeners, for coverage and Gini', wholeFrom(100), 500)
    .option('--seed <n>', 'of those resamples', wholeFrom(0), 1)
    .addOption(new Option('--format <format>', 'form of the result').choices(FORMATS).default('text'))
    .option('--json', 'the same as --format json, and errors as JSON on standard error')
    .addHelpText('after', HELP)
    .action(async (flags: BeyondFlags) => {
      const { run, items, plays, qrels } = flags;
      const report = await evaluateBeyond({ run, items, plays, qrels }, flags);
      const format = flags.json === true ? 'json' : flags.format;
      terminal.print(WRITERS[format](report, flags.perListener === true));
    });
};

const rowsOf = ({ coverage, gini, means }: BeyondReport) =>
  [['coverage', coverage], ['gini', gini], ...LISTENER_MEASURES.map((name) => [name, means[name]] as const)] as const;

const toText = (report: BeyondReport, perListener: boolean): string => {
  const summary = columns([
    ['measure', 'value', 'interval', 'listeners'],
    ...rowsOf(report).map(([name, estimate]) => [
      name,
      ...estimateCells(estimate),
      estimate.ok ? String(estimate.n) : '0',
    ]),
  ]);
  if (!perListener) return summary;
  const known = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(4));
  const listeners = columns([
    ['listener', ...LISTENER_MEASURES],
    ...report.listeners.map((own, n) => [report.names[n]!, ...LISTENER_MEASURES.map((name) => known(own[name]))]),
  ]);
  return `${listeners}\n\n${summary}`;
};

const toJson = (report: BeyondReport, perListener: boolean): string =>
  JSON.stringify({
    measures: Object.fromEntries(rowsOf(report).map(([name, estimate]) => [name, estimateJson(estimate)])),
    ...(perListener && {
      listeners: report.listeners.map((own, n) => ({
        listener: report.names[n],
        measures: Object.fromEntries(LISTENER_MEASURES.map((name) => [name, own[name] ?? null])),
      })),
    }),
  });

/** A line a value, at full precision; the listener of the means is `all`. Empty: not defined. */
const toCsv = (report: BeyondReport, perListener: boolean): string => {
  const listeners = report.listeners.flatMap((own, n) =>
    LISTENER_MEASURES.map((name) => csvLine([name, report.names[n]!, own[name] ?? null, null, null, null])),
  );
  const all = rowsOf(report).map(([name, estimate]) =>
    estimate.ok
      ? csvLine([name, 'all', estimate.value, estimate.interval.lower, estimate.interval.upper, estimate.n])
      : csvLine([name, 'all', null, null, null, 0]),
  );
  return [
    csvLine(['measure', 'listener', 'value', 'lower', 'upper', 'n']),
    ...(perListener ? listeners : []),
    ...all,
  ].join('\n');
};

const WRITERS = { text: toText, json: toJson, csv: toCsv } as const;
