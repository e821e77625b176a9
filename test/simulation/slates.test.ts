/**
 * Slate estimators where the truth is known: the environment in which RIPS was published, slates of ten, 5,000 a log.
 * By default nine logs of each policy; with RITORNELLO_SLOW=1 the 500 of docs/concepts/slates.md, with a table of RMSE,
 * bias and coverage on standard output. `RITORNELLO_SLOW=1 npx vitest run --project simulation test/simulation/slates.test.ts`
 */

import { describe, expect, it } from 'vitest';
import { createRng, groupJackknife, pointOf, SLATE_ESTIMATORS, withoutDraws } from '#evaluation';
import {
  aimAt,
  createSlateWorld,
  drawsOf,
  keepSlates,
  logSlates,
  POLICIES,
  type PolicyName,
  roundsOf,
  SLATES,
  truthOf,
} from './slate-world.ts';

// biome-ignore lint/style/noProcessEnv: tests have no configuration of their own.
const SLOW = process.env['RITORNELLO_SLOW'] === '1';
const LOGS = SLOW ? 500 : 9;
const SLOTS = 10;
const DRAWS = 1000;
const GROUPS = 20;

interface Trial {
  readonly target: PolicyName;
  /** Estimate minus truth, by estimator. */
  readonly errors: ReadonlyMap<string, number>;
  /** Whether the interval of slot_dr holds the truth. */
  readonly covered: boolean;
}

const ASKED = SLATE_ESTIMATORS.filter(({ needs }) => needs !== 'cascade_model');
const slotDr = SLATE_ESTIMATORS.find(({ name }) => name === 'slot_dr')!;

/** One world, one log, one judged policy. */
const tryOnce = (logging: PolicyName, target: PolicyName, trial: number): Trial => {
  const rng = createRng('slates').derive(logging, target, trial);
  const world = createSlateWorld(rng.derive('world'));
  const log = aimAt(logSlates(world, logging, SLOTS, rng.derive('log')), target);
  const draws = drawsOf(target, SLOTS, DRAWS, rng.derive('draws'));
  const truth = truthOf(world, target);
  const rounds = roundsOf(log, draws);
  const errors = new Map<string, number>();
  for (const { name, parts } of ASKED) {
    const value = pointOf(parts(rounds));
    if (value !== undefined) errors.set(name, value - truth);
  }
  const estimateOf = (places: Uint32Array, group: number | undefined) => {
    const own = group === undefined ? draws : withoutDraws(draws, group, GROUPS);
    return pointOf(slotDr.parts(roundsOf(keepSlates(log, places), own)));
  };
  const interval = groupJackknife(SLATES, GROUPS, estimateOf, rng.derive('groups'));
  const covered = interval.ok && interval.interval.lower <= truth && truth <= interval.interval.upper;
  return { target, errors, covered };
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const errorsOf = (trials: readonly Trial[], estimator: string): number[] =>
  trials.map(({ errors }) => errors.get(estimator) ?? Number.NaN);
const rmse = (trials: readonly Trial[], estimator: string): number =>
  Math.sqrt(mean(errorsOf(trials, estimator).map((error) => error * error)));
const coverage = (trials: readonly Trial[]): number => trials.filter(({ covered }) => covered).length / trials.length;

/** A quarter below what RIPS was published with [McInerney2020]: .663, .629, 2.229. */
const TARGETS = { best: 0.5, random: 0.47, worst: 1.67 } as const;

const tell = (logging: PolicyName, trials: readonly Trial[]): void => {
  const names = ASKED.map(({ name }) => `${name} ${rmse(trials, name).toFixed(3)}`);
  console.log(`${logging}, RMSE over ${trials.length} logs: ${names.join(' | ')}`);
  for (const target of [...POLICIES, undefined]) {
    const own = trials.filter((trial) => target === undefined || trial.target === target);
    const values = [coverage(own), mean(errorsOf(own, 'slot_dr')), rmse(own, 'slot_dr')];
    const told = values.map((value) => value.toFixed(4)).join(', ');
    console.log(`${logging} → ${target ?? 'all'}: coverage, bias, RMSE of slot_dr ${told} over ${own.length}`);
  }
};

describe('slate estimators on the published environment', () => {
  it.each(POLICIES)('meet their targets when the log is of %s', (logging) => {
    // Judged policies take turns.
    const trials = Array.from({ length: LOGS }, (_, trial) => tryOnce(logging, POLICIES[trial % 3]!, trial));
    if (SLOW) tell(logging, trials);
    // slot_dr is below its target by a factor of five or more.
    expect(rmse(trials, 'slot_dr')).toBeLessThan(TARGETS[logging]);
    expect(rmse(trials, 'rips_lookback')).toBeLessThan(rmse(trials, 'snips'));
    expect(rmse(trials, 'rips_lookback')).toBeLessThan(rmse(trials, 'iips'));
    expect(rmse(trials, 'slot_dr')).toBeLessThan(rmse(trials, 'rips_lookback'));
    // 9 logs: fewer than 6 covered at a true 95 % happens once in 1,600 seeds. 500: what an interval of 95 % is held to.
    expect(coverage(trials)).toBeGreaterThanOrEqual(SLOW ? 0.93 : 6 / 9);
    if (SLOW) expect(coverage(trials)).toBeLessThanOrEqual(0.97);
  });
});
