/** Off-policy estimates on the Open Bandit Dataset, small version, against reference values of the Open Bandit Pipeline. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram, type Terminal } from '#cli';
import { dataFolder } from './data-folder.ts';

const found = dataFolder('open-bandit-small');
const folder = found ?? '';

interface Answer {
  readonly logged_value: { readonly value: number };
  readonly estimates: readonly {
    readonly estimator: string;
    readonly parameter?: { readonly value: number };
    readonly value: number;
    readonly bootstrap: { readonly interval: { readonly lower: number; readonly upper: number } };
  }[];
  readonly trust: { readonly level: string; readonly sentence: string };
  readonly diagnostics: { readonly effective_size: number };
  readonly reward_model?: { readonly converged: boolean };
}

const evaluate = async (...words: readonly string[]): Promise<Answer> => {
  const printed: string[] = [];
  const terminal: Terminal = {
    print: (text) => void printed.push(text),
    talk: () => undefined,
    outIsTty: false,
    errIsTty: false,
  };
  await (await createProgram(terminal)).parseAsync(['evaluate', 'policy', ...words, '--json'], { from: 'user' });
  return JSON.parse(printed.join('')) as Answer;
};

const OURS: Readonly<Record<string, string>> = {
  ipw: 'ips',
  snipw: 'snips',
  dm: 'dm',
  dr: 'dr',
  sndr: 'sndr',
  switch_dr: 'switch_dr',
  dros: 'dros',
};

interface Row {
  readonly behaviour: string;
  readonly target: string;
  readonly estimator: string;
  readonly tuned: boolean;
  readonly value: number;
  readonly onPolicy: number;
  readonly lower: number;
  readonly upper: number;
  readonly parameter: number;
}

const reference = (): Row[] =>
  readFileSync(join(folder, 'reference', 'results.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [behaviour = '', target = '', , , name = '', value, onPolicy, , lower, upper, best] = line.split(',');
      const fixed = /lambda=([\d.]+)/.exec(name);
      return {
        behaviour,
        target,
        estimator: OURS[name.replace(/\(.*/, '')] ?? name,
        tuned: name.includes('tuned'),
        value: Number(value),
        onPolicy: Number(onPolicy),
        lower: Number(lower),
        upper: Number(upper),
        parameter: Number(fixed?.[1] ?? (best || Number.NaN)),
      };
    });

const DIRECTIONS = [
  ['random', 'bts', 0.0046],
  ['bts', 'random', 0.0069],
] as const;

describe.skipIf(found === undefined)('the Open Bandit Dataset', () => {
  const roundsOf = (from: string, to: string) => join(folder, 'reference', `${from}_to_${to}_men_rounds.csv`);

  it.each(DIRECTIONS)('estimates from %s of %s equal the reference to 1e-9', async (from, to, logged) => {
    const fixed = await evaluate(
      ...['--rounds', roundsOf(from, to), '--set', 'switch_dr=10', '--set', 'dros=10', '--bootstrap', '10000'],
    );
    const tuned = await evaluate('--rounds', roundsOf(from, to));
    expect(fixed.logged_value.value).toBeCloseTo(logged, 12);
    const rows = reference().filter((row) => row.behaviour === from && row.target === to);
    expect(rows).toHaveLength(9);
    for (const row of rows) {
      const ours = (row.tuned ? tuned : fixed).estimates.find(({ estimator }) => estimator === row.estimator)!;
      expect(Math.abs(ours.value / row.value - 1)).toBeLessThan(1e-9);
      if (!Number.isNaN(row.parameter)) expect(ours.parameter?.value).toBe(row.parameter);
      if (row.tuned) continue;
      // Both ends are quantiles of 10,000 resamples: a standard error of about 0.027 half-widths each, so 0.037 for
      // their difference; 5 of these. Self-normalised ones are resampled with their weights here and without there.
      const half = (row.upper - row.lower) / 2;
      const allowed = row.estimator.startsWith('sn') ? 0.3 : 0.19;
      expect(Math.abs(ours.bootstrap.interval.lower - row.lower)).toBeLessThan(allowed * half);
      expect(Math.abs(ours.bootstrap.interval.upper - row.upper)).toBeLessThan(allowed * half);
    }
  });

  it.each(DIRECTIONS)('from the raw log of %s the value of %s, with a reward model of our own', async (from, to) => {
    const answer = await evaluate(
      ...['--log', join(folder, from, 'men', 'men.csv')],
      ...['--policy', join(folder, 'reference', `${from}_to_${to}_men_action_dist.csv`)],
      ...['--items', join(folder, from, 'men', 'item_context.csv'), '--category', 'item_feature_1'],
      ...['--logging-policy', join(folder, 'reference', `${to}_to_${from}_men_action_dist.csv`)],
    );
    const rows = reference().filter((row) => row.behaviour === from && row.target === to);
    for (const name of ['ips', 'snips']) {
      const ours = answer.estimates.find(({ estimator }) => estimator === name)!;
      // The judged policy's probabilities have the four to six digits of the file that the reference was made from.
      expect(Math.abs(ours.value / rows.find(({ estimator }) => estimator === name)!.value - 1)).toBeLessThan(1e-9);
    }
    expect(answer.reward_model?.converged).toBe(true);
    const names = answer.estimates.map(({ estimator }) => estimator);
    expect(names).toEqual(expect.arrayContaining(['dr', 'switch_dr', 'dros', 'mrdr', 'mips', 'mips_sn']));
    expect(answer.trust.level).toBe('careful');
    expect(answer.trust.sentence).toContain('rewards are rare');
  });
});
