import { describe, expect, it } from 'vitest';
import { agreements, mergeAssessments } from './assessments.ts';
import { cohenKappa } from './kappa.ts';
import { leaderboard } from './leaderboard.ts';
import { agreeInSeconds, keptParts, mergeParts } from './part-assessments.ts';
import { poolOf, withoutTeam } from './pool.ts';
import { reusability } from './reusability.ts';

const OPTIONS = { test: 'randomization', draws: 1000, seed: 1, level: 0.05 } as const;

describe("Cohen's kappa", () => {
  it('of 45 15 / 25 15: (0.6 - 0.54) / 0.46, and of counts as of pairs', () => {
    const kappa = cohenKappa([1, 1, 0, 0], [1, 0, 1, 0], 'none', [45, 15, 25, 15]);
    expect(kappa).toMatchObject({ ok: true, value: expect.closeTo(0.06 / 0.46, 12), n: 100 });
    const pairs = [
      ...Array(45).fill([1, 1]),
      ...Array(15).fill([1, 0]),
      ...Array(25).fill([0, 1]),
      ...Array(15).fill([0, 0]),
    ];
    expect(
      cohenKappa(
        pairs.map(([a]) => a),
        pairs.map(([, b]) => b),
      ),
    ).toEqual(kappa);
  });

  it.each(['none', 'quadratic'] as const)('is not sure of full agreement, weights %s', (weights) => {
    const unsure = { ok: false, reason: 'no_variance' };
    expect(cohenKappa([0, 1], [0, 1], weights)).toEqual(unsure);
    expect(cohenKappa([0, 1, 2, 2], [0, 1, 2, 2], weights)).toEqual(unsure);
    expect(cohenKappa([0, 1], [1, 0], weights)).toEqual(unsure);
    // Shares of thirds and sevenths, which are not quite themselves.
    expect(cohenKappa([0, 1, 2], [0, 1, 2], weights, [3, 7, 11])).toEqual(unsure);
  });

  it('nears 1 towards full agreement, and weighs how far levels are apart', () => {
    // One of 1,000 pairs apart: observed 0.999, expected 0.500 · 0.501 + 0.500 · 0.499 = 0.5.
    const close = cohenKappa([0, 0, 1], [0, 1, 1], 'none', [499, 1, 500]);
    expect(close).toMatchObject({ ok: true, value: expect.closeTo(0.998, 12) });
    const near = cohenKappa([0, 1, 2, 2], [1, 1, 2, 2], 'quadratic');
    const far = cohenKappa([0, 1, 2, 2], [2, 1, 2, 2], 'quadratic');
    expect(near.ok && far.ok && near.value > far.value).toBe(true);
    // Observed (3/4 + 3) / 4; expected 1/4 · 3/8 + 1/4 · 7/8 + 1/2 · 7/8: (15/16 - 3/4) / (1/4).
    expect(near).toMatchObject({ value: expect.closeTo(0.75, 12) });
  });

  it('is a reason where there is nothing to tell', () => {
    expect(cohenKappa([], [])).toEqual({ ok: false, reason: 'no_units' });
    expect(cohenKappa([1], [1])).toEqual({ ok: false, reason: 'one_unit' });
    expect(cohenKappa([1, 1], [1, 1])).toEqual({ ok: false, reason: 'no_variance' });
    expect(() => cohenKappa([1], [])).toThrow(RangeError);
  });
});

describe('a pool', () => {
  const topics = (documents: string[]) => new Map([['t', documents]]);
  const pool = poolOf(
    [
      { team: 'x', topics: topics(['b', 'a', 'c']) },
      { team: 'x', topics: topics(['d', 'b', 'e']) },
      { team: 'y', topics: topics(['a', 'f', 'g']) },
    ],
    2,
  );

  it('is the union of the first documents, by name, and knows who brought what', () => {
    expect([...pool.get('t')!].map(([document, teams]) => [document, ...teams])).toEqual([
      ['a', 'x', 'y'],
      ['b', 'x'],
      ['d', 'x'],
      ['f', 'y'],
    ]);
  });

  it('without a team lacks what the team alone brought', () => {
    expect([...withoutTeam(pool, 'x').get('t')!.keys()]).toEqual(['a', 'f']);
  });
});

describe('assessments', () => {
  const levels = (of: Record<string, number>) => new Map([['t', new Map(Object.entries(of))]]);
  const assessors = [
    { name: 'anna', levels: levels({ a: 2, b: 0, c: 1 }) },
    { name: 'bo', levels: levels({ a: 1, b: 0, d: 3 }) },
    { name: 'cy', levels: levels({ a: 2 }) },
  ];

  it('become the middle level, of two the lower', () => {
    expect([...mergeAssessments(assessors).get('t')!]).toEqual([
      ['a', 2],
      ['b', 0],
      ['c', 1],
      ['d', 3],
    ]);
    expect(mergeAssessments(assessors.slice(0, 2)).get('t')!.get('a')).toBe(1);
  });

  it('are compared over what both judged', () => {
    expect(agreements(assessors)[0]).toMatchObject({ assessors: ['anna', 'bo'], both: 2, same: 1 });
    expect(agreements(assessors)[2]).toMatchObject({ assessors: ['bo', 'cy'], both: 1, kappa: { ok: false } });
  });
});

describe('assessments of parts', () => {
  const part = (start: number, end: number) => ({ source: 'a', start, end, relevance: 1 });

  it('keep the seconds that most marked', () => {
    expect(mergeParts([[part(0, 20)], [part(10, 30)]])).toEqual([part(10, 20)]);
    expect(mergeParts([[part(0, 20)], [part(10, 30)], [part(15, 40)]])).toEqual([part(10, 30)]);
    expect(mergeParts([])).toEqual([]);
    expect(keptParts([part(0, 30)], [part(5, 10), part(8, 12), part(25, 99)])).toEqual([part(5, 12), part(25, 30)]);
  });

  it('agree second by second of the pool', () => {
    const topics = (parts: ReturnType<typeof part>[]) => new Map([['t', parts]]);
    const [agreement] = agreeInSeconds(
      [
        { name: 'anna', topics: topics([part(0, 20)]) },
        { name: 'bo', topics: topics([part(10, 30)]) },
      ],
      [{ id: 't', parts: [part(0, 25), part(20, 40)] }],
    );
    // Of 40 seconds: both 10, one 20, none 10. Observed 1/2, expected 1/2.
    expect(agreement).toMatchObject({ both: 40, same: 20, kappa: { ok: true, value: 0, n: 40 } });
  });
});

describe('a leaderboard', () => {
  const noise = [0.01, -0.02, 0.03, -0.01, 0.02, -0.03, 0.01, -0.01, 0.02, -0.02];
  const run = (name: string, mean: number, order: number) => ({
    team: name,
    run: name,
    values: noise.map((_, n) => mean + noise[(n * order + order) % 10]!),
  });

  it('puts into one group what no test tells apart', () => {
    const board = leaderboard(
      'map',
      [run('c', 0.2, 3), run('a', 0.8, 1), run('b', 0.795, 7), run('d', 0.2, 9)],
      OPTIONS,
    );
    expect(board.rows.map(({ rank, run, groups }) => [rank, run, groups])).toEqual([
      [1, 'a', 'a'],
      [2, 'b', 'a'],
      [3, 'c', 'b'],
      [4, 'd', 'b'],
    ]);
    expect([board.apart, board.pairs]).toEqual([4, 6]);
    expect(board.rows[0]?.mean).toMatchObject({ ok: true, n: 10 });
  });

  it('lets groups overlap', () => {
    const board = leaderboard(
      'map',
      [
        { team: 'a', run: 'a', values: noise.map((one) => 0.5 + one) },
        { team: 'b', run: 'b', values: noise.map((_, n) => (n % 2 === 0 ? 0.9 : 0.08)) },
        { team: 'c', run: 'c', values: noise.map((one) => 0.45 - one / 2) },
      ],
      OPTIONS,
    );
    expect(board.rows.map(({ groups }) => groups)).toEqual(['a', 'ab', 'b']);
  });
});

describe('leaving a team out', () => {
  it('tells what it loses as a stranger, and whether the order holds', () => {
    const report = reusability(
      'map',
      [
        { team: 'x', run: '1', value: 0.5, asStranger: 0.3 },
        { team: 'y', run: '2', value: 0.4, asStranger: 0.4 },
        { team: 'z', run: '3', value: 0, asStranger: 0 },
      ],
      { unique: 3, relevant: 12 },
    );
    expect(report.runs.map(({ places }) => places)).toEqual([1, 0, 0]);
    expect(report.largestLoss).toBeCloseTo(0.4, 12);
    expect(report.meanLoss).toBeCloseTo(0.2, 12);
    // One of three pairs is turned.
    expect(report.tau).toEqual({ ok: true, value: expect.closeTo(1 / 3, 12), n: 3 });
  });
});
