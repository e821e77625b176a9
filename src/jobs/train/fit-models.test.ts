import { describe, expect, it } from 'vitest';
import { DAY_MS, itemId } from '#domain';
import { loadAls, loadPopularity } from '#models';
import { NO_ANSWERS } from '#units';
import { type FittedModels, fitModels } from './fit-models.ts';
import type { TrainingData } from './training-data.ts';
import { worldData } from './training-world.contract.ts';

const NOW = Date.UTC(2026, 10, 24);
const OPTIONS = { seed: 1, now: NOW, als: { factors: 8, epochs: 3 } };

const namesOf = (fitted: FittedModels) => fitted.models.map((model) => model.name);
const bytesOf = (fitted: FittedModels, name: string) => fitted.models.find((model) => model.name === name)?.bytes;

/** Two listeners of three items of which nothing is known. */
const bare = (change: Partial<TrainingData> = {}): TrainingData => ({
  items: ['a', 'b', 'c'].map((name) => itemId('track', name)),
  artists: [null, null, null],
  albums: [null, null, null],
  tags: [[], [], []],
  listeners: Uint32Array.of(2, 1, 0),
  users: 2,
  userIndex: Uint32Array.of(0, 0, 1),
  itemIndex: Uint32Array.of(1, 0, 0),
  listens: Float32Array.of(1, 4, 2),
  lastAt: Float64Array.of(NOW, NOW, NOW),
  sessionItems: new Uint32Array(0),
  sessionStarts: Uint32Array.of(0),
  samplePermille: 1000,
  answers: NO_ANSWERS,
  ...change,
});

const popularityScores = (fitted: FittedModels): number[] => {
  const model = loadPopularity(bytesOf(fitted, 'popularity')!);
  const nobody = model.foldIn({ items: new Uint32Array(0), weights: new Float32Array(0) });
  return [...model.score(nobody, Uint32Array.of(0, 1, 2))];
};

const NOT_ASKED =
  'intents go by the rules alone: a model needs 50 answers to surveys by 20 listeners; there are 0 by 0';

/** Sixty answers of thirty listeners: mornings are for workouts, nights for sleep. */
const surveyed = (): Partial<TrainingData> => {
  const evidence = { surface: '', device: '', deviceClass: 'unknown', weekday: 2, purpose: '', earlyPlays: 1 } as const;
  const early = { earlySkips: 0, earlyChosen: 0, searched: false, sleepTimer: false, shuffled: false };
  const answers = Array.from({ length: 60 }, (_, n) => ({
    userId: `u${n % 30}`,
    evidence: { ...evidence, ...early, daypart: n % 2 === 0 ? ('morning' as const) : ('night' as const) },
    intents: [n % 2 === 0 ? ('workout' as const) : ('sleep' as const)],
    probabilityShown: 0.1,
  }));
  return { answers: { answers, withoutProbability: 4, withoutSession: 0 } };
};

describe('fitModels', () => {
  it('fits all four on a world of listeners, the same bytes every time', { timeout: 30_000 }, async () => {
    const told: string[] = [];
    const fitted = await fitModels(worldData(), OPTIONS, (name) => told.push(name));
    expect(namesOf(fitted)).toEqual(['popularity', 'content', 'item-knn', 'als']);
    expect(told).toEqual(namesOf(fitted));
    expect(fitted.basis).toBe('collaborative');
    expect(fitted.notes).toEqual([NOT_ASKED]);
    expect(await fitModels(worldData(), OPTIONS)).toEqual(fitted);
    const reseeded = await fitModels(worldData(), { ...OPTIONS, seed: 2 });
    expect(bytesOf(reseeded, 'als')).not.toEqual(bytesOf(fitted, 'als'));
    expect(loadAls(bytesOf(fitted, 'als')!).itemCount).toBe(worldData().items.length);
  });

  it('says in words what a few listeners do not allow, and gives them content', async () => {
    const { users } = worldData(12);
    expect(users).toBeGreaterThan(8);
    const fitted = await fitModels(worldData(12), OPTIONS);
    expect(namesOf(fitted)).toEqual(['popularity', 'content']);
    expect(fitted.basis).toBe('content_only');
    expect(fitted.notes).toHaveLength(2);
    expect(fitted.notes[0]).toMatch(
      new RegExp(`need at least 30 listeners and 500 pairs .*; there are ${users} and \\d+$`),
    );
  });

  it('is left with popularity where nothing is known of the items', async () => {
    const fitted = await fitModels(bare(), OPTIONS);
    expect(namesOf(fitted)).toEqual(['popularity']);
    expect(fitted.basis).toBe('popularity_only');
    expect(fitted.notes[0]).toBe('content is missing: no artists, albums, tags or sessions are known');
  });

  it('halves the weight of a listen with each half-life, and ages nothing whose time is unknown', async () => {
    // log weights: item 0 has ln 5 + ln 3 = 2.708, item 1 ln 2 = 0.693; user 1's listen is 20 days old = two half-lives.
    const lastAt = Float64Array.of(NOW, Number.NaN, NOW - 20 * DAY_MS);
    const [a, b, c] = popularityScores(await fitModels(bare({ lastAt }), { ...OPTIONS, halfLifeDays: 10 }));
    expect(a).toBeCloseTo(Math.log(5) + Math.log(3) / 4, 5);
    expect(b).toBeCloseTo(Math.log(2), 5);
    expect(c).toBe(0);
  });

  it('ranks what was heard long ago as it ranked then', async () => {
    const lastAt = Float64Array.of(NOW, NOW - 5 * DAY_MS, NOW - 20 * DAY_MS);
    const ago = lastAt.map((at) => at - 20 * 365 * DAY_MS);
    const [then, now] = await Promise.all([lastAt, ago].map((at) => fitModels(bare({ lastAt: at }), OPTIONS)));
    expect(popularityScores(now!)).toEqual(popularityScores(then!));
  });

  it('learns readiness from the listens whose artist is known', async () => {
    // User 0: 5 listens, artists x and y: ln 3 / ln 6. User 1: 2 listens of x: ln 2 / ln 3.
    const { readiness } = await fitModels(bare({ artists: ['x', 'y', null] }), OPTIONS);
    expect(readiness.meanNovelty).toBeCloseTo((Math.log(3) / Math.log(6) + Math.log(2) / Math.log(3)) / 2, 10);
  });

  it('learns intents from answers to surveys, and says so where there are too few', async () => {
    const { intents, notes } = await fitModels(bare(surveyed()), OPTIONS);
    expect(intents).toMatchObject({ because: 'learned', answers: 60, listeners: 30, withoutProbability: 4 });
    expect(intents.model?.answers).toBe(60);
    expect(notes.join()).not.toContain('intents');
    const few = await fitModels(bare(), OPTIONS);
    expect(few.intents).toMatchObject({ model: null, because: 'too_few_answers' });
    expect(few.notes.at(-1)).toBe(NOT_ASKED);
  });

  it('says when it learned from a part of the listeners', async () => {
    expect((await fitModels(bare({ samplePermille: 25 }), OPTIONS)).notes).toContain(
      'learned from 2 listeners, 2.5 % of all, drawn by hash',
    );
  });
});
