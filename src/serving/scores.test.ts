import { expect, it } from 'vitest';
import type { History, Model, UserVector } from '#models';
import type { Learned } from './learned.ts';
import { scoresOf, scoresOfGroups } from './scores.ts';
import type { Ranker, Taste } from './taste.ts';

/** Models know places below 100, each by its own number less 1; a model has a score for those it is given. */
const tasteOf = (models: Readonly<Record<string, readonly number[]>>) => {
  const asked: string[] = [];
  const rankers = Object.entries(models).map(([name, scored]): Ranker => {
    const score = (_: UserVector, items: Uint32Array) => {
      asked.push(`${name} ${items}`);
      return Float32Array.from(items, (item) => (scored.includes(item + 1) ? item + 1 : 0));
    };
    return { model: { name, score } as unknown as Model, user: {} as UserVector & { history: History } };
  });
  const learned = {
    index: (place: number) => (place < 100 ? place - 1 : -1),
    listenersOf: (place: number) => (place === 200 ? Math.E - 1 : 0),
  } as Learned;
  return { asked, taste: { learned, rankers: () => rankers.values() } as unknown as Taste };
};

it('takes each group to the best model that has a score for any of it, and asks a model once for all that are left', () => {
  const { asked, taste } = tasteOf({ als: [1, 2], content: [3, 4] });
  const groups = [[1, 3], [], [3, 150, 4], [200, 150], [5]];
  expect(scoresOfGroups(taste, groups)).toEqual([
    { scores: [1, 0], stage: 'als' },
    { scores: [], stage: 'popularity' },
    { scores: [3, 0, 4], stage: 'content' },
    { scores: [1, 0], stage: 'popularity' },
    { scores: [0], stage: 'popularity' },
  ]);
  expect(asked).toEqual(['als 0,2,2,3,4', 'content 2,3,4']);
});

it('asks no model where none knows a place, and no second one where the first has scored all', () => {
  const { asked, taste } = tasteOf({ als: [1], content: [1] });
  expect(scoresOf(taste, [200, 150])).toEqual({ scores: [1, 0], stage: 'popularity' });
  expect(asked).toEqual([]);
  expect(scoresOf(taste, [1])).toEqual({ scores: [1], stage: 'als' });
  expect(asked).toEqual(['als 0']);
});

it('counts listeners where nothing is learned', () => {
  const taste = { learned: null, rankers: () => [].values() } as unknown as Taste;
  expect(scoresOf(taste, [200])).toEqual({ scores: [0], stage: 'popularity' });
});
