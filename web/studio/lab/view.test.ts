import { describe, expect, it } from 'vitest';
import type { LabResultWire, LabSessionWire, LabWire } from '#api';
import {
  beginning,
  feltWord,
  keptName,
  numbered,
  returnPoints,
  runWords,
  sessionTime,
  shownWords,
  verdict,
  viewCurve,
} from './view.ts';

const known = (value: number, half = 0.1) => ({
  ok: true as const,
  value,
  interval: { lower: value - half, upper: value + half },
  level: 0.95,
  n: 5,
  method: 'mean, t interval',
});
const unknown = { ok: false as const, reason: 'one_unit', words: 'one unit' };

const REQUEST = {
  world: 'small',
  first: 'click_greedy',
  second: 'discover',
  listeners: 20,
  weeks: 2,
  worlds: 3,
  seed: 1,
};

const curve = (name: 'clicks' | 'utility', difference: LabResultWire['curves'][number]['difference']) => ({
  name,
  doc: `${name} a day`,
  truth: name === 'utility',
  first: [known(1), known(0.5)],
  second: [known(0.8), unknown],
  difference,
});

const result = (clicks: number, utility: number): LabResultWire => ({
  curves: [curve('clicks', [known(clicks), known(0)]), curve('utility', [known(0), known(utility)])],
  events: 10,
  people: [],
});

const SESSION: LabSessionWire = {
  date: '2026-01-06',
  time: '18:05',
  device: 'mobile',
  intent: 'workout',
  felt: 0.7,
  companions: 0,
  shown: [
    { title: 'One', artist: 'A', seen: true, chosen: false },
    { title: 'Two', artist: 'B', seen: true, chosen: true },
    { title: 'Three', artist: 'C', seen: false, chosen: false },
  ],
  plays: [],
};

describe('a run of the Lab', () => {
  it('is two curves and their paired difference; weeks without a number are left out', () => {
    const view = viewCurve(curve('utility', [known(-0.2), known(0.3)]), REQUEST);
    expect(view.points.map(({ name, week, value }) => [name, week, value])).toEqual([
      ['Click greedy', 1, 1],
      ['Click greedy', 2, 0.5],
      ['Discover', 1, 0.8],
    ]);
    expect(view.difference.map(({ week, lower }) => [week, lower])).toEqual([
      [1, expect.closeTo(-0.3, 10)],
      [2, expect.closeTo(0.2, 10)],
    ]);
    expect(view.said).toBe(
      'Utility a day, week by week. In week 2 Discover is at +0.30 (+0.20 to +0.40) against Click greedy.',
    );
  });

  it('says who leads only where the interval leaves out zero', () => {
    expect(verdict(result(-0.3, 0.4), REQUEST)).toBe(
      'Click greedy leads on clicks in the first week; in the last week Discover is worth more: the short term misleads.',
    );
    expect(verdict(result(0.3, 0.4), REQUEST)).toBe(
      'Discover leads on clicks in the first week; in the last week Discover is worth more.',
    );
    expect(verdict(result(0.05, -0.05), REQUEST)).toBe(
      'No one leads on clicks in the first week; in the last week the worlds do not tell who is worth more.',
    );
  });

  it('tells how far it is', () => {
    const run = { request: REQUEST, state: 'running' as const, result: null, error: null };
    const progress = { done: 4, total: 96, unit: 'days' };
    expect(runWords({ ...run, progress })).toBe(
      'Click greedy and Discover in 3 worlds of 20 listeners, 2 weeks: day 4 of 96',
    );
    expect(runWords({ ...run, progress: { ...progress, total: null } })).toMatch(/: beginning$/);
  });
});

describe('a made-up life', () => {
  it('says when, what was looked at and what was taken', () => {
    expect(sessionTime(SESSION)).toBe('Tue 06 Jan, 18:05');
    expect(shownWords(SESSION)).toBe('Looked at 2 of the first 3 cards, took Two.');
    expect(shownWords({ ...SESSION, shown: SESSION.shown.slice(0, 1) })).toBe(
      'Looked at 1 of the first 1 card, took none of them.',
    );
    expect(shownWords({ ...SESSION, shown: [] })).toMatch(/no page was shown/);
    expect([0.9, 0.6, 0.3, -0.2].map(feltWord)).toEqual(['loved', 'good', 'so-so', 'bad']);
    expect(numbered(['x', 'x'].map((title) => ({ title }))).map(({ place }) => place)).toEqual([1, 2]);
  });

  it('is a chance of coming, day by day, under both policies', () => {
    const own = (returns: number) => ({ days: [{ returns, came: returns > 0.5 }], sessions: [SESSION] });
    const life = { listener: 0, kind: 'athlete', week: 0, first: own(0.8), second: own(0.2) };
    expect(returnPoints(life, REQUEST)).toEqual([
      { name: 'Click greedy', day: 1, returns: 0.8, came: true },
      { name: 'Discover', day: 1, returns: 0.2, came: false },
    ]);
  });
});

describe('a world of one’s own', () => {
  const world = (name: string, text: string, own: boolean) => ({ name, about: '', text, own });

  it('begins as another one under a name that is free', () => {
    expect(beginning(world('claim/clock', 'name: claim/clock\nabout: The name: a word.\n', false))).toBe(
      'name: my claim clock\nabout: The name: a word.\n',
    );
  });

  it('is known by its text after it was kept', () => {
    const lab = {
      worlds: [world('small', 'name: small', false), world('mine', 'name: mine', true)],
    } as unknown as LabWire;
    expect(keptName(lab, 'name: mine')).toBe('mine');
    expect(keptName(lab, 'name: small')).toBe('');
  });
});
