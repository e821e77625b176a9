/** Survival statistics against worlds with known truth. Every band states how often a right implementation leaves it. */

import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '#math';
import {
  fitCox,
  fitTemporalSurvival,
  kaplanMeier,
  logRank,
  restrictedMean,
  restrictedMeanDifference,
  type StateSequences,
  survivalAt,
} from '#stats';

// biome-ignore lint/style/noProcessEnv: tests have no configuration of their own.
const SLOW = process.env['RITORNELLO_SLOW'] === '1';

/** ±4 standard errors of a share: a right one falls outside in 1 of 16,000. */
const near = (share: number, expected: number, n: number): void =>
  expect(Math.abs(share - expected)).toBeLessThanOrEqual(4 * Math.sqrt((expected * (1 - expected)) / n));

const exponential = (rng: Rng, rate: number): number => -Math.log(1 - rng.next()) / rate;

/** Share of worlds for which something holds. */
const shareOf = (worlds: number, name: string, holds: (rng: Rng) => boolean): number => {
  const rng = createRng('survival');
  let sum = 0;
  for (let world = 0; world < worlds; world++) sum += Number(holds(rng.derive(name, world)));
  return sum / worlds;
};

/** Two arms of exponential absences, censored uniformly. */
const arms = (rng: Rng, n: number, ratio: number) => {
  const z = Array.from({ length: n }, (_, i) => i % 2);
  const ends = z.map((arm) => exponential(rng, arm === 1 ? ratio : 1));
  const lost = z.map(() => 3 * rng.next());
  return {
    z,
    durations: ends.map((end, i) => Math.min(end, lost[i]!)),
    ended: ends.map((end, i) => Number(end <= lost[i]!)),
  };
};

const covers = (
  estimate: { readonly ok: boolean; readonly interval?: { lower: number; upper: number } },
  truth: number,
) => estimate.ok && estimate.interval!.lower <= truth && truth <= estimate.interval!.upper;

describe('absence after two rankers, hazard ratio 1.2', () => {
  it(`Cox covers 1.2 in 95 % of worlds (${SLOW ? '200 worlds of 20,000' : '400 worlds of 2,000'} absences)`, () => {
    const [worlds, n] = SLOW ? [200, 20_000] : [400, 2000];
    const share = shareOf(worlds, 'cox', (rng) => {
      const { z, durations, ended } = arms(rng, n, 1.2);
      const fit = fitCox({ durations, ended, covariates: z, names: ['arm'] });
      return fit.ok && covers(fit.coefficients[0]!.hazardRatio, 1.2);
    });
    near(share, 0.95, worlds);
  });

  it('with several absences a listener, only the cluster-robust interval keeps its level', () => {
    const WORLDS = 400;
    const covered = { model: 0, robust: 0 };
    const rng = createRng('frailty');
    for (let world = 0; world < WORLDS; world++) {
      const own = rng.derive(world);
      const users = Array.from({ length: 1500 }, (_, i) => Math.floor(i / 10));
      // Listeners differ in how often they come (gamma frailty of variance 1/3), the arm does nothing.
      const frailty = Array.from(
        { length: 150 },
        () => (exponential(own, 1) + exponential(own, 1) + exponential(own, 1)) / 3,
      );
      const durations = users.map((user) => exponential(own, frailty[user]!));
      const input = {
        durations,
        ended: durations.map(() => 1),
        covariates: users.map((user) => user % 2),
        names: ['arm'],
      };
      const model = fitCox(input);
      const robust = fitCox({ ...input, clusters: users });
      covered.model += Number(model.ok && covers(model.coefficients[0]!.hazardRatio, 1));
      covered.robust += Number(robust.ok && covers(robust.coefficients[0]!.hazardRatio, 1));
    }
    // The sandwich of 150 clusters is a little too narrow: in 4,000 worlds it covered .934, the other .674.
    near(covered.robust / WORLDS, 0.934, WORLDS);
    expect(covered.model / WORLDS).toBeLessThan(0.8);
  });

  it('log-rank raises a false alarm in 5 % of worlds without a difference', () => {
    const WORLDS = 2000;
    const share = shareOf(WORLDS, 'log-rank', (rng) => {
      const { z, durations, ended } = arms(rng, 300, 1);
      const test = logRank({ durations, ended, groups: z });
      return test.ok && test.pValue < 0.05;
    });
    near(share, 0.05, WORLDS);
  });

  it('Kaplan–Meier and the restricted mean cover the truth in 95 % of worlds', () => {
    const WORLDS = 2000;
    const covered = { curve: 0, mean: 0, difference: 0 };
    const rng = createRng('curves');
    for (let world = 0; world < WORLDS; world++) {
      const own = rng.derive(world);
      const [a, b] = [arms(own.derive('a'), 300, 1), arms(own.derive('b'), 300, 1)].map(kaplanMeier);
      covered.curve += Number(covers(survivalAt(a!, 1), Math.exp(-1)));
      covered.mean += Number(covers(restrictedMean(a!, 2), 1 - Math.exp(-2)));
      covered.difference += Number(covers(restrictedMeanDifference(a!, b!, 2), 0));
    }
    near(covered.curve / WORLDS, 0.95, WORLDS);
    near(covered.mean / WORLDS, 0.95, WORLDS);
    near(covered.difference / WORLDS, 0.95, WORLDS);
  });
});

describe('temporally consistent survival on a random walk', () => {
  const STATES = 8;
  const HORIZON = 12;

  /** One step down with chance .55, up with .45, held at the top; below state 0 it ends. */
  const walkFrom = (rng: Rng, start: number): readonly number[] => {
    const path = [start];
    for (;;) {
      const next = Math.min(STATES - 1, path.at(-1)! + (rng.next() < 0.55 ? -1 : 1));
      if (next < 0) return path;
      path.push(next);
    }
  };

  const truth = (start: number): readonly number[] => {
    let mass = Array.from({ length: STATES }, (_, s) => Number(s === start));
    return Array.from({ length: HORIZON + 1 }, (_, k) => {
      if (k > 0) {
        mass = mass.map(
          (_, s) =>
            0.55 * (s + 1 < STATES ? mass[s + 1]! : 0) +
            0.45 * (s > 0 ? mass[s - 1]! : 0) +
            (s === STATES - 1 ? 0.45 * mass[s]! : 0),
        );
      }
      return mass.reduce((sum, value) => sum + value, 0);
    });
  };

  const oneHot = (s: number): number[] => Array.from({ length: STATES }, (_, j) => Number(j === s));

  const errorOf = (sequences: StateSequences, lambda: number): number => {
    const fit = fitTemporalSurvival(sequences, { horizon: HORIZON, regularization: 0.01, lambda });
    let sum = 0;
    for (let s = 0; s < STATES; s++) {
      const curve = fit.survival(oneHot(s));
      truth(s).forEach((value, k) => {
        sum += (curve[k]! - value) ** 2 / (STATES * HORIZON);
      });
    }
    return sum;
  };

  it('50 sequences: λ = 0 has a lower mean squared error than maximum likelihood, in nearly every world', () => {
    const WORLDS = 40;
    const rng = createRng('walks');
    let consistent = 0;
    let likelihood = 0;
    let wins = 0;
    for (let world = 0; world < WORLDS; world++) {
      const own = rng.derive(world);
      const paths = Array.from({ length: 50 }, () => walkFrom(own, own.int(STATES)));
      const sequences = {
        features: paths.flat().flatMap(oneHot),
        p: STATES,
        lengths: paths.map((path) => path.length),
        ended: paths.map(() => 1),
      };
      const [td, ml] = [errorOf(sequences, 0), errorOf(sequences, 1)];
      consistent += td / WORLDS;
      likelihood += ml / WORLDS;
      wins += Number(td < ml);
    }
    console.info(
      `mean squared error: λ = 0 ${consistent.toExponential(2)}, λ = 1 ${likelihood.toExponential(2)}; ${wins} of ${WORLDS}`,
    );
    expect(consistent).toBeLessThan(likelihood);
    // With no advantage at all, 31 wins of 40 or more come in 3 of 10,000.
    expect(wins).toBeGreaterThanOrEqual(31);
  });
});
