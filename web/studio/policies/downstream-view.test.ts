import { expect, it } from 'vitest';
import type { DownstreamWire } from '#api';
import { actRows, downstreamCsv, untold } from './downstream-view.ts';

const told = (value: number) => ({
  ok: true as const,
  value,
  interval: { lower: value - 0.01, upper: value + 0.01 },
  level: 0.95,
  n: 30,
  method: 'x',
});
const few = { ok: false as const, reason: 'few_acts', words: 'not enough data: fewer than five such acts' };
const act = (name: string, incremental: DownstreamWire['acts'][number]['incremental']) => ({
  act: name,
  last_touch: told(0.2),
  by_place: told(0.15),
  placed: told(0.2),
  passed_over: told(0.14),
  incremental,
});
const ANSWER: DownstreamWire = {
  slates: 10,
  replayed: 10,
  left_out: [],
  cards: 80,
  looked_at: 60,
  listeners: 20,
  passed_over: 900,
  acts: [act('playlist_add', told(0.06)), act('share', few)],
  sql: 'SELECT 1',
};

it('draws what can be told, and says why of the rest', () => {
  expect(actRows(ANSWER)).toEqual([
    {
      act: 'Playlist add',
      lastTouch: 0.2,
      value: 0.06,
      lower: expect.closeTo(0.05, 12),
      upper: expect.closeTo(0.07, 12),
    },
  ]);
  expect(untold(ANSWER)).toEqual(['Share: not enough data: fewer than five such acts.']);
  expect(untold({ ...ANSWER, acts: [act('save', few)] })).toEqual([
    'Nothing can be told yet: not enough data: fewer than five such acts.',
  ]);
});

it('gives every rule with its interval as CSV', () => {
  const [head, first, second] = downstreamCsv(ANSWER).split('\n');
  expect(head?.split(',')).toHaveLength(21);
  expect(first).toMatch(/^playlist_add,0\.2,/);
  expect(second).toMatch(/,few_acts$/);
});
