import { describe, expect, it } from 'vitest';
import type { CompassWire, EstimateWire } from '#api';
import {
  beatsWords,
  cardLines,
  corpusWords,
  DECISION_SHARES,
  decisionPoints,
  decisionWords,
  driftWords,
  flagWords,
  matrixRows,
  numberWords,
  shareWords,
  weightPoints,
  weightWords,
} from './view.ts';

const known = (value: number, lower: number, upper: number): EstimateWire => ({
  ok: true,
  value,
  interval: { lower, upper },
  level: 0.95,
  n: 10,
  method: 'm',
});
const unknown: EstimateWire = { ok: false, reason: 'few_experiments', words: 'too few experiments' };

const COMPASS: CompassWire = {
  corpus: {
    experiments: 300,
    aa: 60,
    metrics: ['clicks', 'saves', 'return_63'],
    saved_at: '2026-01-01T00:00:00.000Z',
    archived: 0,
    left_out: [],
  },
  noise: 'a/a tests',
  outcome: 'return_63',
  quick: 'clicks',
  cards: [],
  matrix: [
    { metric: 'clicks', intent: null, n: 300, slope: known(-0.3, -0.5, -0.1), surrogacy: known(0.25, 0.1, 0.4) },
    { metric: 'clicks', intent: 'sleep', n: 4, slope: unknown, surrogacy: unknown },
  ],
  proxies: ['clicks', 'saves'],
  sizes: [
    { n: 1000, shares: [0.7, 0.3], correlation: 0.5, direct: 0.2 },
    { n: 1_000_000, shares: [-0.1, 0.9], correlation: 0.9, direct: 0.95 },
  ],
  disagreements: [],
  validation: [
    {
      metric: null,
      experiments: 300,
      agreement: known(0.9, 0.86, 0.93),
      recall: known(0.8, 0.6, 0.9),
      precision: unknown,
      contradictions: known(0.01, 0, 0.03),
    },
    {
      metric: 'clicks',
      experiments: 300,
      agreement: known(0.7, 0.65, 0.75),
      recall: unknown,
      precision: unknown,
      contradictions: unknown,
    },
  ],
};

describe('the compass in words', () => {
  it('tells numbers with their interval, and reasons in words', () => {
    expect(shareWords(known(0.5, 0.4, 0.6))).toBe('50 % (40 % to 60 %)');
    expect(numberWords(known(-0.3277, -0.5637, -0.0918))).toBe('-0.33 (-0.56 to -0.092)');
    expect(numberWords(unknown)).toBe('too few experiments');
  });

  it('tells sizes, drift and flags', () => {
    expect(beatsWords({ units: 61_394.2, reason: null })).toBe('below 61,394 units');
    expect(beatsWords({ units: null, reason: 'never' })).toBe('at no size');
    expect(driftWords(null)).toContain('unknown');
    expect(driftWords({ difference: known(1, 0.5, 1.5), moved: true })).toBe('moved by 1.00 (0.50 to 1.50)');
    expect(flagWords({ kind: 'up_while_outcome_down', experiments: ['a'] }, 'return')).toBe(
      'Went up while return went down in 1 experiment',
    );
  });

  it('has a line for each part of a card', () => {
    const card = {
      metric: 'clicks',
      sensitivity: known(0.4, 0.3, 0.5),
      mean_absolute_z: 1,
      false_alarms: unknown,
      direction_agreement: known(0.6, 0.5, 0.7),
      latency_days: 7,
      slope: known(1, 0, 2),
      plain_slope: 0.5,
      surrogacy: known(0.1, 0, 0.2),
      beats_direct_below: { units: null, reason: 'always' as const },
      drift: null,
      flags: [],
    };
    expect(Object.fromEntries(cardLines(card, 'return_63'))).toMatchObject({
      'False alarms in A/A tests': 'too few experiments',
      'Can be read after': '7 days',
      'return_63 for one unit of it': '1.00 (0.0 to 2.00)',
    });
  });

  it('makes a matrix of metric and intent', () => {
    const { intents, rows } = matrixRows(COMPASS.matrix);
    expect(intents).toEqual(['all intents', 'sleep']);
    expect(rows[0]!.cells[0]!.reach![1]).toBe(0.4);
    expect(rows[0]!.cells.map(({ strength, words }) => [strength, words])).toEqual([
      [-0.25, '− 25 % (10 % to 40 %)'],
      [0, 'too few experiments'],
    ]);
  });

  it('tells how the proxy turns over with the size of the test', () => {
    expect(weightPoints(COMPASS)).toHaveLength(4);
    expect(weightWords(COMPASS)).toBe(
      'In a test of 1,000 units the proxy leans most on clicks, in one of 1,000,000 on saves.',
    );
    expect(weightWords({ ...COMPASS, sizes: [] })).toContain('no proxy');
    expect(corpusWords(COMPASS)).toBe('300 experiments, 3 metrics; error correlations from 60 A/A tests.');
  });

  it('draws shares of decisions with their intervals, and says of those that have none why', () => {
    const [agreement, recall] = DECISION_SHARES;
    expect(decisionPoints(COMPASS.validation, agreement.field)).toEqual([
      { name: 'all together', value: 90, lower: 86, upper: 93 },
      { name: 'clicks', value: 70, lower: 65, upper: 75 },
    ]);
    expect(decisionPoints(COMPASS.validation, recall.field)).toHaveLength(1);
    expect(decisionWords(COMPASS.validation, recall)).toBe(
      'Launches what should be: all together 80 % (60 % to 90 %); clicks too few experiments.',
    );
  });
});
