import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { EngineError, type Estimate } from '#domain';
import { chooseWorld, compareWorlds, ENGINE_POLICY, type SimulateResult, simulate } from '#jobs';
import {
  type ComparedPolicy,
  MEASURE_DOCS,
  MEASURES,
  type Measure,
  POLICIES,
  POLICY_NAMES,
  PRESET_NAMES,
} from '#simulation';
import { readVersion } from '#version';
import { progressLine } from './progress.ts';
import { ESTIMATE_HELP, runEstimate } from './simulate-estimate.ts';
import { addSimulateScore } from './simulate-score.ts';
import { optionsOf, type WorldFlags, worldOptions } from './simulate-world.ts';
import { columns, type Terminal } from './terminal.ts';
import { wholeFrom } from './whole-number.ts';

const HELP = `
Examples:
  ritornello simulate --world small --days 28 --policy click_greedy,oracle --out /tmp/run
  ritornello simulate --world my-world.yaml --users 500 --policy engine --seed 7 --json
  ritornello simulate --world small --days 14 --users 50 --policy engine --through-http http://127.0.0.1:8787
  ritornello simulate compare --world small --days 91 --policy click_greedy,engine,oracle --seeds 3
  ritornello simulate score /tmp/run/click_greedy

Worlds: ${PRESET_NAMES.join(', ')}, or a YAML file (docs/reference/worlds.md).
Policies: ${ENGINE_POLICY} is this engine; to hold it against: ${POLICY_NAMES.join(', ')}.
Each policy gets a folder in --out: events.ndjson in the engine's own form, items.ndjson, oracle.ndjson with the truth. The same
world, seed and policy give the same bytes; a run that was ended goes on when it is started again (the engine's own begins anew).`;

const COMPARE_HELP = `
Examples:
  ritornello simulate compare --world small --days 91 --policy click_greedy,oracle
  ritornello simulate compare --world claim/clickbait --days 91 --policy click_greedy,journey_value,oracle --seeds 8 --json
  ritornello simulate compare --world city --days 91 --policy engine,click_greedy,oracle --seeds 3 --out comparison

Each seed is a world of its own in which every policy serves the same people. Differences are paired, to the first policy
named; intervals are over worlds, so more seeds make them narrower. "truth" marks what no log can show. With --out every run that has
ended is kept in the folder: the same command, given again after a break, lives only the others; the result is there as well.`;

interface PolicyFlags extends WorldFlags {
  readonly policy: readonly string[];
}

interface SimulateFlags extends PolicyFlags {
  readonly out?: string;
  readonly throughHttp?: string;
  readonly key?: string;
  readonly shards?: number;
}

export const addSimulate = (verb: Command, terminal: Terminal): void => {
  const command = policyOption(worldOptions(verb))
    .option('--out <folder>', 'where logs go; without it only the summary is printed')
    .option('--through-http <url>', 'let the engine policy be served by the server there')
    .option('--key <key>', 'admin key of that server, when it has keys')
    .option('--shards <n>', 'threads; they change nothing but the time', wholeFrom(1))
    .addHelpText('after', HELP)
    .action((flags: SimulateFlags) => run(flags, terminal));
  policyOption(
    worldOptions(
      command.command('compare').description('Policies side by side, on short-term measures and on the truth.'),
    ),
  )
    .option('--seeds <n>', 'worlds; intervals need two', wholeFrom(1), 5)
    .option('--out <folder>', 'keep runs that have ended there, and the result; without it only the result is printed')
    .addHelpText('after', COMPARE_HELP)
    .action((_: unknown, self: Command) => compare(optionsOf(self), terminal));
  addSimulateScore(command, terminal, wholeFrom(1));
  worldOptions(
    command
      .command('estimate')
      .description('Hold off-policy estimators against the true value of the policy that they judge.'),
  )
    .option('--logged <policy>', 'who writes the log', 'click_explore')
    .option('--judged <policy>', 'who is judged from it', 'click_greedy')
    .option('--seeds <n>', 'worlds', wholeFrom(2), 20)
    .addHelpText('after', ESTIMATE_HELP)
    .action((_: unknown, self: Command) => runEstimate(optionsOf(self), terminal));
};

const policyOption = (command: Command): Command =>
  command.addOption(
    new Option('--policy <names>', 'policies, parted by commas')
      .argParser(names)
      .default(['click_greedy'], 'click_greedy'),
  );

const run = async (flags: SimulateFlags, terminal: Terminal): Promise<void> => {
  const document = chooseWorld({ world: flags.world, listeners: flags.users, seed: flags.seed });
  if (flags.throughHttp !== undefined && !flags.policy.includes(ENGINE_POLICY)) {
    throw new EngineError('invalid_request', `--through-http is for the policy ${ENGINE_POLICY}`);
  }
  const results: SimulateResult[] = [];
  for (const policy of flags.policy) {
    const line = progressLine(policy, terminal);
    const result = await simulate({
      document,
      days: flags.days,
      start: flags.start,
      policy,
      folder: flags.out === undefined ? null : join(flags.out, policy),
      shards: flags.shards,
      throughHttp: flags.throughHttp === undefined ? null : { url: flags.throughHttp, key: flags.key },
      onDay: (done, total) => line.update({ done, total, unit: 'days' }),
    }).finally(line.stop);
    if (result.resumedAfter !== null)
      terminal.talk(`${policy}: went on after ${Math.min(result.resumedAfter, flags.days)} days that were there`);
    results.push(result);
  }
  const summary = { world: document.name, seed: document.seed, days: flags.days, policies: results.map(toJson) };
  if (flags.out !== undefined) writeFileSync(join(flags.out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  terminal.print(flags.json ? JSON.stringify(summary) : describe(results));
};

const toJson = ({ policy, events, summary, counts }: SimulateResult): object => ({
  policy,
  events,
  listeners: counts.listeners,
  measures: summary,
});

const describe = (results: readonly SimulateResult[]): string =>
  columns([
    ['measure', ...results.map((result) => result.policy), ''],
    ['events', ...results.map((result) => String(result.events)), ''],
    ...MEASURES.map((name) => [name, ...results.map((result) => told(result.summary[name])), docOf(name)]),
  ]);

interface CompareFlags extends PolicyFlags {
  readonly seeds: number;
  readonly out?: string;
}

const compare = async (flags: CompareFlags, terminal: Terminal): Promise<void> => {
  const document = chooseWorld({ world: flags.world, listeners: flags.users, seed: flags.seed });
  const line = progressLine('worlds', terminal);
  const compared = await compareWorlds({
    document,
    days: flags.days,
    start: flags.start,
    policies: flags.policy,
    seeds: flags.seeds,
    ...(flags.out !== undefined && { kept: { folder: flags.out, version: readVersion() } }),
    onResume: (runs) => terminal.talk(`${runs} of ${flags.seeds * flags.policy.length} runs were there`),
    onDay: (done, total) => line.update({ done, total, unit: 'days' }),
  }).finally(line.stop);
  const result = {
    world: document.name,
    seed: document.seed,
    seeds: flags.seeds,
    days: flags.days,
    policies: compared,
  };
  if (flags.out !== undefined) {
    writeFileSync(join(flags.out, 'comparison.json'), `${JSON.stringify(result, null, 2)}\n`);
  }
  terminal.print(flags.json ? JSON.stringify(result) : describeCompared(compared));
};

const describeCompared = (compared: readonly ComparedPolicy[]): string => {
  const [first, ...others] = compared;
  const head = [
    'measure',
    ...compared.map(({ policy }) => policy),
    ...others.map(({ policy }) => `${policy} − ${first?.policy}`),
    '',
  ];
  return columns([
    head,
    ...MEASURES.map((name) => [
      name,
      ...compared.map(({ measures }) => told(measures[name])),
      ...others.map(({ differences }) => told(differences[name])),
      docOf(name),
    ]),
    [
      'of_oracle',
      ...compared.map(({ ofOracle }) => told(ofOracle)),
      ...others.map(() => ''),
      'utility as a share of the oracle’s (truth)',
    ],
  ]);
};

const REASONS: Readonly<Record<string, string>> = {
  one_unit: 'needs two',
  no_oracle: 'oracle was not tried',
};

/** Value and interval; where there is no number, why. */
const told = (estimate: Estimate): string => {
  if (!estimate.ok) return REASONS[estimate.reason] ?? estimate.reason.replaceAll('_', ' ');
  const { lower, upper } = estimate.interval;
  return `${estimate.value.toFixed(3)} [${lower.toFixed(3)}, ${upper.toFixed(3)}]`;
};

const docOf = (name: Measure): string => `${MEASURE_DOCS[name].doc}${MEASURE_DOCS[name].truth ? ' (truth)' : ''}`;

const names = (text: string): readonly string[] => {
  const found = text.split(',').map((part) => part.trim());
  for (const [n, name] of found.entries()) {
    if (name !== ENGINE_POLICY && !Object.hasOwn(POLICIES, name)) {
      throw new InvalidArgumentError(
        `unknown policy "${name}": expected ${[ENGINE_POLICY, ...POLICY_NAMES].join(', ')}`,
      );
    }
    if (found.indexOf(name) !== n) throw new InvalidArgumentError(`"${name}" is named twice`);
  }
  return found;
};
