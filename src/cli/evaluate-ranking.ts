import { type Command, Option } from 'commander';
import {
  JUDGMENT_FORMATS,
  type JudgmentFormat,
  PAIRED_TESTS,
  type PairedTestName,
  type RankingReport,
} from '#evaluation';
import { compareRuns, type EvaluateRankingOptions, evaluateRanking } from '#jobs';
import { REPORT_FORMATS, type ReportFormat, type Shown, writeReport } from './ranking-report.ts';
import { writeComparison } from './run-comparison.ts';
import { styled, type Terminal } from './terminal.ts';
import { wholeFrom } from './whole-number.ts';

const HELP = `
Examples:
  ritornello evaluate ranking --qrels qrels.txt --run run.txt
  ritornello evaluate ranking --qrels qrels.txt --run run.txt -m ndcg_cut.5,10 -m P.10 -q
  ritornello evaluate ranking --qrels qrels.txt --run run.txt -m all_trec -c --json
  ritornello evaluate ranking --qrels qrels.txt --run new.txt --compare old.txt --test randomization -m map -m ndcg

Judgments are lines of "topic 0 document relevance", a run is lines of "topic Q0 document rank score run". Documents are
ranked by score, equal scores by name, the later first; the rank column is not looked at. Measures, names, parameters
and output are those of trec_eval 10; docs/reference/ranking-measures.md lists them. Sets: official (the standard),
all_trec, set, and for other judgments qrels_jg, prefs, all_prefs. Files may be compressed with gzip.

With --compare each measure that is a mean over topics is told for both runs, with the mean difference, its 95 % interval
and the p-value of the test, also as adjusted over the measures by Holm (p_holm) and Benjamini-Hochberg (p_bh).`;

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
  readonly compare?: string;
  readonly test: PairedTestName;
  readonly permutations: number;
  readonly seed: number;
  readonly format: ReportFormat;
  readonly json?: boolean;
}

export const addEvaluateRanking = (evaluate: Command, terminal: Terminal): void => {
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
    .option('--compare <file>', 'another run: tell by how much --run is better, and whether chance explains it')
    .addOption(new Option('--test <name>', 'paired test of --compare').choices(PAIRED_TESTS).default('randomization'))
    .option('--permutations <n>', 'draws of the randomization and bootstrap tests', wholeFrom(1000), 100_000)
    .option('--seed <n>', 'seed of those draws', wholeFrom(0), 1)
    .addOption(new Option('--format <format>', 'form of the result').choices(REPORT_FORMATS).default('trec_eval'))
    .option('--json', 'the same as --format json, and errors as JSON on standard error')
    .addHelpText('after', HELP)
    .action((flags: RankingFlags) => (flags.compare === undefined ? rank(flags, terminal) : compare(flags, terminal)));
};

const optionsOf = (flags: RankingFlags): EvaluateRankingOptions => ({
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

const shownOf = (flags: RankingFlags): Shown => ({
  format: flags.json === true ? 'json' : flags.format,
  perTopic: flags.perTopic === true,
  summary: flags.summary,
});

const rank = async (flags: RankingFlags, terminal: Terminal): Promise<void> => {
  const report = await evaluateRanking(optionsOf(flags));
  warnOfMissing('the run', report, flags, terminal);
  const text = writeReport(report, shownOf(flags));
  if (text !== '') terminal.print(text);
};

const compare = async (flags: RankingFlags, terminal: Terminal): Promise<void> => {
  const { reports, comparison } = await compareRuns({ ...optionsOf(flags), zScores: undefined }, flags.compare ?? '', {
    test: flags.test,
    draws: flags.permutations,
    seed: flags.seed,
  });
  warnOfMissing('the run', reports.of, flags, terminal);
  warnOfMissing('the run compared with', reports.against, flags, terminal);
  if (comparison.unpaired.length > 0) {
    warn(`only one of the runs has ${told(comparison.unpaired, '')}; left out`, terminal);
  }
  const text = writeComparison(comparison, shownOf(flags));
  if (text !== '') terminal.print(text);
};

const warnOfMissing = (what: string, { missing }: RankingReport, flags: RankingFlags, terminal: Terminal): void => {
  if (flags.complete === true || missing.length === 0) return;
  warn(`${what} lacks ${told(missing, 'judged ')}; left out, and with -c counted as empty`, terminal);
};

const warn = (text: string, terminal: Terminal): void =>
  terminal.talk(`${styled('warning:', 'bold', terminal.errIsTty)} ${text}`);

/** Topics by name, when there are few. */
const told = (topics: readonly string[], kind: string): string => {
  const few = topics.slice(0, 5).join(', ');
  return `${topics.length} ${kind}${topics.length === 1 ? 'topic' : 'topics'}: ${few}${topics.length > 5 ? ', …' : ''}`;
};
