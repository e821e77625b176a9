import { expect, it } from 'vitest';
import { PairMoments } from '#stats';
import { keepPage } from './claim-page.ts';
import { bars } from './claim-picture.ts';
import { bounds, live, only, overWorlds, seeds } from './claim-runs.ts';

/** Correlation of the number of skips and actions with how good the session truly was, by intent. */
const correlations = (seed: number) => {
  const sleep = new PairMoments();
  const party = new PairMoments();
  const truth = only({
    session: ({ intent, interactions, utility }) => {
      if (intent === 'sleep') sleep.add(interactions, utility);
      if (intent === 'party') party.add(interactions, utility);
    },
  });
  live({ world: 'claim/purpose', policy: 'discover', seed, listeners: 150, days: 35, truth });
  return { sleep: sleep.correlation, party: party.correlation };
};

it('sleep success is the inverse of party success on interactions', { timeout: 3_600_000 }, async () => {
  const runs = seeds(4).map(correlations);
  const sleep = overWorlds(runs.map((each) => each.sleep));
  const party = overWorlds(runs.map((each) => each.party));
  await keepPage({
    name: 'sleep-and-party',
    title: 'Sleep success is the inverse of party success on interactions',
    question: 'Do many skips and actions mean that a session went well, or badly?',
    world:
      '`claim/purpose`, 150 listeners, 35 days, four worlds. Who falls asleep touches nothing more; at a party taking part is part of the pleasure. That is put into the world; the claim is that the sign can be read from sessions as they are, among everything else that makes people skip.',
    result: 'The correlation of interactions with true utility is negative in sleep sessions and positive at parties.',
    rows: [
      { what: 'correlation of interactions and true utility, sleep', estimate: sleep },
      { what: 'correlation of interactions and true utility, party', estimate: party },
    ],
    falsifies: 'The same sign in both, or none.',
    errorRate:
      'Where there is no correlation an interval lies wholly on the claimed side in 2.5 % of draws of worlds; both must.',
    picture: bars('Correlation of interactions and true utility', [
      { name: 'sleep', estimate: sleep },
      { name: 'party', estimate: party },
    ]),
  });
  expect(bounds(sleep).upper).toBeLessThan(0);
  expect(bounds(party).lower).toBeGreaterThan(0);
});
