import { expect, it } from 'vitest';
import type { EventOf, ListenerEvent } from '#domain';
import { daysOf, type PolicyName, ReferenceService, type SlateRequest } from '#simulation';
import { keepPage } from './claim-page.ts';
import { bars } from './claim-picture.ts';
import { begin, bounds, live, overWorlds, rate, seeds } from './claim-runs.ts';

const WORLD = { world: 'claim/discovery', listeners: 80 };
/** Days of the log on which predictions are judged, and of the quarter in which policies serve. */
const LOG_DAYS = 35;
const DAYS = 70;
const POLICIES = ['more_of_same', 'discover'] as const satisfies readonly PolicyName[];
const K = 10;

/**
 * Precision at ten of next-play prediction, as an offline evaluation has it: in a log that neither policy made, each names ten
 * tracks when a listener opens the page, and those count that are among the listener's next ten plays.
 */
const precisions = (seed: number): Readonly<Record<(typeof POLICIES)[number], number>> => {
  const asked: { readonly request: SlateRequest; readonly named: readonly (readonly number[])[] }[] = [];
  const plays = new Map<string, EventOf<'play'>[]>();
  const onEvent = (event: ListenerEvent): void => {
    if (event.kind === 'play') plays.set(event.userId, [...(plays.get(event.userId) ?? []), event]);
  };
  const onRequest = (request: SlateRequest): void => {
    if (request.surface !== 'home') return;
    const named = asking.map((service) => Array.from(service.answer(request).tracks).slice(0, K));
    asked.push({ request, named });
  };
  const { run, stretch, document } = begin({ ...WORLD, seed, days: LOG_DAYS, policy: 'random', onEvent, onRequest });
  const asking = POLICIES.map((policy) => new ReferenceService(policy, run.frame, document.seed));
  const { first, last } = daysOf(stretch);
  for (let day = first; day <= last; day++) {
    const { listens, counted } = run.liveDay(day);
    // The services read the same log and learn from it, though none of them serves.
    for (const service of asking) service.endDay(counted);
    run.endDay(day, listens, counted);
  }
  const hits = POLICIES.map(() => 0);
  let cards = 0;
  for (const { request, named } of asked) {
    const own = plays.get(request.life.listener.userId) ?? [];
    const next = own.filter((play) => play.at >= request.at).slice(0, K);
    if (next.length < K) continue;
    const played = new Set(next.map((play) => play.itemId));
    cards += K;
    for (const [n, tracks] of named.entries()) {
      hits[n]! += tracks.filter((track) => played.has(run.frame.catalogue.tracks[track]!.id)).length;
    }
  }
  return { more_of_same: hits[0]! / cards, discover: hits[1]! / cards };
};

const ofWorld = (seed: number) => {
  const days = (policy: PolicyName): number =>
    rate(live({ ...WORLD, seed, days: DAYS, policy }).counts, 'days', 6, DAYS / 7);
  const precision = precisions(seed);
  return { precision, days: { more_of_same: days('more_of_same'), discover: days('discover') } };
};

it('high precision does not imply return', { timeout: 3_600_000 }, async () => {
  const worlds = seeds(6).map(ofWorld);
  const of = (what: 'precision' | 'days', policy: (typeof POLICIES)[number]) =>
    overWorlds(worlds.map((world) => world[what][policy]));
  const precision = overWorlds(worlds.map(({ precision: p }) => p.more_of_same - p.discover));
  const days = overWorlds(worlds.map(({ days: d }) => d.more_of_same - d.discover));
  await keepPage({
    name: 'precision-is-not-return',
    title: 'High precision does not imply return',
    question: 'Does the policy that best predicts what people play next bring them back most?',
    world:
      '`claim/discovery`: repetition wears out, and the new pleases as an inverted U over its distance. 80 listeners, six worlds. Precision is measured offline: in a log of 35 days under random cards both policies name ten tracks whenever a page is opened, learning from that log, and the next ten plays count. Then each serves the same people for 70 days.',
    result:
      'More of the same predicts the next plays better, for people play what they played. Serving it, they come on fewer days.',
    rows: [
      { what: 'precision at 10 of next-play prediction, more of the same', estimate: of('precision', 'more_of_same') },
      { what: 'precision at 10 of next-play prediction, discover', estimate: of('precision', 'discover') },
      { what: 'precision, difference', estimate: precision },
      { what: 'days a week with a session in weeks 7 to 10, more of the same', estimate: of('days', 'more_of_same') },
      { what: 'days a week with a session in weeks 7 to 10, discover', estimate: of('days', 'discover') },
      { what: 'days, difference', estimate: days },
    ],
    falsifies: 'No higher precision of more of the same, or not fewer days.',
    errorRate:
      'Where there is no difference an interval lies wholly on the claimed side in 2.5 % of draws of worlds; both must.',
    picture: bars('More of the same − discover', [
      { name: 'precision at 10', estimate: precision },
      { name: 'days a week', estimate: days },
    ]),
  });
  expect(bounds(precision).lower).toBeGreaterThan(0);
  expect(bounds(days).upper).toBeLessThan(0);
});
