import { type Command, InvalidArgumentError, Option } from 'commander';
import { POLICY_REWARDS } from '#api';
import type { Flags } from '#app';
import { EngineError, SURFACES } from '#domain';
import { POLICY_ESTIMATORS, type PolicyReport } from '#evaluation';
import {
  type EvaluateLogOptions,
  type EvaluatePolicyOptions,
  evaluatePolicyLog,
  evaluatePolicyRounds,
  type LogPolicyReport,
} from '#jobs';
import { addDataOptions } from './data-options.ts';
import { levelOption, numberOption } from './numbers.ts';
import { describePolicy, policyJson } from './policy-report.ts';
import { type ReplayFlags, replayFromLog } from './replay-policy.ts';
import type { Terminal } from './terminal.ts';
import { wholeFrom } from './whole-number.ts';

const HELP = `
Examples:
  ritornello evaluate policy --rounds rounds.csv
  ritornello evaluate policy --rounds rounds.csv --set switch_dr=10 --set dros=10 --json
  ritornello evaluate policy --log men.csv --policy policy.csv --folds 3
  ritornello evaluate policy --success home_shelf --policy calmer.yaml --from 2026-11-01

  # calmer.yaml: what it does otherwise than the policy that made the slates
  exploration_factor: 0.5         # or exploration: 0.05, the same for everyone
  band: 2                         # choose from the best 2 times the slots; the engine's own is 3
  scoring: { stages: { popularity: -1 }, tags: { jazz: 0.5 } }    # in standard deviations of a shelf's scores

What would another policy have earned? --rounds takes rounds that are ready to be weighed, one a line, with the columns
reward, pscore (the log's probability of its action) and pi_e (the judged policy's); with q_hat and dm, predictions of a
reward model, for the estimators that need one. --log takes a raw log in the Open Bandit format (item_id, position,
click, propensity_score, user_feature_…, user-item_affinity_…) and --policy the probabilities of the judged policy: no
header, one line an item, one column a position; the reward model is fitted here. --success (or --reward) takes the
engine's own slates from the warehouse, and --policy a document of what the judged policy does otherwise.

Parameters that are not --set are chosen by SLOPE. Below the estimates stands what the weights are worth, and whether
the estimates should be trusted. docs/concepts/off-policy.md explains all of it.`;

interface PolicyFlags extends ReplayFlags, Flags {
  readonly rounds?: string;
  readonly log?: string;
  readonly items?: string;
  readonly category?: string;
  readonly loggingPolicy?: string;
  readonly set: Readonly<Record<string, number>>;
  readonly grid?: readonly number[];
  readonly bootstrap: number;
  readonly rewardRange?: readonly [number, number];
  readonly leastProbability?: number;
  readonly folds: number;
  readonly regularization: number;
  readonly seed: number;
}

export const addEvaluatePolicy = (evaluate: Command, terminal: Terminal): void => {
  const command = evaluate
    .command('policy')
    .description('What a policy would have earned, from the log of another one.')
    .option('--rounds <file>', 'rounds with weights, CSV')
    .option('--log <file>', 'raw log in the Open Bandit format, CSV')
    .option('--policy <file>', 'the judged policy: with --log CSV, with --success or --reward YAML or JSON')
    .option(
      '--success <name>',
      "the engine's own slates; a card earns the value of this definition, name or name@version",
    )
    .addOption(new Option('--reward <reward>', "the engine's own slates; when a card earns 1").choices(POLICY_REWARDS))
    .addOption(new Option('--surface <surface>', "of the engine's own slates").choices(SURFACES).default('home'))
    .option('--from <day>', 'slates made from this day or time on')
    .option('--to <day>', 'and before this one')
    .option('--limit <n>', 'newest slates that are looked at, at most 5000', wholeFrom(1), 1000)
    .option('--items <file>', 'with --log: items and their categories, CSV, for marginalised weights')
    .option('--category <column>', 'with --items: the column of the category')
    .option('--logging-policy <file>', "with --items: the log's own policy, CSV")
    .option('--set <estimator=value>', 'fix the parameter of an estimator; may be given again', parameter, {})
    .option('--grid <values>', 'values of weights that tuning tries, parted by commas', grid)
    .option('--level <x>', 'coverage of the intervals', levelOption, 0.95)
    .option('--bootstrap <n>', 'resamples', wholeFrom(100), 1000)
    .option('--reward-range <lower,upper>', 'what rewards can be (default: 0,1 when all are)', range)
    .option(
      '--least-probability <p>',
      "the least with which the log's policy takes what the judged one may take, for Bernstein intervals",
      numberOption('a number above 0 and at most 1', (value) => value > 0 && value <= 1),
    )
    .option('--folds <n>', 'with --log: folds of the reward model', wholeFrom(2), 3)
    .option(
      '--regularization <x>',
      'with --log: of the reward model',
      numberOption('a number above 0', (value) => value > 0),
      1,
    )
    .option('--seed <n>', 'of resamples and folds', wholeFrom(0), 1);
  addDataOptions(command)
    .addHelpText('after', HELP)
    .action(async (flags: PolicyFlags) => {
      if (flags.success !== undefined || flags.reward !== undefined) {
        if (flags.rounds !== undefined || flags.log !== undefined) {
          throw new EngineError('invalid_request', 'expected one of --rounds, --log and --success or --reward');
        }
        return replayFromLog(flags, terminal);
      }
      const report = await judge(flags);
      terminal.print(flags.json ? JSON.stringify(policyJson(report)) : describePolicy(report, terminal.outIsTty));
    });
};

const judge = (flags: PolicyFlags): Promise<PolicyReport | LogPolicyReport> => {
  const options: EvaluatePolicyOptions = {
    seed: flags.seed,
    level: flags.level,
    resamples: flags.bootstrap,
    parameters: flags.set,
    weightGrid: flags.grid,
    rewardRange: flags.rewardRange,
    leastProbability: flags.leastProbability,
  };
  if (flags.rounds !== undefined && flags.log === undefined && flags.policy === undefined) {
    return evaluatePolicyRounds(flags.rounds, options);
  }
  if (flags.log !== undefined && flags.policy !== undefined && flags.rounds === undefined) {
    const { folds, regularization } = flags;
    return evaluatePolicyLog(
      { log: flags.log, policy: flags.policy },
      { ...options, folds, regularization, marginal: marginalOf(flags) },
    );
  }
  throw new EngineError(
    'invalid_request',
    'expected --rounds, or --log and --policy, or --success (or --reward) and --policy',
  );
};

const marginalOf = ({ items, category, loggingPolicy }: PolicyFlags): EvaluateLogOptions['marginal'] => {
  if (items === undefined && category === undefined && loggingPolicy === undefined) return undefined;
  if (items === undefined || category === undefined || loggingPolicy === undefined) {
    throw new EngineError('invalid_request', 'marginalised weights need --items, --category and --logging-policy');
  }
  return { items, column: category, loggingPolicy };
};

const parameter = (text: string, known: Readonly<Record<string, number>>): Readonly<Record<string, number>> => {
  const [name = '', amount = ''] = text.split('=');
  const found = POLICY_ESTIMATORS.find((one) => one.name === name);
  if (found?.parameter === undefined) {
    const names = POLICY_ESTIMATORS.flatMap((one) => (one.parameter === undefined ? [] : [one.name]));
    throw new InvalidArgumentError(`"${name}" has no parameter: expected ${names.join(', ')}`);
  }
  const { from, to } = found.parameter;
  const value = toNumber(amount);
  if (value >= from && value <= to) return { ...known, [name]: value };
  throw new InvalidArgumentError(`expected ${name}= a number from ${from} to ${to}`);
};

const grid = (text: string): readonly number[] => {
  const values = text.split(',').map(toNumber);
  if (values.every((value) => value >= 0)) return values;
  throw new InvalidArgumentError('expected numbers from 0 on, or Infinity, parted by commas');
};

const range = (text: string): readonly [number, number] => {
  const [lower, upper, ...rest] = text.split(',').map(toNumber);
  if (lower !== undefined && upper !== undefined && rest.length === 0 && lower < upper) return [lower, upper];
  throw new InvalidArgumentError('expected two numbers, the lower first, parted by a comma');
};

/** NaN for what is none, so that every comparison with it fails. */
const toNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
