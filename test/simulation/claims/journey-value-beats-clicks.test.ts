import { expect, it } from 'vitest';
import { keepPage } from './claim-page.ts';
import { bars } from './claim-picture.ts';
import { bounds, live, overWorlds, rate, seeds } from './claim-runs.ts';

const SIZE = { world: 'small', listeners: 90, days: 60 };

it('scoring by journey value beats scoring by the next click over 60 days', { timeout: 3_600_000 }, async () => {
  const runs = seeds(3).map((seed) => ({
    clicks: live({ ...SIZE, seed, policy: 'click_only' }).counts,
    journey: live({ ...SIZE, seed, policy: 'journey_value' }).counts,
  }));
  const difference = (metric: 'utility' | 'days' | 'listens') =>
    overWorlds(runs.map(({ clicks, journey }) => rate(journey, metric) - rate(clicks, metric)));
  const utility = difference('utility');
  const days = difference('days');
  const listens = difference('listens');
  await keepPage({
    name: 'journey-value-beats-clicks',
    title: 'Scoring by journey value beats scoring by the next click over 60 days',
    question:
      'Is it better to rank by p · m, the chance of a click times what comes of it, than by p alone [Maystre2023]?',
    world: '`small`, a world not made for this claim: 90 listeners, 60 days, three worlds.',
    result: 'Journey value gives more true utility, more days and more listening.',
    rows: [
      { what: 'true utility per listener and week, journey value − next click', estimate: utility },
      { what: 'days with a session per listener and week, difference', estimate: days },
      { what: 'listens per listener and week, difference', estimate: listens },
    ],
    falsifies: 'No more true utility over 60 days.',
    errorRate: 'Where there is no difference the interval lies above zero in 2.5 % of draws of worlds.',
    picture: bars('Journey value − next click, per listener and week', [
      { name: 'utility', estimate: utility },
      { name: 'days', estimate: days },
    ]),
  });
  expect(bounds(utility).lower).toBeGreaterThan(0);
  expect(bounds(days).lower).toBeGreaterThan(0);
});
