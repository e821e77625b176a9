/** Who will still be there far ahead, by what is known of users now: from a file of states, one a user and step. */

import { EngineError, type Estimate } from '#domain';
import { createRng } from '#math';
import {
  bootstrapEstimate,
  fitTemporalSurvival,
  integratedBrierScore,
  kaplanMeier,
  type Lifetimes,
  survivalAt,
} from '#stats';
import { flagColumn, labelColumn, numberColumn } from '../tables/columns.ts';
import { readTable, type Table } from '../tables/read-table.ts';

export interface SurvivalAheadOptions {
  readonly data: string;
  readonly user: string;
  /** Whole numbers, one more from a user's state to the next. */
  readonly step: string;
  /** Of a user's last line: whether it ended in the step after it. */
  readonly ended: string;
  readonly covariates: readonly string[];
  /** Arm of a user, e.g. of an experiment. */
  readonly group?: string;
  /** Steps ahead, counted from each user's last state. */
  readonly horizon: number;
  /** 0 learns from the prediction at the next state, 1 from what sequences did. */
  readonly lambda: number;
  readonly resamples: number;
  readonly seed: string;
  readonly level: number;
}

export interface SurvivalAheadReport {
  readonly users: number;
  readonly states: number;
  /** Expected share of a group still there `horizon` steps after the last state; those that ended count as gone. */
  readonly groups: readonly { readonly group: string; readonly users: number; readonly expected: Estimate }[];
  /** Each further group minus the first. */
  readonly differences: readonly { readonly group: string; readonly estimate: Estimate }[];
  /** Integrated Brier scores from the first state, of halves of the users learned from the other half; smaller is better. */
  readonly judged: { readonly steps: number; readonly model: Estimate; readonly withoutCovariates: Estimate };
}

interface User {
  readonly states: readonly (readonly number[])[];
  readonly ended: number;
  readonly group: number;
}

/** Small, as its pull adds up over the steps; covariates are standardized. */
const REGULARIZATION = 0.01;

/**
 * Expected survival far ahead [Chandar2022] by temporally consistent hazards [Maystre2022], with percentile intervals of
 * a bootstrap over users that learns anew in each resample, and the score of curves for users not learned from.
 * Cost: (resamples + 3) fits, each horizon × states × covariates².
 * @throws {EngineError} unreadable_file, invalid_data
 */
export const survivalAhead = async (options: SurvivalAheadOptions): Promise<SurvivalAheadReport> => {
  const table = await readTable(options.data);
  const groups = options.group === undefined ? undefined : labelColumn(table, options.group);
  const users = usersIn(table, options, groups?.of);
  const names = groups?.names ?? ['all'];
  /** Expected shares of all groups, of the users at these places. Draws of one seed are the same, and fitted once. */
  const known = new Map<string, readonly number[]>();
  const expectedOf = (places: Uint32Array): readonly number[] => {
    const key = places.join();
    const made =
      known.get(key) ??
      expectedShares(
        Array.from(places, (place) => users[place]!),
        names.length,
        options,
      );
    known.set(key, made);
    return made;
  };
  const estimate = (of: (shares: readonly number[]) => number): Estimate =>
    bootstrapEstimate(users.length, (places) => of(expectedOf(places)), createRng(options.seed), {
      resamples: options.resamples,
      interval: 'percentile',
      level: options.level,
    });
  return {
    users: users.length,
    states: table.rows.length,
    groups: names.map((group, at) => ({
      group,
      users: users.filter((user) => user.group === at).length,
      expected: estimate((shares) => shares[at]!),
    })),
    differences: names
      .slice(1)
      .map((group, at) => ({ group, estimate: estimate((shares) => shares[at + 1]! - shares[0]!) })),
    judged: judge(users, options),
  };
};

const usersIn = (table: Table, options: SurvivalAheadOptions, groups: Uint32Array | undefined): readonly User[] => {
  const covariates = options.covariates.map((name) => numberColumn(table, name));
  const step = numberColumn(table, options.step);
  const ended = flagColumn(table, options.ended);
  const { names, of } = labelColumn(table, options.user);
  const rows: number[][] = names.map(() => []);
  for (let row = 0; row < of.length; row++) rows[of[row]!]!.push(row);
  const wrong = (row: number, what: string): EngineError =>
    new EngineError('invalid_data', `line ${row + table.firstLine} of ${table.path}: ${what}`);
  return rows.map((unsorted, user) => {
    const places = unsorted.sort((a, b) => step[a]! - step[b]!);
    places.slice(1).forEach((row, at) => {
      const before = places[at]!;
      if (step[row] !== step[before]! + 1) {
        throw wrong(
          row,
          `step ${step[row]} of user "${names[user]}" follows ${step[before]}: expected every step once`,
        );
      }
      if (ended[before])
        throw wrong(before, `user "${names[user]}" ended, and has a later step: expected it on the last`);
      if (groups && groups[row] !== groups[before]) throw wrong(row, `user "${names[user]}" is in two groups`);
    });
    return {
      states: places.map((row) => covariates.map((column) => column[row]!)),
      ended: ended[places.at(-1)!]!,
      group: groups?.[places[0]!] ?? 0,
    };
  });
};

/** A fitted model: S(0) … S(horizon) of a state. */
const learn = (
  users: readonly User[],
  horizon: number,
  lambda: number,
): ((state: readonly number[]) => Float64Array) => {
  const states = users.flatMap((user) => user.states);
  const p = states[0]?.length ?? 0;
  const scales = Array.from({ length: p }, (_, j) => {
    const mean = states.reduce((sum, state) => sum + state[j]!, 0) / states.length;
    const spread = Math.sqrt(states.reduce((sum, state) => sum + (state[j]! - mean) ** 2, 0) / states.length);
    return { mean, spread: spread > 0 ? spread : 1 };
  });
  // The model's own offset is the base rate; the last, always 1, lets it move.
  const scaled = (state: readonly number[]): number[] => [
    ...state.map((value, j) => (value - scales[j]!.mean) / scales[j]!.spread),
    1,
  ];
  const { survival } = fitTemporalSurvival(
    {
      features: states.flatMap(scaled),
      p: p + 1,
      lengths: users.map((user) => user.states.length),
      ended: users.map((user) => user.ended),
    },
    { horizon, regularization: REGULARIZATION, lambda },
  );
  return (state) => survival(scaled(state));
};

/** By group; NaN for a group that has no user among these. */
const expectedShares = (
  users: readonly User[],
  groups: number,
  { horizon, lambda }: SurvivalAheadOptions,
): number[] => {
  const curveOf = learn(users, horizon, lambda);
  const sums = new Float64Array(groups);
  const counts = new Float64Array(groups);
  for (const { states, ended, group } of users) {
    sums[group]! += ended ? 0 : curveOf(states.at(-1)!)[horizon]!;
    counts[group]! += 1;
  }
  return Array.from(sums, (sum, group) => sum / counts[group]!);
};

const judge = (
  users: readonly User[],
  { horizon, lambda, level }: SurvivalAheadOptions,
): SurvivalAheadReport['judged'] => {
  const longest = users.reduce((most, user) => Math.max(most, user.states.length), 0);
  const steps = Math.min(horizon, longest - 1);
  if (steps < 1 || users.length < 4) {
    const none: Estimate = { ok: false, reason: steps < 1 ? 'nobody_followed_that_long' : 'too_few_users' };
    return { steps, model: none, withoutCovariates: none };
  }
  const halves = [0, 1].map((half) => users.filter((_, at) => at % 2 === half));
  const judged = halves.flat();
  const score = (curvesOf: (learned: readonly User[]) => (state: readonly number[]) => ArrayLike<number>): Estimate =>
    integratedBrierScore(
      lifetimesOf(judged),
      halves.flatMap((half, at) => half.map((user) => user.states[0]!).map(curvesOf(halves[1 - at]!))),
      steps,
      { level },
    );
  return {
    steps,
    model: score((learned) => learn(learned, steps, lambda)),
    withoutCovariates: score((learned) => {
      const curve = kaplanMeier(lifetimesOf(learned));
      const shares = Array.from({ length: steps + 1 }, (_, k) => {
        const share = survivalAt(curve, k);
        // Within `steps` somebody is followed, so the curve ends only where all have.
        return share.ok ? share.value : 0;
      });
      return () => shares;
    }),
  };
};

/** From the first state: a user lost from view was not seen through the step after its last. */
const lifetimesOf = (users: readonly User[]): Lifetimes => ({
  durations: users.map((user) => user.states.length),
  ended: users.map((user) => user.ended),
});
