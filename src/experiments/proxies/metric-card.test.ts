import { describe, expect, it } from 'vitest';
import { type EffectRow, toCorpus, wholes } from './corpus.ts';
import { metricCard } from './metric-card.ts';
import { noiseModel } from './noise.ts';
import { pairRows } from './pair-rows.contract.ts';

describe('a card', () => {
  const cardOf = (rows: readonly EffectRow[]) => {
    const corpus = toCorpus(rows);
    const noise = noiseModel(corpus).correlations;
    return metricCard(corpus, wholes(corpus), { metric: 0, outcome: 1 }, noise);
  };

  it('tells sensitivity, direction, latency, surrogacy', () => {
    const card = cardOf(pairRows('card', { count: 300, rho: 0.9, se: 0.2, aa: 100 }));
    const value = (estimate: typeof card.sensitivity) => (estimate.ok ? estimate.value : Number.NaN);
    expect(value(card.sensitivity)).toBeGreaterThan(0.6);
    expect(value(card.directionAgreement)).toBeGreaterThan(0.9);
    expect(value(card.surrogacy)).toBeGreaterThan(0.75);
    expect(card.surrogacy.ok && card.surrogacy.interval.lower <= 0.81 && card.surrogacy.interval.upper >= 0.81).toBe(
      true,
    );
    expect(card).toMatchObject({ metric: 'm', outcome: 'y', latencyDays: 7 });
    expect(card.drift.ok && card.drift.moved).toBe(false);
  });

  it('an A/A corpus has the sensitivity that was asked for', () => {
    const card = cardOf(pairRows('aa', { count: 12, rho: 0.5, se: 1, aa: 2000 }));
    const { falseAlarms } = card;
    expect(falseAlarms).toMatchObject({ ok: true, n: 2000 });
    // ±4 standard errors.
    expect(falseAlarms.ok && Math.abs(falseAlarms.value - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / 2000));
  });

  it('sensitivity rises with the effects', () => {
    const shares = [2, 1, 0.5, 0.25].map((se) => {
      const { sensitivity } = cardOf(pairRows('monotone', { count: 400, rho: 0.5, se }));
      return sensitivity.ok ? sensitivity.value : Number.NaN;
    });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(new Set(shares).size).toBe(4);
  });

  it('tells up to which size the metric beats the outcome itself', () => {
    // The metric is measured four times as sharply: R² .81 of it beats the outcome up to some n.
    const sharp = pairRows('beats', { count: 300, rho: 0.9, se: 0.4 }).map((row) =>
      row.metric === 'm' ? { ...row, standardError: 0.1, effect: row.effect } : row,
    );
    const { beatsDirectBelow } = cardOf(sharp);
    expect(beatsDirectBelow.ok).toBe(true);
    const { beatsDirectBelow: never } = cardOf(pairRows('never', { count: 300, rho: 0.3, se: 0.3 }));
    expect(never).toEqual({ ok: false, reason: 'never' });
  });

  it('sees a slope that has moved since', () => {
    const { drift } = cardOf(pairRows('drift', { count: 300, rho: 0.8, se: 0.2, drift: -0.8 }));
    expect(drift.ok && drift.moved).toBe(true);
  });

  it('flags what can be gamed', () => {
    const against = cardOf(pairRows('against', { count: 200, rho: 0.8, slope: -0.8, se: 0.1 }));
    expect(against.flags.map(({ kind }) => kind)).toContain('points_the_other_way');
    const loose = cardOf(pairRows('loose', { count: 300, rho: 0.1, se: 0.1 }));
    expect(loose.flags.map(({ kind }) => kind)).toEqual(['up_while_outcome_down', 'easy_to_move_says_little']);
  });
});
