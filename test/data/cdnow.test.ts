/** The published parameters of lifetime models on the purchases of CDNOW's customers, to three decimals. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '#domain';
import { fitGammaGamma, fitLifetime, historiesOf, type LifetimeModelName } from '#stats';
import { dataFolder } from './data-folder.ts';

const folder = dataFolder('cdnow');

describe.skipIf(folder === undefined)('CDNOW, first buyers of early 1997', () => {
  const rows = (name: string): number[][] =>
    readFileSync(join(folder!, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) =>
        line
          .trim()
          .split(/[\s,]+/)
          .map(Number),
      );

  const summary = () => {
    const customers = rows('cdnow_customers_summary_with_transactions.csv').slice(1);
    const column = (at: number) => Float64Array.from(customers, (row) => row[at]!);
    return { frequency: column(1), recency: column(2), age: column(3), meanValue: column(4) };
  };

  const purchases = () => {
    const table = rows('CDNOW_sample.txt');
    const dateOf = (ymd: number) => Date.UTC(Math.floor(ymd / 10_000), (Math.floor(ymd / 100) % 100) - 1, ymd % 100);
    return historiesOf(
      {
        users: table.map((row) => row[1]!),
        times: table.map((row) => dateOf(row[2]!)),
        values: table.map((row) => row[4]!),
      },
      { until: Date.UTC(1997, 8, 30), periodMs: DAY_MS, unitMs: 7 * DAY_MS },
    );
  };

  it('the purchases to 30 September 1997 make the published summary, which is rounded to hundredths of a week', () => {
    const [own, published] = [purchases(), summary()];
    expect(own.users.length).toBe(2357);
    expect([...own.frequency]).toEqual([...published.frequency]);
    for (const name of ['recency', 'age'] as const) {
      expect(Math.max(...own[name].map((value, i) => Math.abs(value - published[name][i]!)))).toBeLessThan(0.0051);
    }
  });

  it.each([
    ['bg-nbd', ['0.243', '4.414', '0.793', '2.426']],
    ['mbg-nbd', ['0.525', '6.183', '0.891', '1.614']],
    ['pareto-nbd', ['0.553', '10.578', '0.606', '11.669']],
  ] as const)('%s has the published parameters to three decimals: %s', (model: LifetimeModelName, published) => {
    const fit = fitLifetime(purchases(), model);
    if (!fit.ok) throw new Error(fit.reason);
    expect(fit.n).toBe(2357);
    expect(fit.values.map((value) => value.toFixed(3))).toEqual([...published]);
    // From the rounded times of the summary the last digit may differ by one (Pareto/NBD: beta 11.668).
    const rounded = fitLifetime(summary(), model);
    if (!rounded.ok) throw new Error(rounded.reason);
    rounded.values.forEach((value, j) => {
      expect(Math.abs(value - Number(published[j]))).toBeLessThan(0.0015);
    });
  });

  it('gamma-gamma has the published 6.25, 3.74, 15.44, on 946 customers with repeats', () => {
    const fit = fitGammaGamma(purchases());
    if (!fit.ok) throw new Error(fit.reason);
    expect(fit.values.map((value) => value.toFixed(2))).toEqual(['6.25', '3.74', '15.44']);
    expect(fit.n).toBe(946);
  });
});
