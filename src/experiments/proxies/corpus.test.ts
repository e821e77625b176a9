import { describe, expect, it } from 'vitest';
import { inContext, metricAt, toCorpus, wholes } from './corpus.ts';

describe('a corpus', () => {
  const row = { experiment: 'a', metric: 'm', effect: 1, standardError: 1, n: 10 };

  it('keeps wholes and slices apart', () => {
    const corpus = toCorpus([
      row,
      { ...row, surface: 'home' },
      { ...row, experiment: 'b', surface: 'home' },
      { ...row, experiment: 'b', surface: 'search' },
    ]);
    expect(wholes(corpus).map(({ experiment, context }) => [experiment, context.surface])).toEqual([
      ['a', undefined],
      ['b', 'home'],
      ['b', 'search'],
    ]);
    expect(inContext(corpus, { surface: 'home' }).map(({ experiment }) => experiment)).toEqual(['a', 'b']);
  });

  it('has no slice beside the row that it is a part of', () => {
    const home = { ...row, surface: 'home' };
    const corpus = toCorpus([
      home,
      { ...home, device: 'mobile' },
      { ...home, device: 'mobile', intent: 'sleep' },
      { ...home, experiment: 'b', device: 'mobile' },
      { ...home, experiment: 'b', device: 'speaker' },
      { ...home, experiment: 'b', device: 'speaker', intent: 'sleep' },
    ]);
    const told = (rows: ReturnType<typeof wholes>) =>
      rows.map(({ experiment, context }) => [experiment, ...Object.values(context)].join(' '));
    expect(told(inContext(corpus, { surface: 'home' }))).toEqual(['a home', 'b home mobile', 'b home speaker']);
    expect(told(inContext(corpus, { device: 'mobile' }))).toEqual(['a home mobile', 'b home mobile']);
    expect(told(inContext(corpus, { intent: 'sleep' }))).toEqual(['a home sleep mobile', 'b home sleep speaker']);
    expect(told(wholes(corpus))).toEqual(told(inContext(corpus, { surface: 'home' })));
  });

  it('refuses what cannot be', () => {
    expect(() => toCorpus([{ ...row, standardError: 0 }])).toThrow('the standard error is 0');
    expect(() => toCorpus([{ ...row, n: 0 }])).toThrow('n is 0');
    expect(() => toCorpus([{ ...row, effect: Number.NaN }])).toThrow('the effect is NaN');
    expect(() => toCorpus([row, row])).toThrow('twice');
    expect(() => metricAt(toCorpus([row]), 'x')).toThrow('it has m');
  });
});
