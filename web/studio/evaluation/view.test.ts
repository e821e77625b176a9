import { describe, expect, it } from 'vitest';
import type { JudgedRunsWire } from '#api';
import { differencesWords, meanMarks, probability, topicDifferences, verdictOf, withInterval } from './view.ts';

const estimate = (value: number) => ({
  ok: true as const,
  value,
  interval: { lower: value - 0.1, upper: value + 0.1 },
  level: 0.95,
  n: 3,
  method: 'mean, t interval',
});

const measure = (difference: number, p: number | null): JudgedRunsWire['measures'][number] => ({
  measure: 'map',
  run: estimate(0.5),
  other: estimate(0.5 - difference),
  difference: estimate(difference),
  test:
    p === null
      ? { ok: false, reason: 'no_differences', words: 'no topic differs' }
      : { ok: true, statistic: 1, p_value: p, method: 't' },
  p_holm: p,
  p_benjamini_hochberg: p,
  by_topic: [
    { topic: 'a', run: 0.2, other: 0.4 },
    { topic: 'b', run: 0.9, other: 0.4 },
    { topic: 'c', run: 0.5, other: null },
    { topic: 'd', run: 0.5, other: 0.5 },
  ],
});

describe('a verdict', () => {
  it('goes by the adjusted p-value and the sign, and says when there is none', () => {
    expect(verdictOf(measure(0.1, 0.01), 'old')).toEqual({ words: 'better than old', tone: 'better' });
    expect(verdictOf(measure(-0.1, 0.01), 'old')).toEqual({ words: 'worse than old', tone: 'worse' });
    expect(verdictOf(measure(0.1, 0.2), 'old')).toEqual({ words: 'not told apart', tone: 'open' });
    expect(verdictOf(measure(0, null), 'old')?.words).toBe('cannot be tested: no topic differs');
    expect(verdictOf({ ...measure(0, 0.5), difference: null }, 'old')).toBeNull();
  });
});

describe('what is drawn', () => {
  it('has both runs, apart even when they have one name', () => {
    const marks = meanMarks({
      run_id: 'x',
      other_run_id: 'x',
      topics: 4,
      missing: [],
      beyond: [],
      measures: [measure(0.1, 0.01)],
    });
    expect(marks.map(({ series, value }) => [series, value])).toEqual([
      ['run: x', 0.5],
      ['other run: x', 0.4],
    ]);
  });

  it('orders topics by what was gained, leaving out what only one run has', () => {
    const differences = topicDifferences(measure(0.1, 0.01));
    expect(differences.map(({ topic }) => topic)).toEqual(['b', 'd', 'a']);
    expect(differencesWords(differences)).toBe('The run is better on 1 topics, worse on 1, the same on 1.');
  });

  it('shows failures in words and small p-values by size', () => {
    expect(withInterval(estimate(0.5))).toBe('0.5000 [0.4000, 0.6000]');
    expect(withInterval({ ok: false, reason: 'one_unit', words: 'a single topic' })).toBe('a single topic');
    expect([probability(0.00001), probability(0.5), probability(null)]).toEqual(['< 0.0001', '0.5000', '–']);
  });
});
