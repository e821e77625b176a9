/** A reward model for logs of bandits: logistic regression, cross-fitted. */

import { crossFit, type RewardModel, type RewardPredictions } from '#evaluation';
import { csrFromTriples, type Rng } from '#math';
import { fitLogistic, type LogisticFit } from '#models';
import type { BanditLog } from './open-bandit-log.ts';
import type { PositionPolicy } from './read-policy.ts';

export interface RegressionOptions {
  readonly folds: number;
  /** Of the logistic regression. */
  readonly regularization: number;
  /** One a round; rounds count alike unless given. */
  readonly weights?: Float64Array;
}

export interface RewardRegression {
  readonly predictions: RewardPredictions;
  /** One a fold. */
  readonly fits: readonly LogisticFit[];
  readonly features: number;
  /** Mean −log P of the rewards under the cross-fitted predictions, in nats; the rewards of a fold were never seen. */
  readonly logLoss: number;
  /** The same of the log's mean reward: what a model must beat to have learned anything. */
  readonly logLossOfMean: number;
}

/**
 * P(click | context, item, position) from one place each for item, position and value of each user feature, and the
 * user's affinity to the item where the log has it. Rewards lie in [0, 1].
 */
export const regressRewards = (
  log: BanditLog,
  target: PositionPolicy,
  rng: Rng,
  { folds, regularization, weights }: RegressionOptions,
): RewardRegression => {
  const encoder = createEncoder(log);
  const fits: LogisticFit[] = [];
  const learn = (training: Uint32Array): RewardModel => {
    const model = fitLogistic(
      encoder.matrix(training),
      Float64Array.from(training, (n) => log.rewards[n]!),
      { regularization, weights: weights && Float64Array.from(training, (n) => weights[n]!) },
    );
    fits.push(model.fit);
    return (round, action) => {
      const { places, values } = encoder.encode(round, action);
      return model.predict(places, values);
    };
  };
  const actions = Array.from({ length: log.actionCount }, (_, action) => action);
  const predictions = crossFit(
    {
      rounds: log.rounds,
      logged: log.actions,
      target: (round) => actions.map((action) => [action, target.probability(action, log.positions[round]!)] as const),
      folds,
      learn,
    },
    rng,
  );
  const mean = log.rewards.reduce((sum, reward) => sum + reward, 0) / log.rounds;
  return {
    predictions,
    fits,
    features: encoder.size,
    logLoss: logLoss(log.rewards, predictions.logged),
    logLossOfMean: logLoss(log.rewards, new Float64Array(log.rounds).fill(mean)),
  };
};

/** Places of features and their values, for a round with an action. */
const createEncoder = (log: BanditLog) => {
  const offsets: number[] = [];
  let size = log.actionCount + log.positionCount;
  for (const count of log.userFeatureSizes) {
    offsets.push(size);
    size += count;
  }
  const affinityPlace = size;
  if (log.affinities !== undefined) size++;
  const width = log.affinities === undefined ? 0 : log.affinities.length / log.rounds;
  const encode = (round: number, action: number) => {
    const places = [action, log.actionCount + log.positions[round]!];
    const values = [1, 1];
    for (let feature = 0; feature < offsets.length; feature++) {
      places.push(offsets[feature]! + log.userFeatures[feature]![round]!);
      values.push(1);
    }
    if (log.affinities !== undefined) {
      places.push(affinityPlace);
      values.push(log.affinities[round * width + action]!);
    }
    return { places, values };
  };
  const matrix = (rounds: Uint32Array) => {
    const triples = { rows: [] as number[], columns: [] as number[], values: [] as number[] };
    rounds.forEach((round, row) => {
      const { places, values } = encode(round, log.actions[round]!);
      for (let n = 0; n < places.length; n++) {
        triples.rows.push(row);
        triples.columns.push(places[n]!);
        triples.values.push(values[n]!);
      }
    });
    return csrFromTriples(rounds.length, size, triples);
  };
  return { size, encode, matrix };
};

const logLoss = (rewards: Float64Array, predicted: Float64Array): number => {
  let loss = 0;
  for (let n = 0; n < rewards.length; n++) {
    // Rewards strictly between 0 and 1 count as shares of both.
    const hit = rewards[n] === 0 ? 0 : rewards[n]! * Math.log(predicted[n]!);
    const miss = rewards[n] === 1 ? 0 : (1 - rewards[n]!) * Math.log1p(-predicted[n]!);
    loss -= hit + miss;
  }
  return loss / rewards.length;
};
