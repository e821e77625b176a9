import { expect, it } from 'vitest';
import { isEncouraged, perListener } from '#simulation';
import { PairMoments } from '#stats';
import { keepPage } from './claim-page.ts';
import { bars } from './claim-picture.ts';
import { bounds, live, meanOf, overWorlds, seeds } from './claim-runs.ts';

/** In one world: how days go with diversity among listeners, and what a random encouragement to diversity does to days. */
const inWorld = (world: string, seed: number) => {
  const { run, counts } = live({ world, policy: 'encourage', seed, listeners: 140, days: 42 });
  const days = perListener(counts, 'days');
  const breadth = run.shard.lives.map(({ memory }) => memory.artists.size);
  const plays = perListener(counts, 'plays');
  const association = new PairMoments();
  for (const [n, artistCount] of breadth.entries()) {
    if (plays[n]! > 0) association.add(artistCount, days[n]! / 6);
  }
  const group = (encouraged: boolean): number => meanOf([...days].filter((_, n) => isEncouraged(n) === encouraged)) / 6;
  return { association: association.correlation, effect: group(true) - group(false) };
};

it('diverse listeners stay longer as association; an encouragement tells whether it is causal', {
  timeout: 3_600_000,
}, async () => {
  const causing = seeds(5).map((seed) => inWorld('claim/diversity-causes', seed));
  const accompanying = seeds(5).map((seed) => inWorld('claim/diversity-accompanies', seed));
  const estimates = {
    causingAssociation: overWorlds(causing.map((each) => each.association)),
    causingEffect: overWorlds(causing.map((each) => each.effect)),
    accompanyingAssociation: overWorlds(accompanying.map((each) => each.association)),
    accompanyingEffect: overWorlds(accompanying.map((each) => each.effect)),
  };
  await keepPage({
    name: 'diversity-and-return',
    title: 'Diverse listeners stay longer: an association, and when it is a cause',
    question: 'Diverse listeners come more often. Would they if we made them more diverse?',
    world:
      'Two worlds in which eager people are broad as well: in `claim/diversity-causes` diverse sessions make people stay, in `claim/diversity-accompanies` they do nothing. 140 listeners, 42 days, five worlds each. A random half of the listeners is encouraged: the service gives them many artists, the others few. In both worlds nothing but diversity can carry an effect of it (utility has none on return here).',
    result:
      'The association is there in both worlds; the encouragement has an effect in the first one alone. An association cannot tell the two apart, a random encouragement can.',
    rows: [
      { what: 'correlation of artists heard and days, where it causes', estimate: estimates.causingAssociation },
      { what: 'days a week, encouraged − not, where it causes', estimate: estimates.causingEffect },
      {
        what: 'correlation of artists heard and days, where it accompanies',
        estimate: estimates.accompanyingAssociation,
      },
      { what: 'days a week, encouraged − not, where it accompanies', estimate: estimates.accompanyingEffect },
    ],
    falsifies: 'No association in one of the worlds, no effect where there is one, or an effect where there is none.',
    errorRate:
      'The interval over the second world covers zero in 95 % of draws of worlds; where there is no effect the first lies above zero in 2.5 %.',
    picture: bars('Days a week, encouraged − not', [
      { name: 'it causes', estimate: estimates.causingEffect },
      { name: 'it accompanies', estimate: estimates.accompanyingEffect },
    ]),
  });
  expect(bounds(estimates.causingAssociation).lower).toBeGreaterThan(0);
  expect(bounds(estimates.accompanyingAssociation).lower).toBeGreaterThan(0);
  expect(bounds(estimates.causingEffect).lower).toBeGreaterThan(0);
  const { lower, upper } = bounds(estimates.accompanyingEffect);
  expect(lower).toBeLessThan(0);
  expect(upper).toBeGreaterThan(0);
});
