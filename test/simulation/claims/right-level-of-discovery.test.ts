import { expect, it } from 'vitest';
import { weekly } from '#simulation';
import { keepPage } from './claim-page.ts';
import { curves } from './claim-picture.ts';
import { bounds, live, overWorlds, rate, seeds } from './claim-runs.ts';

const SIZE = { world: 'claim/discovery', listeners: 80, days: 70 };

it('more of the same loses to the right level of discovery, and so does random discovery', {
  timeout: 3_600_000,
}, async () => {
  const runs = seeds(5).map((seed) => ({
    right: live({ ...SIZE, seed, policy: 'discover' }).counts,
    same: live({ ...SIZE, seed, policy: 'more_of_same' }).counts,
    random: live({ ...SIZE, seed, policy: 'discover_random' }).counts,
  }));
  const same = overWorlds(runs.map((each) => rate(each.right, 'utility') - rate(each.same, 'utility')));
  const random = overWorlds(runs.map((each) => rate(each.right, 'utility') - rate(each.random, 'utility')));
  const daysSame = overWorlds(runs.map((each) => rate(each.right, 'days') - rate(each.same, 'days')));
  const [first] = runs;
  await keepPage({
    name: 'right-level-of-discovery',
    title: 'More of the same loses to the right level of discovery; random discovery loses too',
    question: 'How far from what a listener knows should a service go?',
    world:
      '`claim/discovery`: repetition wears out, and the new pleases as an inverted U over its distance. 80 listeners, 70 days, five worlds. `discover` and `discover_random` give half their cards to known ground; they differ in how far the other half goes.',
    result: 'Steps of a middle distance beat both the same again and steps to anywhere.',
    rows: [
      { what: 'true utility per listener and week, middle steps − more of the same', estimate: same },
      { what: 'true utility per listener and week, middle steps − random steps', estimate: random },
      { what: 'days per listener and week, middle steps − more of the same', estimate: daysSame },
    ],
    falsifies: 'More of the same, or random discovery, giving as much true utility.',
    errorRate: 'Where there is no difference an interval lies above zero in 2.5 % of draws of worlds; both must.',
    picture: curves('True utility per listener and week', [
      { name: 'discover', weeks: weekly(first!.right, 'utility') },
      { name: 'more_of_same', weeks: weekly(first!.same, 'utility') },
      { name: 'discover_random', weeks: weekly(first!.random, 'utility') },
    ]),
  });
  for (const each of [same, random, daysSame]) expect(bounds(each).lower).toBeGreaterThan(0);
});
