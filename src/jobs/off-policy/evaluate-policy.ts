/** A policy judged on a log that another one wrote, both in files. */

import { EngineError } from '#domain';
import {
  evaluatePolicy,
  marginalWeights,
  mrdrWeights,
  type PolicyEvaluationOptions,
  type PolicyReport,
  type PolicyVariant,
  toPolicyRounds,
  withPredictions,
  withWeights,
} from '#evaluation';
import { createRng } from '#math';
import { type BanditLog, readOpenBanditLog } from './open-bandit-log.ts';
import { type PositionPolicy, readPositionPolicy } from './read-policy.ts';
import { readRounds } from './read-rounds.ts';
import { readTable } from './read-table.ts';
import { type RewardRegression, regressRewards } from './reward-regression.ts';

export interface EvaluatePolicyOptions extends Omit<PolicyEvaluationOptions, 'variants'> {
  readonly seed: number;
}

export interface EvaluateLogOptions extends EvaluatePolicyOptions {
  readonly folds: number;
  readonly regularization: number;
  /** For MIPS: a file with the column item_id and one that names the item's category, and the log's own policy. */
  readonly marginal: { readonly items: string; readonly column: string; readonly loggingPolicy: string } | undefined;
}

export interface LogPolicyReport extends PolicyReport {
  readonly regression: RewardRegression;
}

/** Rounds that are ready, as `readRounds` reads them. @throws {EngineError} unreadable_file, invalid_data. */
export const evaluatePolicyRounds = async (path: string, options: EvaluatePolicyOptions): Promise<PolicyReport> => {
  const rounds = await readRounds(path);
  return evaluatePolicy(rounds, createRng(options.seed), withRange(options, rounds.rewards));
};

/**
 * A raw log in the Open Bandit format, and the judged policy as probabilities by action and position. The reward model is
 * fitted here; MRDR has its own, fitted with `mrdrWeights`. @throws {EngineError} unreadable_file, invalid_data.
 */
export const evaluatePolicyLog = async (
  paths: { readonly log: string; readonly policy: string },
  options: EvaluateLogOptions,
): Promise<LogPolicyReport> => {
  const log = await readOpenBanditLog(paths.log);
  const policy = await readPositionPolicy(paths.policy, log);
  const outside = log.rewards.findIndex((reward) => reward < 0 || reward > 1);
  if (outside !== -1) {
    throw new EngineError(
      'invalid_data',
      `${paths.log}, row ${outside + 1}, click: ${log.rewards[outside]}, expected a number from 0 to 1`,
    );
  }
  if (options.folds > log.rounds) {
    throw new EngineError('invalid_data', `${paths.log} has ${log.rounds} rounds: fewer than ${options.folds} folds`);
  }
  const targetProbabilities = Float64Array.from(log.actions, (action, n) =>
    policy.probability(action, log.positions[n]!),
  );
  const rng = createRng(options.seed);
  const columns = { ...log, targetProbabilities };
  const regression = regressRewards(log, policy, rng.derive('folds'), options);
  const rounds = toPolicyRounds({ ...columns, predictions: regression.predictions });
  const own = regressRewards(log, policy, rng.derive('folds'), {
    ...options,
    weights: mrdrWeights(targetProbabilities, log.loggedProbabilities),
  });
  const mrdr: PolicyVariant = {
    name: 'mrdr',
    title: 'DR, more robust',
    estimator: 'dr',
    rounds: withPredictions(rounds, own.predictions),
  };
  const mips = options.marginal === undefined ? [] : await marginalVariants(log, policy, rounds, options.marginal);
  const report = evaluatePolicy(rounds, rng, {
    ...withRange(options, log.rewards),
    variants: [mrdr, ...mips],
  });
  return { ...report, regression };
};

/** Rewards from 0 to 1 are taken for what rewards can be, unless told. */
const withRange = <Options extends EvaluatePolicyOptions>(options: Options, rewards: Float64Array): Options =>
  options.rewardRange === undefined && rewards.every((reward) => reward >= 0 && reward <= 1)
    ? { ...options, rewardRange: [0, 1] }
    : options;

const marginalVariants = async (
  log: BanditLog,
  target: PositionPolicy,
  rounds: ReturnType<typeof toPolicyRounds>,
  { items, column, loggingPolicy }: NonNullable<EvaluateLogOptions['marginal']>,
): Promise<readonly PolicyVariant[]> => {
  const logging = await readPositionPolicy(loggingPolicy, log);
  const categories = await readCategories(items, column, log.actionCount);
  const actions = Array.from({ length: log.actionCount }, (_, action) => action);
  const at = (policy: PositionPolicy, position: number) =>
    actions.map((action) => policy.probability(action, position));
  const byPosition = Array.from({ length: log.positionCount }, (_, position) => ({
    logged: at(logging, position),
    target: at(target, position),
  }));
  const weights = marginalWeights(log.actions, categories, (round) => byPosition[log.positions[round]!]!);
  const marginal = withWeights(rounds, weights);
  return [
    { name: 'mips', title: 'IPS, marginalised', estimator: 'ips', rounds: marginal },
    { name: 'mips_sn', title: 'SNIPS, marginalised', estimator: 'snips', rounds: marginal },
  ];
};

/** Category of each item, numbered in the order of first sight. */
const readCategories = async (path: string, column: string, actionCount: number): Promise<Uint32Array> => {
  const table = await readTable(path, ['item_id', column]);
  const known = new Map<string, number>();
  const categories = new Map<number, number>();
  for await (const row of table.rows) {
    const name = row.text(column);
    if (!known.has(name)) known.set(name, known.size);
    categories.set(row.amount('item_id'), known.get(name)!);
  }
  return Uint32Array.from({ length: actionCount }, (_, action) => {
    const category = categories.get(action);
    if (category === undefined) throw new EngineError('invalid_data', `${path} lacks item ${action}`);
    return category;
  });
};
