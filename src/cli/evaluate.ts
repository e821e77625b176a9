import { type Command, InvalidArgumentError, Option } from 'commander';
import { formatReport, JUDGMENT_FORMATS, type JudgmentFormat, knownValue, type RankingReport } from '#evaluation';
import { evaluateRanking } from '#jobs';
import { addEvaluatePolicy } from './evaluate-policy.ts';
import { styled, type Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello evaluate ranking --qrels qrels.txt --run run.txt
  ritornello evaluate ranking --qrels qrels.txt --run run.txt -m ndcg_cut.5,10 -m P.10 -q
  ritornello evaluate ranking --qrels qrels.txt --run run.txt -m all_trec -c --json

Judgments are lines of "topic 0 document relevance", a run is lines of "topic Q0 document rank score run". Documents are
ranked by score, equal scores by name, the later first; the rank column is not looked at. Measures, names, parameters
and output are those of trec_eval 10; docs/reference/ranking-measures.md lists them. Sets: official (the standard),
all_trec, set, and for other judgments qrels_jg, prefs, all_prefs.`;

interface RankingFlags {
  readonly qrels: string;
  readonly run: string;
  readonly measure: readonly string[];
  readonly perTopic?: boolean;
  readonly complete?: boolean;
  readonly level: number;
  readonly summary: boolean;
  readonly judgedOnly?: boolean;
  readonly collectionSize: number;
  readonly maxRetrieved?: number;
  readonly relFormat: JudgmentFormat;
  readonly zscores?: string;
  readonly format: 'trec_eval' | 'json';
  readonly json?: boolean;
}

export const addEvaluate = (program: Command, terminal: Terminal): void => {
  const evaluate = program
    .command('evaluate')
    .description('Judge rankings by what was found relevant, and policies by what another one logged.');
  addEvaluatePolicy(evaluate, terminal);
  evaluate
    .command('ranking')
    .description('Measures of a ranked run against relevance judgments, as trec_eval has them.')
    .requiredOption('--qrels <file>', 'relevance judgments')
    .requiredOption('--run <file>', 'what the system retrieved')
    .addOption(
      new Option('-m, --measure <name[.parameters]>', 'measure or set of measures; may be given again')
        .argParser((name: string, names: readonly string[]) => [...names, name])
        .default([], 'official'),
    )
    .option('-q, --per-topic', 'tell the values of each topic, too')
    .option('-c, --complete', 'count judged topics that the run lacks, as empty rankings')
    .option('-l, --level <n>', 'relevance from which a document is relevant', wholeFrom(0), 1)
    .option('-n, --no-summary', 'leave out the values of the whole run')
    .option('-J, --judged-only', 'take documents without a judgment out of the rankings first')
    .option('-N, --collection-size <n>', 'documents in the collection, for utility', wholeFrom(0), 0)
    .option('-M, --max-retrieved <n>', 'look at the first n documents of a topic', wholeFrom(1))
    .addOption(new Option('-R, --rel-format <format>', 'kind of judgments').choices(JUDGMENT_FORMATS).default('qrels'))
    .option('-Z, --zscores <file>', 'tell deviations from the means in this file: topic measure mean deviation')
    .addOption(
      new Option('--format <format>', 'form of the result').choices(['trec_eval', 'json']).default('trec_eval'),
    )
    .option('--json', 'the same as --format json, and errors as JSON on standard error')
    .addHelpText('after', HELP)
    .action((flags: RankingFlags) => rank(flags, terminal));
};

const rank = async (flags: RankingFlags, terminal: Terminal): Promise<void> => {
  const report = await evaluateRanking({
    qrels: flags.qrels,
    run: flags.run,
    zScores: flags.zscores,
    format: flags.relFormat,
    measures: flags.measure.length === 0 ? ['official'] : flags.measure,
    complete: flags.complete === true,
    level: flags.level,
    judgedOnly: flags.judgedOnly === true,
    collectionSize: flags.collectionSize,
    maxRetrieved: flags.maxRetrieved ?? Number.POSITIVE_INFINITY,
  });
  if (flags.complete !== true && report.missing.length > 0) {
    const mark = styled('warning:', 'bold', terminal.errIsTty);
    terminal.talk(`${mark} the run lacks ${told(report.missing)}; left out, and with -c counted as empty`);
  }
  const show = { perTopic: flags.perTopic === true, summary: flags.summary };
  if (flags.json || flags.format === 'json') {
    terminal.print(JSON.stringify(toJson(report, show)));
    return;
  }
  const text = formatReport(report, show);
  if (text !== '') terminal.print(text);
};

/** Topics by name, when there are few. */
const told = (topics: readonly string[]): string => {
  const few = topics.slice(0, 5).join(', ');
  return `${topics.length} judged ${topics.length === 1 ? 'topic' : 'topics'}: ${few}${topics.length > 5 ? ', …' : ''}`;
};

interface Shown {
  readonly perTopic: boolean;
  readonly summary: boolean;
}

/** Values at full precision; null where a deviation has no reference. */
const toJson = (report: RankingReport, { perTopic, summary }: Shown): object => {
  const byName = (values: readonly (number | string | undefined)[], ofTopic: boolean) =>
    Object.fromEntries(
      report.columns.flatMap((column, n) =>
        values[n] === undefined || (ofTopic && !column.perTopic) || column.summary === 'run_id'
          ? []
          : [[column.name, knownValue(report, values[n]) ?? null]],
      ),
    );
  return {
    run_id: report.runId,
    z_scores: report.zScored,
    missing_topics: report.missing,
    ...(summary && { measures: byName(report.summary, false) }),
    ...(perTopic && {
      topics: report.topics.map(({ topic, values }) => ({ topic, measures: byName(values, true) })),
    }),
  };
};

const wholeFrom =
  (least: number) =>
  (text: string): number => {
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
    throw new InvalidArgumentError(`expected a whole number from ${least} on`);
  };
