import { type Command, Option } from 'commander';
import { PAIRED_TESTS, type PairedTestName } from '#evaluation';
import {
  COLLECTION_KINDS,
  type CollectionKind,
  initCollection,
  openCollection,
  reportCollection,
  SHIPPED_COLLECTIONS,
  type ShippedCollection,
  scoreCollection,
  writePool,
} from '#jobs';
import { type AssessFlags, assess } from './collection-assess.ts';
import { leaderboardText, reportJson, reportText, scoresJson } from './collection-report.ts';
import type { Terminal } from './terminal.ts';
import { wholeFrom } from './whole-number.ts';

const HELP = `
Examples:
  ritornello collection init ./night --example night-shelf      a small made-up collection to try
  ritornello collection init ./mine --name mine                 an empty one
  ritornello collection pool ./mine --depth 20                  what is to be judged: pool.tsv
  ritornello collection assess ./mine --assessor anna           judge, or see what is left
  ritornello collection score ./mine                            the leaderboard
  ritornello collection report ./mine --json                    and agreement, significance, reusability

A test collection is a folder of plain files: collection.json, topics.tsv, runs/TEAM/RUN.txt, assessments/NAME.qrels, and
what is made of them, pool.tsv and qrels.txt. docs/guides/test-collection.md goes through one.`;

interface TestFlags {
  readonly test: PairedTestName;
  readonly permutations: number;
  readonly seed: number;
  readonly json?: boolean;
}

export const addCollection = (verb: Command, terminal: Terminal): void => {
  const collection = verb.addHelpText('after', HELP);
  addInit(collection, terminal);
  addPool(collection, terminal);
  addAssess(collection, terminal);
  for (const kind of ['score', 'report'] as const) addTested(collection, terminal, kind);
};

const addInit = (collection: Command, terminal: Terminal): void => {
  collection
    .command('init <folder>')
    .description('A new collection: empty, or a copy of a small made-up one.')
    .option('--name <name>', 'name of an empty one', 'collection')
    .addOption(
      new Option('--kind <kind>', 'levels of documents, or parts of recordings')
        .choices(COLLECTION_KINDS)
        .default('graded'),
    )
    .addOption(new Option('--example <name>', 'copy one that comes with the package').choices(SHIPPED_COLLECTIONS))
    .action(
      async (
        folder: string,
        flags: { name: string; kind: CollectionKind; example?: ShippedCollection },
      ): Promise<void> => {
        const { name, kind, example } = flags;
        await initCollection(folder, example === undefined ? { name, kind } : { example });
        terminal.print(`${folder}: ${example ?? name} is there; next: ritornello collection pool ${folder}`);
      },
    );
};

const addPool = (collection: Command, terminal: Terminal): void => {
  collection
    .command('pool <folder>')
    .description('Write pool.tsv: the first documents of all runs, which are to be judged.')
    .option('--depth <k>', 'documents of each run and topic (standard: depth of collection.json)', wholeFrom(1))
    .option('--json', 'the result as JSON, and errors as JSON on standard error')
    .action(async (folder: string, { depth, json }: { depth?: number; json?: boolean }): Promise<void> => {
      const { path, pooled, topics } = await writePool(folder, depth);
      terminal.print(
        json === true ? JSON.stringify({ path, pooled, topics }) : `${path}: ${pooled} to judge in ${topics} topics`,
      );
    });
};

const addAssess = (collection: Command, terminal: Terminal): void => {
  collection
    .command('assess <folder>')
    .description('Judge what is pooled, one by one at a terminal or from a file; else tell what is left.')
    .requiredOption('--assessor <name>', 'who judges')
    .option(
      '--judgments <file>',
      'lines of "topic document level" to add; of parts "topic recording start end relevance"',
    )
    .action((folder: string, flags: AssessFlags): Promise<void> => assess(folder, flags, terminal));
};
const addTested = (collection: Command, terminal: Terminal, kind: 'score' | 'report'): void => {
  collection
    .command(`${kind} <folder>`)
    .description(
      kind === 'score'
        ? 'The leaderboard: means with intervals, and groups that no test tells apart.'
        : 'The leaderboard, agreement of assessors, and how the collection treats a team it does not know.',
    )
    .addOption(new Option('--test <name>', 'paired test between runs').choices(PAIRED_TESTS).default('randomization'))
    .option('--permutations <n>', 'draws of the randomization and bootstrap tests', wholeFrom(1000), 100_000)
    .option('--seed <n>', 'seed of those draws', wholeFrom(0), 1)
    .option('--json', 'the result as JSON, and errors as JSON on standard error')
    .action(async (folder: string, { test, permutations, seed, json }: TestFlags): Promise<void> => {
      const open = await openCollection(folder);
      const options = { test, draws: permutations, seed };
      if (kind === 'score') {
        const boards = scoreCollection(open, options);
        terminal.print(json === true ? JSON.stringify(scoresJson(boards)) : boards.map(leaderboardText).join('\n\n'));
        return;
      }
      const report = reportCollection(open, options);
      terminal.print(json === true ? JSON.stringify(reportJson(report)) : reportText(report));
    });
};
