/** Explanations are claims: over 100,000 served cards of a small world that goes on living, not one is false. */

import { describe, expect, it } from 'vitest';
import { HOUR_MS, type ItemId, isListen, MINUTE_MS, type UserId } from '#domain';
import { createRng } from '#math';
import type { ServedSlate } from '#serving';
import { RawTruth } from './raw-truth.ts';
import { type ServedWorld, serveWorld } from './served-world.ts';

const CARDS = 100_000;
const rng = createRng('explanations');

/** What someone does with a page: some cards are played, some skipped, a few liked or hidden. */
const use = (world: ServedWorld, userId: UserId, slate: ServedSlate): void => {
  const cards = slate.shelves.flatMap((shelf) => shelf.cards);
  for (let n = 0; n < 6 && cards.length > 0; n++) {
    world.now += rng.int(10) * MINUTE_MS;
    const itemId = cards[rng.int(cards.length)]!.item.itemId;
    const draw = rng.next();
    const listened = draw < 0.6;
    if (draw < 0.85) {
      const played = { msPlayed: listened ? 150_000 : 8000, skipped: !listened };
      world.send({ ...world.base(userId), kind: 'play', itemId, ...played });
    } else {
      world.send({ ...world.base(userId), kind: 'action', action: draw < 0.95 ? 'like' : 'hide', itemId });
    }
  }
};

describe('explanations', () => {
  it(`are true on every one of ${CARDS.toLocaleString('en')} served cards, by brute force over raw events`, async () => {
    const told: Parameters<RawTruth['add']>[0][] = [];
    const world = await serveWorld({ seed: 5, listeners: 60, tracks: 700, days: 60 }, (event) => told.push(event));
    const { serving } = world;
    const truth = new RawTruth(world.world.items);
    for (const event of world.events) truth.add(event);
    const newcomers = ['new-1', 'new-2', 'new-3'] as UserId[];
    const users = [...world.world.oracle.listeners.map((listener) => listener.userId), ...newcomers];
    const kinds = new Map<string, number>();
    const wrong: string[] = [];
    let cards = 0;
    let explained = 0;
    const check = (userId: UserId, slate: ServedSlate): void => {
      for (const event of told.splice(0)) truth.add(event);
      const own = truth.of(userId);
      for (const card of slate.shelves.flatMap((shelf) => shelf.cards)) {
        cards++;
        if (card.explanation === null) continue;
        explained++;
        const { claim, evidence, text } = card.explanation;
        kinds.set(claim, (kinds.get(claim) ?? 0) + 1);
        const isSaid = Object.values(evidence).every((fact) => typeof fact !== 'number' || saysNumber(text, fact));
        if (!own.isTrue(claim, evidence, card.item.itemId, world.now) || !isSaid) {
          wrong.push(`${claim} ${JSON.stringify(evidence)}: ${text}`);
        }
      }
    };
    while (cards < CARDS) {
      for (const userId of users) {
        const home = await serving.home(userId);
        check(userId, home);
        use(world, userId, home);
        // The page that stands by now, if it does, and whatever else is asked for.
        check(userId, await serving.home(userId));
        check(userId, await serving.radio(userId));
        check(userId, await serving.weekly(userId));
      }
      world.now += rng.int(40) * HOUR_MS;
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect((await serving.state()).claimsDropped).toBe(0);
    expect(explained / cards).toBeGreaterThan(0.95);
    expect([...kinds.keys()].sort()).toEqual([
      'because_artist',
      'because_played',
      'daypart_artist',
      'forgotten',
      'fresh_release',
      'from_editors',
      'new_artist',
      'played_item',
      'popular',
      'session_like',
    ]);
    console.info(`${cards} cards, ${explained} explained: ${JSON.stringify(Object.fromEntries(kinds))}`);
  });

  it('would be found out: a number off by one is false to the brute force', async () => {
    const { world, events, now } = await serveWorld({ seed: 5, listeners: 10, tracks: 100, days: 10 });
    const truth = new RawTruth(world.items);
    for (const event of events) truth.add(event);
    const listens = events.filter((event) => event.kind === 'play').filter((play) => isListen(play));
    const { userId, itemId } = listens[0]!;
    const own = truth.of(userId);
    const same = listens.filter((play) => play.userId === userId && play.itemId === itemId);
    const evidence = { plays: same.length, last_at: Math.max(...same.map((play) => play.at)) };
    const isTrue = (changed: object) => own.isTrue('played_item', { ...evidence, ...changed }, itemId as ItemId, now);
    expect(isTrue({})).toBe(true);
    expect(isTrue({ plays: evidence.plays + 1 })).toBe(false);
    expect(isTrue({ last_at: evidence.last_at + 1 })).toBe(false);
  });
});

/** A count stands in the sentence as a number or as "once"; a time is told by its distance, and 0 is not told. */
const saysNumber = (text: string, fact: number): boolean => {
  if (fact === 0 || fact > 1e12) return true;
  return fact === 1 ? /\bonce\b|\b1\b/.test(text) : new RegExp(`\\b${fact}\\b`).test(text);
};
