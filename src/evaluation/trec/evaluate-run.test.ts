import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '#domain';
import { evaluateRun, type RankingOptions } from './evaluate-run.ts';
import { formatReport } from './format-report.ts';
import { type JudgmentFormat, readJudgments } from './read-judgments.ts';
import { readRun } from './read-run.ts';
import { readZScores } from './z-scores.ts';

const STANDARD: RankingOptions = {
  measures: ['official'],
  complete: false,
  level: 1,
  judgedOnly: false,
  maxRetrieved: Number.POSITIVE_INFINITY,
  collectionSize: 0,
  zScores: undefined,
};

const fileOf = (name: string, lines: readonly string[]) => ({
  name,
  bytes: new TextEncoder().encode(lines.join('\n')),
});

const judge = (
  qrels: readonly string[],
  run: readonly string[],
  options: Partial<RankingOptions> & { readonly format?: JudgmentFormat } = {},
) =>
  evaluateRun(readRun(fileOf('run', run)), readJudgments(fileOf('qrels', qrels), options.format ?? 'qrels'), {
    ...STANDARD,
    ...options,
  });

/** Values of one measure, or of several, for the only topic. */
const values = (
  qrels: readonly string[],
  run: readonly string[],
  measures: string,
  options: Partial<RankingOptions> & { readonly format?: JudgmentFormat } = {},
) => judge(qrels, run, { ...options, measures: measures.split(' ') }).topics[0]!.values;

/** A run of one topic that ranks these documents. */
const ranked = (...documents: string[]): string[] => documents.map((name, n) => `t Q0 ${name} 0 ${100 - n} r`);

/** Levels: a 2, b 0, c 1, d 1, e pooled and not judged; x is not pooled. */
const QRELS = ['t 0 a 2', 't 0 b 0', 't 0 c 1', 't 0 d 1', 't 0 e -1'];
const RUN = ranked('b', 'a', 'x', 'c', 'e');

describe('one topic by hand', () => {
  it('of relevant or not: hits at ranks 2 and 4 of 3 relevant', () => {
    expect(values(QRELS, RUN, 'num_ret num_rel num_rel_ret num_nonrel_judged_ret')).toEqual([5, 3, 2, 1]);
    expect(values(QRELS, RUN, 'map')).toEqual([expect.closeTo((1 / 2 + 2 / 4) / 3, 12)]);
    expect(values(QRELS, RUN, 'P.2,5,10')).toEqual([0.5, 0.4, 0.2]);
    expect(values(QRELS, RUN, 'Rprec recip_rank recall.2')).toEqual([1 / 3, 0.5, 1 / 3]);
    expect(values(QRELS, RUN, 'map_cut.3 relative_P.2,5 success.1,2')).toEqual([1 / 6, 0.5, 2 / 3, 0, 1]);
    expect(values(QRELS, RUN, 'set_P set_recall set_F')).toEqual([0.4, 2 / 3, expect.closeTo(0.5, 12)]);
    expect(values(QRELS, RUN, 'utility.2,-1,-3,0')).toEqual([2 * 2 - 3 - 3]);
  });

  it('interpolated precision is the best from there on; shares go to the nearest count', () => {
    // Precision 1/2 at both hits; recall 0.4 of 3 is 1.2, so 1; recall 0.9 is 2.7, so 3, which is not reached.
    expect(values(QRELS, ranked('a', 'b', 'c'), 'iprec_at_recall.0,0.4,0.6,0.9')).toEqual([1, 1, 2 / 3, 0]);
    expect(values(QRELS, ranked('a', 'b', 'c'), '11pt_avg.0,0.6,0.9')).toEqual([expect.closeTo(5 / 9, 12)]);
  });

  it('bpref passes over what was not judged', () => {
    // One judged nonrelevant (b) above both hits, of min(1, 3): 0 + 0. With b between the hits: 1 + 0, over 3.
    expect(values(QRELS, RUN, 'bpref')).toEqual([0]);
    expect(values(QRELS, ranked('x', 'a', 'b', 'c'), 'bpref')).toEqual([1 / 3]);
  });

  it('infAP infers from the judged part of the pool', () => {
    // a at rank 1: 1. c at rank 4 below a, e (pooled), x (not): 1/4 + 3/4 · 2/3 · (1 + ε)/(1 + 2ε), about 3/4; over 3.
    expect(values(QRELS, ranked('a', 'e', 'x', 'c'), 'infAP')).toEqual([expect.closeTo(1.75 / 3, 5)]);
  });

  it('of levels', () => {
    const dcg = 2 / Math.log2(3) + 1 / Math.log2(5);
    const ideal = 2 + 1 / Math.log2(3) + 1 / 2;
    expect(values(QRELS, RUN, 'dcg ideal_dcg ndcg')).toEqual([dcg, ideal, dcg / ideal]);
    expect(values(QRELS, RUN, 'ndcg_cut.2')).toEqual([2 / Math.log2(3) / (2 + 1 / Math.log2(3))]);
    expect(values(QRELS, RUN, 'ndcg.1=0,2=5')).toEqual([1 / Math.log2(3)]);
    // Gains 0.2 and 0.5 stand in their order in the ideal: level 2 is worth less than level 1 here.
    expect(values(QRELS, RUN, 'ideal_dcg.1=0.5,2=0.2')).toEqual([0.5 + 0.5 / Math.log2(3) + 0.2 / 2]);
    // Best gain goes down after rank 1 (nDCG 0) and after rank 3; the ranking ends beyond, at 5.
    const atThree = 2 / Math.log2(3) / ideal;
    expect(values(QRELS, RUN, 'Rndcg')).toEqual([expect.closeTo((0 + atThree + dcg / ideal) / 3, 12)]);
    const atTwo = 2 / Math.log2(3) / (2 + 1 / Math.log2(3));
    expect(values(QRELS, RUN, 'ndcg_rel')).toEqual([expect.closeTo((atTwo + (2 * dcg) / ideal) / 3, 12)]);
  });

  it('rank-biased precision brings gains to [0, 1] and knows what it does not know', () => {
    // Levels over 2: ½ · (1 · ½ + ½ · ⅛). Unjudged at ranks 3 and 5, and all ranks after 5.
    expect(values(QRELS, RUN, 'rbp.p=0.5')).toEqual([0.5 * (0.5 + 0.5 / 8)]);
    expect(values(QRELS, RUN, 'rbp_resid.p=0.5 unj.1,5')).toEqual([1 / 32 + 0.5 * (1 / 4 + 1 / 16), 0, 0.4]);
  });

  it('relstring, level, judged only, first n', () => {
    expect(values(QRELS, RUN, 'relstring')).toEqual(['02-1.']);
    expect(values(QRELS, RUN, 'num_rel num_rel_ret', { level: 2 })).toEqual([1, 1]);
    expect(values(QRELS, RUN, 'num_ret relstring', { judgedOnly: true })).toEqual([3, '021']);
    expect(values(QRELS, RUN, 'num_ret', { maxRetrieved: 2 })).toEqual([2]);
  });

  it('undefined values are 0, as in trec_eval, never NaN', () => {
    const all = judge(['t 0 a 0', 't 0 b -1'], ranked('x'), { measures: ['all_trec', 'yaap'], judgedOnly: true });
    expect(all.topics[0]!.values.filter((value) => Number.isNaN(value))).toEqual([]);
  });
});

describe('several judges', () => {
  it('are averaged', () => {
    const qrels = ['t ann a 1', 't ann b 0', 't bob a 0', 't bob b 1'];
    expect(values(qrels, ranked('a', 'b'), 'map_avgjg P_avgjg.1', { format: 'qrels_jg' })).toEqual([0.75, 0.5]);
  });

  it('prefer: retrieved pairs, implied ones, and those of which nothing was retrieved', () => {
    // ann: a > b > c > d. The run has b, a: b before a is wrong; a, b before c, d implied right; c > d not seen.
    const prefs = ['t ann 1 a 4', 't ann 1 b 3', 't ann 1 c 2', 't ann 1 d 1'];
    const of = (measures: string) => values(prefs, ranked('b', 'x', 'a'), measures, { format: 'prefs' });
    expect(of('prefs_num_prefs_poss prefs_num_prefs_ful prefs_num_prefs_ful_ret')).toEqual([6, 4, 0]);
    expect(of('prefs_simp prefs_simp_imp prefs_simp_ret')).toEqual([4 / 6, 0, 4 / 5]);
    expect(of('prefs_pair prefs_avgjg')).toEqual([4 / 6, 4 / 6]);
  });

  it('of one judge, partial rankings are put together', () => {
    // a > b and b > c give a > c.
    const prefs = ['t ann 1 a 2', 't ann 1 b 1', 't ann 2 b 2', 't ann 2 c 1'];
    expect(values(prefs, ranked('a', 'c', 'b'), 'prefs_num_prefs_poss prefs_simp', { format: 'prefs' })).toEqual([
      3,
      2 / 3,
    ]);
    const circle = [...prefs, 't ann 3 c 2', 't ann 3 a 1'];
    expect(() => values(circle, ranked('a'), 'prefs_simp', { format: 'prefs' })).toThrow(/to itself/);
  });
});

describe('topics', () => {
  const qrels = ['t2 0 a 1', 't1 0 a 1', 't10 0 a 1'];
  const run = ['t2 Q0 a 0 1 mine', 't1 Q0 x 0 1 mine', 't3 Q0 a 0 1 last'];

  it('are averaged where there are judgments and results, in the order of their bytes', () => {
    const report = judge(qrels, run, { measures: ['num_q', 'map', 'gm_map', 'runid'] });
    expect(report.topics.map(({ topic }) => topic)).toEqual(['t1', 't2']);
    expect(report.missing).toEqual(['t10']);
    expect(report.summary).toEqual(['last', 2, 0.5, expect.closeTo(Math.sqrt(0.00001), 12)]);
  });

  it('that are missing count as empty when asked', () => {
    const report = judge(qrels, run, { measures: ['num_q', 'map', 'num_ret'], complete: true });
    expect(report.summary).toEqual([3, 2, 1 / 3]);
  });

  it('must have something in common', () => {
    expect(() => judge(['u 0 a 1'], run)).toThrow(EngineError);
  });

  it('are told as deviations from other runs', () => {
    const zScores = readZScores(fileOf('z', ['t1 map 0.5 0.25', 't2 map 1 0']));
    const report = judge(qrels, run, { measures: ['map', 'P.1'], zScores });
    expect(report.topics.map((topic) => topic.values)).toEqual([
      [-2, -1_000_000],
      [0, -1_000_000],
    ]);
    expect(formatReport(report, { perTopic: false, summary: true }).split('\n')[0]).toBe(
      `Zmap${' '.repeat(19)}\tall\t-1.0000`,
    );
  });
});

describe('every ranking', () => {
  const cases = fc.record({
    levels: fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 1, maxLength: 30 }),
    retrieved: fc.uniqueArray(fc.nat(40), { minLength: 1, maxLength: 30 }),
    scores: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 30, maxLength: 30 }),
  });
  const qrelsOf = (levels: readonly number[]) => levels.map((level, n) => `t 0 d${n} ${level}`);
  const SHARES = ['map', 'Rprec', 'bpref', 'recip_rank', 'iprec_at_recall', 'P', 'recall', 'infAP', '11pt_avg'].concat([
    'binG',
    'ndcg',
    'ndcg_cut',
    'map_cut',
    'relative_P',
    'success',
    'set',
    'rbp',
    'unj',
  ]);

  it('has the same value in whatever order its lines stand', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 29 }), ({ levels, retrieved, scores }, turn) => {
        const run = retrieved.map((name, n) => `t Q0 d${name} 0 ${scores[n]} r`);
        const turned = [...run.slice(turn), ...run.slice(0, turn)].reverse();
        const options = { measures: ['all_trec'] };
        expect(judge(qrelsOf(levels).reverse(), turned, options)).toEqual(judge(qrelsOf(levels), run, options));
      }),
      { seed: 31 },
    );
  });

  it('has shares from 0 to 1', () => {
    fc.assert(
      fc.property(cases, ({ levels, retrieved }) => {
        const report = judge(qrelsOf(levels), ranked(...retrieved.map((n) => `d${n}`)), { measures: SHARES });
        for (const [n, { name }] of report.columns.entries()) {
          if (/^num_|^utility|^runid/.test(name)) continue;
          const value = Number(report.topics[0]!.values[n]);
          expect([name, value, value >= 0 && value <= 1 + 1e-9]).toEqual([name, value, true]);
        }
      }),
      { seed: 32 },
    );
  });

  it('that is the best there is has 1', () => {
    const best = ['map', 'Rprec', 'bpref', 'recip_rank', 'infAP', '11pt_avg', 'ndcg', 'ndcg_rel', 'Rndcg', 'G'].concat([
      'binG',
      'relative_P',
      'set_F',
      'ndcg_cut',
      'iprec_at_recall',
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 30 }), (levels) => {
        const order = levels.map((level, n) => ({ level, n })).sort((a, b) => b.level - a.level);
        const report = judge(qrelsOf(levels), ranked(...order.map(({ n }) => `d${n}`)), { measures: best });
        for (const [n, { name }] of report.columns.entries()) {
          expect([name, report.topics[0]!.values[n]]).toEqual([name, expect.closeTo(1, 4)]);
        }
      }),
      { seed: 33 },
    );
  });
});

describe('measures that trec_eval has not', () => {
  it('of listeners: err, inst, cwl, judged', () => {
    // Levels by rank: 0, 2, -, 1, not judged.
    const [err = 0, inst = 0, cwl = 0, judgedShare = 0] = values(
      QRELS,
      RUN,
      'err.5 inst.2 cwl.0.5 judged.4',
    ) as number[];
    expect(err).toBeCloseTo(3 / 16 / 2 + ((13 / 16) * (1 / 16)) / 4, 12);
    // A law of 0.5 throughout: ranks 2 and 4 of weights 1/2, 1/4, 1/8, 1/16.
    expect(cwl).toBeCloseTo(1 / 4 + 1 / 16, 12);
    expect(judgedShare).toBe(0.75);
    expect(inst).toBeGreaterThan(0);
    expect(inst).toBeLessThan(0.4);
  });

  it('of aspects: alpha_ndcg and err_ia', () => {
    const qrels = ['t x a 1', 't x b 1', 't y b 1', 't y c 0', 't x d 0'];
    const run = ranked('c', 'a', 'b', 'z');
    const found = values(qrels, run, 'alpha_ndcg.5 err_ia.5', { format: 'qrels_jg' });
    // a: x at rank 2; b: half of x and y at rank 3; the best: b first (2), then a (1/2).
    const dcg = 1 / Math.log2(3) + 1.5 / 2;
    // ERR of x: hits of level 1 at ranks 2 and 3; of y: at rank 3.
    const ofX = 1 / 16 / 2 + ((15 / 16) * (1 / 16)) / 3;
    expect(found).toEqual([expect.closeTo(dcg / (2 + 0.5 / Math.log2(3)), 12), expect.closeTo((ofX + 1 / 48) / 2, 12)]);
    // Without what no one judged, c stays and z goes: nothing changes; without c too would the order.
    expect(values(qrels, ranked('z', 'a', 'b'), 'alpha_ndcg.5', { format: 'qrels_jg', judgedOnly: true })).toEqual([
      expect.closeTo((1 + 1.5 / Math.log2(3)) / (2 + 0.5 / Math.log2(3)), 12),
    ]);
    expect(() => values(qrels, run, 'alpha_ndcg')).toThrow(/needs judgments as qrels_jg/);
  });
});
