/**
 * Sessions with known intents: does the filter notice a switch within two events, and how often when there is none?
 * An event shows four things that depend on the intent: what the item is for (the purpose it is tagged with), how lively it is,
 * where it was played from, and what became of it; any of them may be odd. The likelihoods are learned by counting from labelled sessions, not given.
 *
 * Error rates: 4,000 sessions without a switch; at a true rate of 0.5 % the chance of counting more than 1 % is below 1e-4.
 * 4,000 switches; at a true share of 95 % the chance of counting less than 93 % is below 1e-6.
 */

import { expect, it } from 'vitest';
import { createRng, type Rng } from '#math';
import { createIntentSwitch } from '#serving';

const INTENTS = ['background', 'sleep', 'focus', 'party', 'workout', 'discover_now'];
/** Values of purpose, liveliness, source and outcome. */
const SIZES = [8, 5, 5, 3];
const EVENTS = 30;

/** Shares of a feature's values, mostly on one or two of them. */
const peaked = (size: number, on: number, share: number, second: number): number[] =>
  Array.from({ length: size }, (_, n) => {
    const rest = (1 - share - second) / (size - 2);
    return n === on % size ? share : n === (on + 1) % size ? second : rest;
  });
/** Share of the value that goes with the intent, and of the one beside it. */
const PEAKS: readonly (readonly [number, number])[] = [
  [0.94, 0.03],
  [0.75, 0.2],
  [0.7, 0.2],
  [0.6, 0.3],
];
const WORLD = INTENTS.map((_, intent) =>
  SIZES.map((size, feature) => peaked(size, intent * (feature + 1), ...PEAKS[feature]!)),
);

const draw = (shares: readonly number[], rng: Rng): number => {
  let u = rng.next();
  for (let n = 0; n < shares.length; n++) {
    u -= shares[n]!;
    if (u < 0) return n;
  }
  return shares.length - 1;
};

type Event = readonly number[];
const eventOf = (intent: number, rng: Rng): Event => WORLD[intent]!.map((shares) => draw(shares, rng));

/** Counts of each value by intent, one added to each. */
const learn = (sessions: number, rng: Rng) => {
  const counts = INTENTS.map(() => SIZES.map((size) => new Array<number>(size).fill(1)));
  for (let session = 0; session < sessions; session++) {
    const intent = rng.int(INTENTS.length);
    for (let n = 0; n < EVENTS; n++) {
      eventOf(intent, rng).forEach((value, feature) => {
        counts[intent]![feature]![value]!++;
      });
    }
  }
  const shares = counts.map((features) =>
    features.map((values) => {
      const total = values.reduce((a, b) => a + b, 0);
      return values.map((value) => value / total);
    }),
  );
  return (event: Event): number[] =>
    shares.map((features) => event.reduce((product, value, n) => product * features[n]![value]!, 1));
};

const prior = new Float64Array(INTENTS.length).fill(1 / INTENTS.length);

it('notices a switch within two events, and cries wolf in less than one session of a hundred', () => {
  const rng = createRng('intent switches');
  const likelihoodOf = learn(300, rng.derive('labelled'));
  let alarms = 0;
  let inTime = 0;
  const SESSIONS = 4000;
  for (let session = 0; session < SESSIONS; session++) {
    const own = rng.derive('session', session);
    const intent = own.int(INTENTS.length);
    const steady = createIntentSwitch({ prior });
    let switched = false;
    for (let n = 0; n < EVENTS; n++) {
      const belief = steady.observe(likelihoodOf(eventOf(intent, own)));
      if (belief.switched) switched = true;
    }
    if (switched) alarms++;

    const changing = createIntentSwitch({ prior });
    const at = 5 + own.int(15);
    const next = (intent + 1 + own.int(INTENTS.length - 1)) % INTENTS.length;
    let noticed = false;
    for (let n = 0; n < at + 2; n++) {
      const belief = changing.observe(likelihoodOf(eventOf(n < at ? intent : next, own)));
      if (n >= at && belief.intent === next) noticed = true;
    }
    if (noticed) inTime++;
  }
  expect(alarms / SESSIONS).toBeLessThanOrEqual(0.01);
  expect(inTime / SESSIONS).toBeGreaterThanOrEqual(0.93);
});

it('is not moved by one odd event, nor by events that say nothing', () => {
  const steady = createIntentSwitch({ prior: Float64Array.of(0.5, 0.5) });
  for (let n = 0; n < 10; n++) steady.observe([0.9, 0.1]);
  expect(steady.observe([0.02, 0.98])).toMatchObject({ intent: 0, switched: false });
  steady.observe([0.9, 0.1]);
  const before = steady.posterior();
  steady.observe([0, 0]);
  expect(steady.posterior()).toEqual(before);
  expect(before[0]! + before[1]!).toBeCloseTo(1, 12);
});

it('refuses what is no distribution and likelihoods of other intents', () => {
  expect(() => createIntentSwitch({ prior: Float64Array.of(0.5, 0.6) })).toThrow(/sums to 1.1: expected 1/);
  const steady = createIntentSwitch({ prior: Float64Array.of(1) });
  expect(() => steady.observe([1, 2])).toThrow(/likelihoods of 2 intents: expected 1/);
});
