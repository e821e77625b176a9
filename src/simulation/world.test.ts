import { describe, expect, it } from 'vitest';
import { DAY_MS, type ListenerEvent, parseEvent, parseItem } from '#domain';
import { createWorld, toWireEvent, toWireItem, type World } from './index.ts';

const UNTIL = Date.UTC(2026, 10, 24, 12);
const OPTIONS = { seed: 7, listeners: 24, tracks: 400, days: 35, until: UNTIL };

const eventsOf = (world: World): ListenerEvent[] => [...world.batches()].flat();
const bytesOf = (world: World): string => JSON.stringify([world.items, eventsOf(world)]);

describe('createWorld', { timeout: 60_000 }, () => {
  const world = createWorld(OPTIONS);
  const events = eventsOf(world);
  const releasedOn = new Map(world.items.map((item) => [item.itemId, item.releasedOn]));

  it('is the same, byte for byte, for the same options, and another for another seed', () => {
    expect(bytesOf(createWorld(OPTIONS))).toBe(bytesOf(world));
    expect(bytesOf(createWorld({ ...OPTIONS, seed: 8 }))).not.toBe(bytesOf(world));
  });

  it('lets others reach a listener by what they make popular alone: the first day does not know how many there are', () => {
    const others = createWorld({ ...OPTIONS, listeners: 21 });
    // The first twenty have their whole company in both worlds.
    const first = new Set(world.oracle.listeners.slice(0, 20).map(({ userId }) => userId));
    const firstDay = (list: readonly ListenerEvent[]) =>
      list.filter(({ userId, at }) => first.has(userId) && at < UNTIL - 34.5 * DAY_MS);
    expect(firstDay(events).length).toBeGreaterThan(20);
    expect(firstDay(eventsOf(others))).toEqual(firstDay(events));
    expect(others.oracle.listeners).toEqual(world.oracle.listeners.slice(0, 21));
  });

  it('tells its events in order of time, all within its days', () => {
    expect(events.length).toBeGreaterThan(2000);
    for (const [n, event] of events.entries()) {
      expect(event.at).toBeGreaterThanOrEqual(Math.max(UNTIL - 35 * DAY_MS, events[n - 1]?.at ?? 0));
      expect(event.at).toBeLessThan(UNTIL);
      expect(event.receivedAt).toBeLessThan(UNTIL);
    }
  });

  it('gives events that the intake takes as they are', () => {
    for (const event of events) {
      expect(parseEvent(toWireEvent(event), event.receivedAt)).toEqual({ ok: true, event });
    }
    for (const item of world.items) expect(parseItem(toWireItem(item), UNTIL)).toEqual({ ok: true, item });
  });

  it('never uses an id twice, and marks every id as its own', () => {
    expect(new Set(events.map((event) => `${event.userId} ${event.eventId}`)).size).toBe(events.length);
    expect(new Set(world.items.map((item) => item.itemId)).size).toBe(world.items.length);
    for (const event of events) expect(event.userId).toMatch(/^playground-/);
    for (const item of world.items)
      expect(`${item.itemId} ${item.artistId}`).toMatch(/^\w+:playground-\S+ \w+:playground-/);
    expect(createWorld({ ...OPTIONS, prefix: 'load' }).items[0]?.itemId).toBe('track:load-0001');
  });

  it('plays nothing before its release, nobody in two sessions at once, no play longer than its item', () => {
    const busyUntil = new Map<string, number>();
    for (const event of events) {
      if (event.kind !== 'play') continue;
      const day = releasedOn.get(event.itemId as never) ?? '9999-12-31';
      expect(Date.parse(day)).toBeLessThanOrEqual(event.at);
      expect(event.msPlayed).toBeLessThanOrEqual(event.durationMs ?? 0);
      expect(event.at).toBeGreaterThanOrEqual(busyUntil.get(event.userId) ?? 0);
      busyUntil.set(event.userId, event.at + (event.msPlayed ?? 0));
    }
  });

  it('keeps the truth out of the events and, unless asked, forgets it', () => {
    expect(world.oracle.plays).toHaveLength(0);
    const known = createWorld({ ...OPTIONS, keepTruth: true });
    const plays = eventsOf(known).filter((event) => event.kind === 'play' && event.itemId.startsWith('track:'));
    expect(known.oracle.plays.map((truth) => `${truth.userId} ${truth.eventId}`).sort()).toEqual(
      plays.map((play) => `${play.userId} ${play.eventId}`).sort(),
    );
    const words = JSON.stringify(events);
    for (const secret of ['utility', 'archetype', 'skipClass', 'readiness']) expect(words).not.toContain(secret);
  });

  it('has lists for sleep and for parties where the world says so, and nights that go to them', () => {
    const own = eventsOf(
      createWorld({ ...OPTIONS, rules: { 'editors.purposes': 1, 'listeners.parties': 6, 'effects.surveys': 1 } }),
    );
    const lists = new Map<string, Set<string>>();
    for (const event of own) if (event.kind === 'editor') lists.set(event.poolId, new Set(event.items));
    const isOf = (list: string) =>
      own.filter((event) => event.kind === 'play' && event.source === 'editorial' && lists.get(list)?.has(event.itemId))
        .length;
    expect([...lists.keys()]).toEqual(expect.arrayContaining(['playground-lights-out', 'playground-full-house']));
    expect(isOf('playground-lights-out')).toBeGreaterThan(20);
    const parties = (all: readonly ListenerEvent[]) =>
      all.filter((event) => event.kind === 'survey' && event.intents?.includes('party')).length;
    const usual = eventsOf(createWorld({ ...OPTIONS, rules: { 'effects.surveys': 1 } }));
    expect(parties(own)).toBeGreaterThan(2 * parties(usual));
    expect(usual.some((event) => event.kind === 'editor' && event.poolId === 'playground-lights-out')).toBe(false);
  });

  it('has editors who renew their pools', () => {
    const changes = events.filter((event) => event.kind === 'editor');
    expect(new Set(changes.map((change) => change.poolId)).size).toBe(6);
    expect(changes.length).toBeGreaterThanOrEqual(6 * 5);
    for (const change of changes) expect(new Set(change.items).size).toBe(change.items?.length);
  });

  it('never uses an id twice, on whatever weekday and hour it begins', () => {
    for (let start = 0; start < 7; start++) {
      const until = UNTIL + start * (DAY_MS + 7 * 3_600_000);
      const ids = eventsOf(createWorld({ seed: start, listeners: 3, tracks: 60, days: 9, until }));
      expect(new Set(ids.map((event) => `${event.userId} ${event.eventId}`)).size).toBe(ids.length);
    }
  });

  it('answers the oracle only about those who are there', () => {
    expect(world.oracle.utility(0, 0)).toBeGreaterThan(0);
    expect(() => world.oracle.utility(0, 400)).toThrow(/track 400: expected one of the world/);
  });
});
