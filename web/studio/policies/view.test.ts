import { describe, expect, it } from 'vitest';
import type { PolicySliceWire } from '#api';
import { replayedWords, ripsOf, sliceName, viewReport } from './view.ts';

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

  it('tells how much of the log it stands on', () => {
    const answer = { slates: 3, replayed: 3, slices: [], sql: '' };
    expect(replayedWords(answer)).toBe('All 3 slates replay exactly.');
    expect(replayedWords({ ...answer, replayed: 1 })).toBe('1 of 3 slates replay exactly; the others are left out.');
  });

  it('names slices, and shows RIPS for them', () => {
    expect(sliceName({ by: 'all', value: 'all' })).toBe('all');
    expect(sliceName({ by: 'intent', value: 'quick_access' })).toBe('intent: Quick access');
    expect(ripsOf(REPORT)).toEqual(known(0.6));
  });
});
