import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { type EffectRow, metricAt, toCorpus } from '../proxies/corpus.ts';
import { compassIn } from './compass.ts';

const METRICS = ['clicks', 'novelty', 'return'] as const;
const DEVICES = ['mobile', 'desktop', 'speaker', 'car'];

/** Experiments at home whose clicks tell what return does, with errors of 0.3; the same on every device. */
const rowsOf = (count: number, told = 0.8): readonly EffectRow[] => {
  const rng = createRng('compass');
  return Array.from({ length: count }, (_, k) => {
    const clicks = rng.normal();
    const effects = [clicks, rng.normal(), told * clicks + 0.6 * rng.normal()].map((one) => one + 0.3 * rng.normal());
    return DEVICES.flatMap((device) =>
      METRICS.map((metric, at): EffectRow => {
        const effect = effects[at]!;
        return { experiment: `e${k}`, surface: 'home', device, metric, effect, standardError: 0.3, n: 1000 };
      }),
    );
  }).flat();
};

const compassOf = (rows: readonly EffectRow[]) => {
  const corpus = toCorpus(rows);
  const [clicks, novelty, outcome] = METRICS.map((name) => metricAt(corpus, name));
  const correlations = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  return compassIn(corpus, { surface: 'home' }, { candidates: [clicks!, novelty!], outcome: outcome!, correlations });
};

describe('the compass', () => {
  it('recommends nothing from three experiments, into however many slices they are cut', () => {
    expect(compassOf(rowsOf(3))).toMatchObject({ n: 3, recommended: null, none: 1, reason: 'few_experiments' });
  });

  it('is no surer of experiments that are told once a device', () => {
    const rows = rowsOf(30);
    const [single, sliced] = [compassOf(rows.filter(({ device }) => device === 'mobile')), compassOf(rows)];
    expect([single.n, sliced.n, sliced.recommended]).toEqual([30, 30, 'clicks']);
    expect(sliced.none).toBeCloseTo(single.none, 8);
    for (const [at, row] of sliced.rows.entries()) {
      const other = single.rows[at]!;
      expect(row.weight).toBeCloseTo(other.weight, 8);
      expect(row.invalid).toBe(other.invalid);
      for (const name of ['signAgreement', 'regret'] as const) {
        const [a, b] = [other[name], row[name]];
        if (!(a.ok && b.ok)) throw new Error(name);
        expect(b.value).toBeCloseTo(a.value, 8);
        expect(b.interval.upper - b.interval.lower).toBeGreaterThan(0.8 * (a.interval.upper - a.interval.lower));
      }
    }
  });

  it('takes an experiment by the row of the context that was asked for', () => {
    const rows = rowsOf(30);
    // At home as a whole clicks tell nothing; the slices say otherwise.
    const whole = rowsOf(30, 0).flatMap(({ device, ...row }) => (device === 'mobile' ? [row] : []));
    expect(compassOf([...rows, ...whole])).toEqual(compassOf(whole));
  });
});
