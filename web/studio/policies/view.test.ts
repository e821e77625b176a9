import { describe, expect, it } from 'vitest';
import type { PolicySliceWire } from '#api';
import { replayAsked } from './asked.ts';
import { outsideWords, replayedWords, ripsOf, sliceName, viewReport } from './view.ts';

const known = (value: number) => ({
  ok: true as const,
  value,
  interval: { lower: value - 0.1, upper: value + 0.1 },
  level: 0.95,
  n: 10,
  method: 'bootstrap',
});

const REPORT: NonNullable<PolicySliceWire['report']> = {
  shelves: 10,
  logged: known(0.5),
  estimates: [
    { name: 'rips', title: 'RIPS', estimate: known(0.6) },
    { name: 'snips', title: 'product, SN', estimate: { ok: false, reason: 'no_overlap', words: 'no overlap' } },
  ],
  by_slot: [],
  outside: 0.25,
  trust: { level: 'careful', sentence: 'Read the interval.' },
};

describe('a replayed policy', () => {
  it('is a forest with what was logged on top, and says what has no number', () => {
    const { rows, missing, said } = viewReport(REPORT);
    expect(rows.map(({ label, isLogged }) => [label, isLogged])).toEqual([
      ['as logged', true],
      ['RIPS', false],
    ]);
    expect(missing).toEqual(['product, SN: no overlap']);
    expect(said).toBe('Rewards a shelf: as logged 0.500 (0.400 to 0.600); RIPS 0.600 (0.500 to 0.700).');
  });

  it('tells how much of the log it stands on, and what it leaves out', () => {
    const answer = {
      policy: {},
      reward: 'played',
      slates: 3,
      replayed: 3,
      left_out: [],
      units: 1,
      unknown: 0,
      slices: [],
      sql: '',
    };
    expect(replayedWords(answer)).toEqual(['All 3 slates replay exactly.']);
    const left = { reason: 'too_young', slates: 2, words: 'too young' };
    expect(
      replayedWords({ ...answer, replayed: 1, left_out: [left], reward: 'home_shelf@1', units: 9, unknown: 4 }),
    ).toEqual([
      '1 of 3 slates replay. 2 left out: too young.',
      'A card earns the value of home_shelf@1: 9 units come from these slates, 4 of them of unknown success, which earn nothing.',
    ]);
    expect(outsideWords(REPORT)[0]).toMatch(/^On 25\.0 % of the shelves/);
    expect(outsideWords({ ...REPORT, outside: 0 })).toEqual([]);
  });

  it('asks for what the address names', () => {
    expect(replayAsked({})).toEqual({
      text: 'exploration_factor: 0.5',
      query: { surface: undefined, reward: 'played' },
    });
    expect(
      replayAsked({ policy: 'document', document: 'exploration: 1', reward: 'home_shelf', surface: 'radio' }),
    ).toEqual({
      text: 'exploration: 1',
      query: { surface: 'radio', success: 'home_shelf' },
    });
  });

  it('names slices, and shows RIPS for them', () => {
    expect(sliceName({ by: 'all', value: 'all' })).toBe('all');
    expect(sliceName({ by: 'intent', value: 'quick_access' })).toBe('intent: Quick access');
    expect(ripsOf(REPORT)).toEqual(known(0.6));
  });
});
