import { type Command, Option } from 'commander';
import { formatMediaEval, type PartsReport } from '#evaluation';
import { evaluateFocused } from '#jobs';
import { csvLine } from './csv.ts';
import { styled, type Terminal } from './terminal.ts';
import { wholeFrom } from './whole-number.ts';

const HELP = `
Examples:
  ritornello evaluate focused --qrels segments.qrel --run segments.txt
  ritornello evaluate focused --qrels segments.qrel --run segments.txt.gz --format sh_eval

Which parts of recordings should be heard: answers and judgments are intervals of time, and what counts are seconds.
Judgments are lines of "topic Q0 recording start end relevance", a run is lines of "topic Q0 recording start end rank
score run", with a jump-in point before the rank if it has one. Times are MINUTES.SECONDS: 21.33 is 21 min 33 s.

The table has INEX's measures in seconds: P[r], R[r], iP[x], MAiP; gP[r] and MAgP of recordings by F and by the distance
of the jump-in point to the best one (BEP); T2I[r] for a listener who leaves after --tolerance seconds without anything
relevant. sh_eval is the output of MediaEval's tool: MAP, MAP-bin, MAP-tol, MAiSP. docs/reference/focused-measures.md`;

const FORMATS = ['table', 'sh_eval', 'json', 'csv'] as const;

interface FocusedFlags {
  readonly qrels: string;
  readonly run: string;
  readonly overlaps: 'counted' | 'removed';
  readonly tolerance: number;
  readonly bin: number;
  readonly entry: number;
  readonly format: (typeof FORMATS)[number];
  readonly json?: boolean;
}

export const addEvaluateFocused = (evaluate: Command, terminal: Terminal): void => {
  evaluate
    .command('focused')
    .description('Measures of a run of parts of recordings, in seconds: INEX transposed to time, and MediaEval.')
    .requiredOption('--qrels <file>', 'judgments of parts')
    .requiredOption('--run <file>', 'the parts that the system retrieved')
    .addOption(
      new Option('--overlaps <how>', 'seconds that a higher rank returned: cost again, or taken out')
        .choices(['counted', 'removed'])
        .default('removed'),
    )
    .option('--tolerance <seconds>', 'how long a listener goes on without anything relevant', wholeFrom(1), 15)
    .option('--bin <seconds>', 'length of the bins of MAP-bin', wholeFrom(1), 300)
    .option('--entry <seconds>', 'how near a jump-in point must come to the best one', wholeFrom(1), 60)
    .addOption(new Option('--format <format>', 'form of the result').choices(FORMATS).default('table'))
    .option('--json', 'the same as --format json, and errors as JSON on standard error')
    .addHelpText('after', HELP)
    .action((flags: FocusedFlags) => focused(flags, terminal));
};

const focused = async (flags: FocusedFlags, terminal: Terminal): Promise<void> => {
  const report = await evaluateFocused({
    qrels: flags.qrels,
    run: flags.run,
    overlaps: flags.overlaps,
    toleranceSeconds: flags.tolerance,
    binSeconds: flags.bin,
    entrySeconds: flags.entry,
  });
  if (report.missing.length > 0) {
    const mark = styled('warning:', 'bold', terminal.errIsTty);
    const few = report.missing.slice(0, 5).join(', ');
    const topics = report.missing.length === 1 ? 'topic' : 'topics';
    terminal.talk(`${mark} the run lacks ${report.missing.length} judged ${topics}, left out: ${few}`);
  }
  terminal.print(write(report, flags.json === true ? 'json' : flags.format));
};

const write = (report: PartsReport, format: FocusedFlags['format']): string => {
  switch (format) {
    case 'table':
      return toTable(report);
    case 'sh_eval':
      return formatMediaEval(report);
    case 'json':
      return JSON.stringify(toJson(report));
    case 'csv':
      return toCsv(report);
  }
};

/** A line a measure: mean over topics, its 95 % interval, topics. */
const toTable = ({ focused }: PartsReport): string =>
  Object.entries(focused)
    .map(([name, estimate]) => {
      const cells = estimate.ok
        ? [estimate.value, estimate.interval.lower, estimate.interval.upper].map((value) => value.toFixed(4))
        : ['-', '-', estimate.reason];
      return [name.padEnd(16), ...cells, ...(estimate.ok ? [estimate.n] : [])].join('\t');
    })
    .join('\n');

/** A line a value, the mean over topics as topic `all`; both families. */
const toCsv = ({ topics, focused }: PartsReport): string => {
  const lines = [csvLine(['measure', 'topic', 'value'])];
  for (const { topic, focused, mediaEval } of topics) {
    for (const [measure, value] of Object.entries(focused)) lines.push(csvLine([measure, topic, value]));
    for (const { name, value } of mediaEval) lines.push(csvLine([name, topic, value]));
  }
  for (const [measure, estimate] of Object.entries(focused)) {
    lines.push(csvLine([measure, 'all', estimate.ok ? estimate.value : undefined]));
  }
  return lines.join('\n');
};

const toJson = ({ fileName, options, topics, focused, missing }: PartsReport): object => ({
  run: fileName,
  options: {
    overlaps: options.overlaps,
    tolerance_seconds: options.toleranceSeconds,
    bin_seconds: options.binSeconds,
    entry_seconds: options.entrySeconds,
  },
  missing_topics: missing,
  measures: focused,
  topics: topics.map(({ topic, focused, mediaEval }) => ({
    topic,
    measures: Object.fromEntries(Object.entries(focused).map(([name, value]) => [name, value ?? null])),
    media_eval: Object.fromEntries(mediaEval.map(({ name, value }) => [name, value])),
  })),
});
