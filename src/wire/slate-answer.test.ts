import { expect, it } from 'vitest';
import { ENDPOINTS } from '#api';
import { type Item, itemId, type SlateId, type UserId } from '#domain';
import type { ServedCard, ServedSlate } from '#serving';
import { slateAnswer } from './slate-answer.ts';

const item: Item = {
  itemId: itemId('track', 'one'),
  type: 'track',
  title: 'One',
  tags: ['calm'],
  updatedAt: 0,
  extra: {},
};

const cardAt = (row: number, slot: number): ServedCard => ({
  shelf: `shelf ${row}`,
  row,
  slot,
  item,
  score: 0.5,
  propensity: 0.25,
  explored: slot === 1,
  source: 'familiar',
  stage: 'als',
  explanation: slot === 0 ? null : { text: 'You played this 3 times', claim: 'played_item', evidence: { plays: 3 } },
});

const shelfOf = (row: number, slots: number[]): ServedSlate['shelves'][number] => ({
  shelf: `shelf ${row}`,
  title: 'Jump back in',
  need: 'go on where you were',
  character: 'familiar',
  asked: 3,
  shortBecause: slots.length < 3 ? 'little is known' : null,
  cards: slots.map((slot) => cardAt(row, slot)),
});

const SLATE: ServedSlate = {
  slateId: 's' as SlateId,
  userId: 'ada' as UserId,
  surface: 'home',
  createdAt: Date.UTC(2026, 10, 24, 6),
  fresh: true,
  basis: 'collaborative',
  model: 'm',
  policy: 'p',
  seed: 's',
  exploration: 0.1,
  logPropensity: -2.5,
  fallback: 'cold_start',
  notices: ['little is known of you'],
  experiments: [{ experiment: 'bolder', arm: 'control' }],
  shelves: [shelfOf(0, [0, 1, 2]), shelfOf(1, [0, 1]), shelfOf(2, [])],
};

it('is what the contract says, whole', () => {
  const wire: unknown = JSON.parse(new TextDecoder().decode(slateAnswer(SLATE).json));
  expect(ENDPOINTS.home.response.parse(wire)).toEqual(wire);
  expect(wire).toMatchObject({ slate_id: 's', created_at: '2026-11-24T06:00:00.000Z', log_propensity: -2.5 });
});

it('counts the cards of all shelves, and those that exploration drew', () => {
  expect(slateAnswer(SLATE).counts).toEqual({
    fresh: true,
    surface: 'home',
    fallback: 'cold_start',
    cards: 5,
    explored: 2,
  });
});
