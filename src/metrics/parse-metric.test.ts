import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METRIC_KINDS } from './catalogue.ts';
import { polarityAt } from './metric.ts';
import { parseMetric, standardMetrics } from './parse-metric.ts';

describe('names of metrics', () => {
  it('round-trip: the metric of a name is called by that name', () => {
    const names = [
      'success_rate[sleep_playlist]',
      'success_rate[sleep_playlist@2]',
      'minutes_per_user[7d]',
      'absence_hours[median]',
      'absence_hours[p90]',
      'return_rate[28d]',
      'skip_rate',
      'click_through[naive]',
    ];
    expect(names.map((name) => parseMetric(name).name)).toEqual(names);
    for (const metric of standardMetrics(['sleep_playlist'])) expect(parseMetric(metric.name)).toEqual(metric);
  });

  it('round-trip for every parameter that is allowed', () => {
    const name = fc.oneof(
      fc.integer({ min: 1, max: 365 }).map((days) => `return_rate[${days}d]`),
      fc
        .integer({ min: 1, max: 99 })
        .filter((p) => p !== 50)
        .map((p) => `absence_hours[p${p}]`),
      fc
        .stringMatching(/^[a-z][a-z0-9_]{0,20}(@[1-9][0-9]{0,3})?$/)
        .map((definition) => `success_value[${definition}]`),
    );
    fc.assert(
      fc.property(name, (one) => parseMetric(one).name === one),
      { seed: 5, numRuns: 300 },
    );
  });

  it('without brackets mean the standard parameter, and say so', () => {
    expect(parseMetric('return_rate').name).toBe('return_rate[28d]');
    expect(parseMetric('absence_hours').name).toBe('absence_hours[median]');
  });

  it.each([
    ['skiprate', 'unknown metric "skiprate": expected one of minutes_per_user'],
    ['skip_rate[7d]', 'skip_rate takes no parameter'],
    ['return_rate[0d]', 'expected 1d to 365d, e.g. return_rate[28d]'],
    ['return_rate[07d]', 'expected 1d to 365d'],
    ['absence_hours[p50]', 'expected median'],
    ['click_through[all]', 'expected naive, examined, common'],
    [
      'success_rate[sleep_playlist@0]',
      'expected the name of a success definition, its newest version unless one is named',
    ],
    ['success_rate[sleep_playlist@]', 'e.g. success_rate[sleep_playlist]'],
    ['return_rate[28d', 'unknown metric'],
  ])('%s is refused with what is allowed', (name, message) => {
    expect(() => parseMetric(name)).toThrow(message);
  });
});

describe('polarity', () => {
  it('of doing something is opposite at a party and before sleep', () => {
    const actions = parseMetric('actions_per_session');
    expect(polarityAt(actions, 'party', undefined).polarity).toBe('up');
    expect(polarityAt(actions, 'sleep', undefined).polarity).toBe('down');
    expect(polarityAt(actions, undefined, undefined)).toEqual({ polarity: 'free', because: null });
  });

  it('of skips is free where people look through tracks', () => {
    expect(polarityAt(parseMetric('skip_rate'), 'party', 'mobile').polarity).toBe('free');
    expect(polarityAt(parseMetric('skip_rate'), 'sleep', 'mobile').polarity).toBe('down');
  });

  it('of clicks is free where nothing is shown', () => {
    expect(polarityAt(parseMetric('click_through'), undefined, 'speaker').polarity).toBe('free');
  });
});

it('every metric has a question, counts in words and at least one way to mislead', () => {
  expect(METRIC_KINDS.length).toBeGreaterThan(15);
  for (const kind of METRIC_KINDS) {
    expect(kind.question.endsWith('?')).toBe(true);
    expect(kind.numerator.length * kind.denominator.length).toBeGreaterThan(0);
    expect(kind.failureModes.length).toBeGreaterThan(0);
  }
});
