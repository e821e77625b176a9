/**
 * Coat: people rated what they chose themselves (train) and what was given to them at random (test). The error of a
 * predictor on the random part is the truth; on the chosen part the plain mean of errors is off, and weights 1 / P(chosen)
 * bring it back [Schnabel2016].
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRng, evaluatePolicy, toPolicyRounds } from '#evaluation';
import { dataFolder } from './data-folder.ts';

const found = dataFolder('coat');

const matrix = (name: string): number[] =>
  readFileSync(join(found ?? '', name), 'utf8')
    .trim()
    .split(/\s+/)
    .map(Number);

describe.skipIf(found === undefined)('Coat', () => {
  const USERS = 290;
  const ITEMS = 300;
  const train = found === undefined ? [] : matrix('train.ascii');
  const test = found === undefined ? [] : matrix('test.ascii');
  const propensities = found === undefined ? [] : matrix('propensities.ascii');
  const rated = (ratings: readonly number[]): number[] => ratings.flatMap((rating, at) => (rating > 0 ? [at] : []));

  /** Predictors of very different kind, none learned from the test part. */
  const predictors: readonly (readonly [string, (at: number) => number])[] = [
    ...[1, 2, 3, 4, 5].map((rating) => [`always ${rating}`, () => rating] as const),
    ['mean of the chosen ratings', () => 2.6115],
    ['alternately 1 and 5 by item', (at) => ((at % ITEMS) % 2 === 0 ? 1 : 5)],
  ];

  it('has the counts of its card', () => {
    expect(train).toHaveLength(USERS * ITEMS);
    expect([rated(train).length, rated(test).length]).toEqual([6960, 4640]);
  });

  /** Mean absolute error on the random part, the same on the chosen part, and that corrected by SNIPS. */
  const judge = (predict: (at: number) => number) => {
    const errors = (ratings: readonly number[]) =>
      Float64Array.from(rated(ratings), (at) => Math.abs(ratings[at]! - predict(at)));
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const chosen = rated(train);
    // Every pair is as likely under the random exposure, so 1 / P(chosen) is the weight up to a factor SNIPS cancels.
    const least = chosen.reduce((low, at) => Math.min(low, propensities[at]!), 1);
    const rounds = toPolicyRounds({
      rewards: errors(train),
      loggedProbabilities: Float64Array.from(chosen, (at) => propensities[at]!),
      targetProbabilities: new Float64Array(chosen.length).fill(least),
    });
    const snips = evaluatePolicy(rounds, createRng('coat'), { resamples: 200 }).estimates[1]!.bootstrap;
    if (!snips.ok) throw new Error(snips.reason);
    return { truth: mean(errors(test)), naive: mean(errors(train)), snips: snips.value };
  };

  it('SNIPS brings the error of predictors nearer to the truth than the plain mean, not of each but of most', () => {
    let naive = 0;
    let corrected = 0;
    let nearer = 0;
    for (const [name, predict] of predictors) {
      const judged = judge(predict);
      const told = [judged.truth, judged.naive, judged.snips].map((value) => value.toFixed(4));
      console.log(`coat, ${name}: truth ${told[0]}, naive ${told[1]}, SNIPS ${told[2]}`);
      naive += Math.abs(judged.naive - judged.truth) / predictors.length;
      corrected += Math.abs(judged.snips - judged.truth) / predictors.length;
      if (Math.abs(judged.snips - judged.truth) < Math.abs(judged.naive - judged.truth)) nearer++;
    }
    console.log(`coat: mean distance from the truth, naive ${naive.toFixed(4)}, SNIPS ${corrected.toFixed(4)}`);
    expect(corrected).toBeLessThan(0.5 * naive);
    expect(nearer).toBeGreaterThanOrEqual(predictors.length - 1);
  });
});
