import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { parseTable } from '../tables/read-table.ts';
import { askCards, askCompass, askValidation, askWeights } from './analyse-corpus.ts';
import { corpusRows } from './read-corpus.ts';

const HEADER = 'experiment,metric,effect,se,n,surface,at,days,kind';
const rowsOf = (...lines: string[]) => corpusRows(parseTable([HEADER, ...lines].join('\n'), 'c.csv'));

describe('a corpus file', () => {
  it('is read with all that is known', () => {
    expect(rowsOf('a,clicks,0.1,0.02,1000,home,2026-03-01,7,ab', 'x,clicks,0,0.02,900,,,,aa')).toEqual([
      {
        experiment: 'a',
        metric: 'clicks',
        effect: 0.1,
        standardError: 0.02,
        n: 1000,
        surface: 'home',
        at: Date.UTC(2026, 2, 1),
        days: 7,
      },
      { experiment: 'x', metric: 'clicks', effect: 0, standardError: 0.02, n: 900, aa: true },
    ]);
  });

  it('is refused with line, column and what is allowed', () => {
    expect(() => rowsOf('a,clicks,0.1,0,1000,,,,')).toThrow(
      'line 2 of c.csv, column "se" is "0": expected a standard error above 0',
    );
    expect(() => rowsOf('a,clicks,0.1,1,0,,,,')).toThrow('column "n" is "0"');
    expect(() => rowsOf('a,clicks,0.1,1,10,,,,abc')).toThrow('column "kind" is "abc": expected ab or aa');
    expect(() => rowsOf('a,clicks,0.1,1,10,,soon,,')).toThrow('column "at" is "soon"');
    expect(() => rowsOf(',clicks,0.1,1,10,,,,')).toThrow('column "experiment" is ""');
    expect(() => corpusRows(parseTable('a,b\n1,2', 'c.csv'))).toThrow('no column "experiment"');
  });
});

describe('questions to a corpus', () => {
  const rng = createRng('corpus');
  const rows = Array.from({ length: 80 }, (_, k) => {
    const x = rng.normal();
    const base = { experiment: `e${k}`, n: 1000, surface: k % 2 === 0 ? 'home' : 'search' };
    return [
      { ...base, metric: 'saves', effect: x + 0.2 * rng.normal(), standardError: 0.2 },
      { ...base, metric: 'clicks', effect: rng.normal() - 0.5 * x, standardError: 0.2 },
      { ...base, metric: 'return_63', effect: 0.5 * x + 0.1 * rng.normal(), standardError: 0.1 },
    ];
  }).flat();
  const question = { rows, noise: [], outcome: 'return_63', metrics: [], context: {} };

  it('are answered for all metrics but the outcome', () => {
    const { cards, experiments, noise } = askCards(question, { level: 0.95 });
    expect(cards.map(({ metric }) => metric)).toEqual(['saves', 'clicks']);
    expect([experiments, noise]).toEqual([80, 'taken for independent']);
    expect(askWeights(question, [100]).sizes[0]!.shares![0]).toBeGreaterThan(0.8);
    const { proxy, single, disagreements } = askValidation(question, { alpha: 0.05, quick: 'clicks' });
    expect(proxy.agreement.ok && proxy.agreement.value).toBeGreaterThan(0.85);
    expect(single.map(({ metric }) => metric)).toEqual(['saves', 'clicks']);
    expect(disagreements.every(({ z, worse }) => z > 1.64 && worse >= 0.9)).toBe(true);
    expect(disagreements.length).toBeGreaterThan(3);
  });

  it('are answered by context', () => {
    expect(askCards({ ...question, context: { surface: 'home' } }, { level: 0.95 }).experiments).toBe(40);
    const contexts = askCompass(question, { by: ['surface'], level: 0.95 });
    expect(contexts.map(({ context, recommended }) => [context.surface, recommended])).toEqual([
      ['home', 'saves'],
      ['search', 'saves'],
    ]);
  });

  it('that cannot be answered say why', () => {
    expect(() => askCards({ ...question, outcome: 'x' }, { level: 0.95 })).toThrow('no metric "x"');
    expect(() => askCards({ ...question, metrics: ['return_63'] }, { level: 0.95 })).toThrow('proxy of itself');
    expect(() => askCards({ ...question, context: { surface: 'tv' } }, { level: 0.95 })).toThrow(
      'no experiment in this context',
    );
    expect(() => askCompass(question, { by: ['intent'], level: 0.95 })).toThrow('tells no intent');
  });
});
