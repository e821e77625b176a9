import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg, holm } from '#stats';
import type { RankingReport } from '../trec/evaluate-run.ts';
import { compareReports } from './compare-reports.ts';
import { discriminativePower } from './discriminative-power.ts';

const OPTIONS = { test: 't', draws: 1000, seed: 1 } as const;

/** A report of measures m0, m1, … with these values by topic. */
const reportOf = (topics: Readonly<Record<string, readonly number[]>>): RankingReport => {
  const [first = []] = Object.values(topics);
  return {
    runId: 'run',
    columns: first.map((_, n) => ({ name: `m${n}`, perTopic: true, summary: 'mean', whole: false })),
    topics: Object.entries(topics).map(([topic, values]) => ({ topic, values })),
    summary: [],
    missing: [],
    zScored: false,
  };
};

describe('a comparison', () => {
  it('pairs topics by name and tells what it left out', () => {
    const comparison = compareReports(
      reportOf({ a: [1], b: [0.5], c: [0.25] }),
      reportOf({ b: [0], c: [0.75], d: [1] }),
      OPTIONS,
    );
    expect(comparison.topics).toEqual([
      { topic: 'b', of: [0.5], against: [0] },
      { topic: 'c', of: [0.25], against: [0.75] },
    ]);
    expect(comparison.unpaired).toEqual(['a', 'd']);
    expect(comparison.measures[0]).toMatchObject({
      of: 0.375,
      against: 0.375,
      difference: { ok: true, value: 0, n: 2 },
    });
    expect(() => compareReports(reportOf({ a: [1] }), reportOf({ b: [1] }), OPTIONS)).toThrow(/no judged topic/);
  });

  it('adjusts only what was tested, and adjusting changes something', () => {
    const values = fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }), {
      minLength: 4,
      maxLength: 8,
    });
    fc.assert(
      fc.property(values, values, (of, against) => {
        const named = (rows: readonly number[][]) =>
          reportOf(Object.fromEntries(rows.map((row, n) => [`t${n}`, [...row, 1]])));
        const { measures } = compareReports(named(of), named(against), OPTIONS);
        // The last measure is the same throughout.
        expect(measures[3]).toMatchObject({ test: { ok: false }, holm: undefined, benjaminiHochberg: undefined });
        const tested = measures.flatMap(({ test, ...rest }) => (test.ok ? [{ p: test.pValue, ...rest }] : []));
        fc.pre(tested.length === 3);
        for (const { p, holm, benjaminiHochberg } of tested) {
          expect(holm).toBeGreaterThanOrEqual(benjaminiHochberg!);
          expect(benjaminiHochberg).toBeGreaterThanOrEqual(p);
        }
        const least = tested.reduce((a, b) => (b.p < a.p ? b : a));
        fc.pre(least.p < 1 && least.p > 0);
        expect(least.holm).toBeGreaterThan(least.p);
      }),
      { seed: 61 },
    );
  });
});

describe('corrections', () => {
  it('raise p-values by as much as there are hypotheses, and turn decisions', () => {
    const pValues = fc.array(fc.double({ min: 1e-6, max: 0.999, noNaN: true }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(pValues, (raw) => {
        const least = Math.min(...raw);
        expect(Math.min(...holm(raw))).toBeCloseTo(Math.min(1, raw.length * least), 12);
        // Some step-up value grows, unless all are the same.
        const grown = benjaminiHochberg(raw).some((p, n) => p > raw[n]!);
        expect(grown).toBe(raw.some((p) => p !== raw[0]));
      }),
      { seed: 62 },
    );
    const raw = [0.01, 0.02, 0.03, 0.04];
    expect(raw.filter((p) => p < 0.05)).toHaveLength(4);
    expect(holm(raw).filter((p) => p < 0.05)).toHaveLength(1);
    expect(benjaminiHochberg(raw).filter((p) => p < 0.05)).toHaveLength(4);
  });
});

describe('discriminative power', () => {
  it('is the share of pairs that a measure tells apart', () => {
    const base = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
    const better = base.map((value, n) => value + 0.3 + n / 1000);
    const power = discriminativePower([base, base, better], { ...OPTIONS, level: 0.05 });
    // The first pair does not differ at all: it says nothing.
    expect(power).toMatchObject({ apart: 2, pairs: 2 });
    expect(power.pValues[0]).toBeUndefined();
  });
});
