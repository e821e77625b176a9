/** The playground's world against what is known of real listening, over several seeds. */

import { describe, expect, it } from 'vitest';
import { DAY_MS, daypartOf, type EventOf, type Item, localTime } from '#domain';
import { PLAYGROUND } from '#jobs';
import { createWorld, generateInteractions } from '#simulation';

const UNTIL = Date.UTC(2026, 10, 24, 12);
const SEEDS = [1, 2, 3, 4, 5];

interface Person {
  readonly archetype: string;
  readonly readiness: number;
  /** True utilities of the music plays of each day. */
  readonly days: Map<number, number[]>;
  /** Plays at parties, by event. */
  readonly atParties: Set<string>;
  readonly plays: EventOf<'play'>[];
}

const liveWorld = (seed: number) => {
  const world = createWorld({ ...PLAYGROUND, seed, until: UNTIL, keepTruth: true });
  const people = new Map<string, Person>(
    world.oracle.listeners.map((truth) => [
      truth.userId,
      { ...truth, days: new Map(), atParties: new Set(), plays: [] },
    ]),
  );
  for (const batch of world.batches()) {
    for (const event of batch) if (event.kind === 'play') people.get(event.userId)?.plays.push(event);
  }
  for (const { userId, eventId, intent } of world.oracle.plays) {
    if (intent === 'party') people.get(userId)?.atParties.add(eventId);
  }
  const utilityOf = new Map(world.oracle.plays.map((truth) => [`${truth.userId} ${truth.eventId}`, truth.utility]));
  for (const { days, plays } of people.values()) {
    for (const play of plays) {
      const utility = utilityOf.get(`${play.userId} ${play.eventId}`);
      const day = Math.floor(play.at / DAY_MS);
      if (utility !== undefined) days.set(day, [...(days.get(day) ?? []), utility]);
    }
  }
  return {
    world,
    people: [...people.values()],
    items: new Map(world.items.map((item) => [item.itemId as string, item])),
  };
};

const isTrack = (play: EventOf<'play'>): boolean => play.itemId.startsWith('track:');
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Rank correlation (Spearman, no ties expected). */
const rankCorrelation = (a: readonly number[], b: readonly number[]): number => {
  const ranks = (values: readonly number[]): number[] => {
    const order = values.map((_, n) => n).sort((x, y) => (values[x] ?? 0) - (values[y] ?? 0));
    const result: number[] = [];
    for (const [rank, n] of order.entries()) result[n] = rank;
    return result;
  };
  const [x, y] = [ranks(a), ranks(b)];
  const squares = x.reduce((sum, rank, n) => sum + (rank - (y[n] ?? 0)) ** 2, 0);
  return 1 - (6 * squares) / (x.length * (x.length ** 2 - 1));
};

describe.each(SEEDS)('the playground of seed %i', (seed) => {
  const { people, items } = liveWorld(seed);
  const music = people.flatMap((person) => person.plays.filter(isTrack));

  it('skips like people do (Lamere 2014)', () => {
    const skippedBefore = (ms: number): number =>
      music.filter((play) => play.skipped && (play.msPlayed ?? 0) < ms).length / music.length;
    // Listeners differ in their skipping, so the world's rates move from seed to seed; over 8 seeds the standard deviations
    // were 0.005, 0.007 and 0.009 around the targets. The bands are four of them: a wrong alarm in about 16,000 seeds.
    expect(Math.abs(skippedBefore(5000) - 0.2414)).toBeLessThan(0.02);
    expect(Math.abs(skippedBefore(30_000) - 0.3505)).toBeLessThan(0.028);
    expect(Math.abs(skippedBefore(Number.POSITIVE_INFINITY) - 0.486)).toBeLessThan(0.036);
  });

  it('has favourites that were left for half of the listeners, and for most of those who are here new releases by artists they play', () => {
    const fresh = [...items.values()].filter(
      (item) => item.type === 'track' && Date.parse(item.releasedOn ?? '') > UNTIL - 30 * DAY_MS,
    );
    let withForgotten = 0;
    let withFresh = 0;
    let present = 0;
    for (const { plays } of people) {
      const isPresent = plays.some((play) => play.at > UNTIL - 30 * DAY_MS);
      if (isPresent) present++;
      const listens = new Map<string, { count: number; lastAt: number }>();
      for (const play of plays) {
        if (!isTrack(play) || (play.msPlayed ?? 0) < 30_000) continue;
        const before = listens.get(play.itemId)?.count ?? 0;
        listens.set(play.itemId, { count: before + 1, lastAt: play.at });
      }
      const artists = new Set([...listens.keys()].map((id) => items.get(id)?.artistId));
      const isForgotten = (each: { count: number; lastAt: number }) =>
        each.count >= 3 && each.lastAt < UNTIL - 28 * DAY_MS;
      if ([...listens.values()].filter(isForgotten).length >= 5) withForgotten++;
      const isFresh = (item: Item) => artists.has(item.artistId) && !listens.has(item.itemId);
      if (isPresent && fresh.filter(isFresh).length >= 5) withFresh++;
    }
    expect(withForgotten).toBeGreaterThan(0.5 * people.length);
    expect(withFresh).toBeGreaterThan(0.8 * present);
  });

  it('has people who differ: night listeners at night, desk listeners by day, specialists with few artists', () => {
    const atNight = (person: Person, plays: readonly EventOf<'play'>[] = person.plays): number =>
      mean(
        plays.map((play) => {
          const daypart = daypartOf(localTime(play.at, { timeZone: play.timeZone ?? 'UTC' }).hour);
          return daypart === 'night' || daypart === 'late_night' ? 1 : 0;
        }),
      );
    const of = (archetype: string) =>
      people.filter((person) => person.archetype === archetype && person.plays.length > 0);
    const artists = (person: Person) => new Set(person.plays.map((play) => items.get(play.itemId)?.artistId)).size;
    const outsideParties = (person: Person) => person.plays.filter(({ eventId }) => !person.atParties.has(eventId));
    expect(mean(of('night_listener').map((person) => atNight(person)))).toBeGreaterThan(0.8);
    // Parties are for everybody here, and they are at night.
    expect(mean(of('desk_listener').map((person) => atNight(person, outsideParties(person))))).toBeLessThan(0.11);
    expect(mean(of('specialist').map(artists))).toBeLessThan(0.7 * mean(of('generalist').map(artists)));
  });

  it('lets those who are ready for the new meet more of it', () => {
    const settled = people.filter((person) => person.plays.length >= 200);
    const novelty = settled.map((person) => {
      const artists = new Set(person.plays.filter(isTrack).map((play) => items.get(play.itemId)?.artistId));
      return artists.size / person.plays.filter(isTrack).length;
    });
    // About 250 people: a rank correlation of 0.2 has p < 0.002 when there is none.
    expect(
      rankCorrelation(
        settled.map((person) => person.readiness),
        novelty,
      ),
    ).toBeGreaterThan(0.2);
  });

  it('gives a tenth of the listening to shows, within a factor of two', () => {
    const time = (plays: readonly EventOf<'play'>[]) => plays.reduce((sum, play) => sum + (play.msPlayed ?? 0), 0);
    const all = people.flatMap((person) => person.plays);
    const share = time(all.filter((play) => !isTrack(play))) / time(all);
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.2);
  });

  it('brings people back sooner after what was truly better, each compared with themselves', () => {
    const came = { better: [0, 0], worse: [0, 0] };
    for (const { days } of people) {
      const sorted = [...days.values()].map(mean).sort((x, y) => x - y);
      const median = sorted[sorted.length >> 1] ?? 0;
      const last = Math.max(...days.keys());
      for (const [day, utilities] of days) {
        if (day === last) continue;
        const counts = mean(utilities) > median ? came.better : came.worse;
        counts[0]!++;
        if (days.has(day + 1)) counts[1]!++;
      }
    }
    const rate = ([n = 0, hits = 0]: readonly number[]): number => hits / n;
    // Some 6,000 days on each side: the standard error of the difference is below 0.008; three of them.
    expect(rate(came.better) - rate(came.worse)).toBeGreaterThan(0.024);
  });
});

describe('the synthetic matrix', () => {
  it('has the counts written down beside its definition', { timeout: 120_000 }, () => {
    const { counts, draws } = generateInteractions();
    expect(draws).toBe(23_886_451);
    expect(counts.indices.length).toBe(18_651_672);
    const popularity = new Uint32Array(counts.cols);
    for (const item of counts.indices) popularity[item]!++;
    popularity.sort().reverse();
    expect([...popularity.subarray(0, 5)]).toEqual([182_189, 152_449, 129_123, 111_173, 98_669]);
    expect(popularity[25_000]).toBe(140);
  });
});
