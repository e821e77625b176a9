import { expect, it } from 'vitest';
import type { ListenerEvent } from '#domain';
import { keepPage } from './claim-page.ts';
import { bars } from './claim-picture.ts';
import { bounds, live, overWorlds, seeds } from './claim-runs.ts';

interface Counts {
  shown: number;
  seen: number;
  chosen: number;
}
type Pair = Record<'mobile' | 'desktop', Counts>;

const none = (): Counts => ({ shown: 0, seen: 0, chosen: 0 });

/** Ratio of two rates over listeners, each compared with themselves [Mantel1959]: people differ in their devices. */
const withinListeners = (pairs: Iterable<Pair>, per: 'shown' | 'seen'): number => {
  let mobileOverDesktop = 0;
  let desktopOverMobile = 0;
  for (const { mobile, desktop } of pairs) {
    const all = mobile[per] + desktop[per];
    if (all === 0) continue;
    mobileOverDesktop += (mobile.chosen * desktop[per]) / all;
    desktopOverMobile += (desktop.chosen * mobile[per]) / all;
  }
  return Math.log(mobileOverDesktop / desktopOverMobile);
};

const countByDevice = (seed: number) => {
  const counts = new Map<string, Pair>();
  const homes = new Set<string>();
  const onEvent = (event: ListenerEvent): void => {
    if (event.device !== 'mobile' && event.device !== 'desktop') return;
    const pair = counts.get(event.userId) ?? { mobile: none(), desktop: none() };
    counts.set(event.userId, pair);
    const count = pair[event.device];
    if (event.kind === 'slate' && event.surface === 'home') {
      homes.add(event.slateId);
      count.shown += event.cards.length;
    }
    if (event.kind === 'impression') count.seen++;
    if (event.kind === 'play' && event.userInitiated && homes.has(event.slateId ?? '')) count.chosen++;
  };
  live({ world: 'claim/devices', policy: 'random', seed, listeners: 200, days: 28, onEvent });
  return { shown: withinListeners(counts.values(), 'shown'), seen: withinListeners(counts.values(), 'seen') };
};

it('the same click-through means different things by device', { timeout: 3_600_000 }, async () => {
  const runs = seeds(12, 1).map(countByDevice);
  const shown = overWorlds(runs.map((each) => each.shown));
  const seen = overWorlds(runs.map((each) => each.seen));
  await keepPage({
    name: 'click-rate-by-device',
    title: 'The same click-through means different things by device',
    question: 'Can the click-through of a page be compared between a desktop and a telephone?',
    world:
      '`claim/devices`, 200 listeners, 28 days, twelve worlds, cards drawn at random: on every device the same people choose among equally good cards by the same law. Each listener is compared with themselves, for people differ in their devices. What differs is how they look: a desktop shows two rows and is seldom scrolled, a telephone shows three cards of a row and is scrolled far.',
    result:
      'Clicks per card shown differ between the devices though nothing about the cards does; clicks per card looked at agree.',
    rows: [
      { what: 'log ratio mobile / desktop of clicks per card shown', estimate: shown },
      { what: 'log ratio mobile / desktop of clicks per card looked at', estimate: seen },
    ],
    falsifies: 'Equal click-through per card shown, or a log ratio beyond ± 0.15 per card looked at.',
    errorRate:
      'Where click-through is equal the first interval leaves zero out in 5 % of draws of worlds; the second is held within ± 0.15 by its mean, more than three of its standard errors.',
    picture: bars('Log ratio mobile / desktop', [
      { name: 'per card shown', estimate: shown },
      { name: 'per card looked at', estimate: seen },
    ]),
  });
  const { lower, upper } = bounds(shown);
  expect(lower > 0 || upper < 0).toBe(true);
  expect(Math.abs(bounds(seen).value)).toBeLessThan(0.15);
  expect(Math.abs(bounds(shown).value)).toBeGreaterThan(2 * Math.abs(bounds(seen).value));
});
