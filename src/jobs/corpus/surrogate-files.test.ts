import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { surrogateFiles } from './surrogate-files.ts';

describe('the surrogate index from files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ritornello-surrogate-'));
  const history = join(folder, 'history.csv');
  const test = join(folder, 'test.csv');
  const options = {
    history,
    test,
    outcome: 'plays_63',
    surrogates: ['plays_day_*'],
    arm: 'arm',
    control: 'control',
    level: 0.95,
  };

  beforeAll(() => {
    const rng = createRng('files');
    const person = (lift: number) => [rng.normal() + lift, rng.normal()] as const;
    const past = Array.from({ length: 500 }, () => {
      const [a, b] = person(0);
      return `${a},${b},${2 * a - b + rng.normal()}`;
    });
    writeFileSync(history, `plays_day_1,plays_day_2,plays_63\n${past.join('\n')}\n`);
    const rows = Array.from({ length: 400 }, (_, i) => `${['control', 'new'][i % 2]},${person(i % 2).join(',')}`);
    writeFileSync(test, `arm,plays_day_1,plays_day_2\n${rows.join('\n')}\n`);
  });

  it('takes the first days of the outcome itself, and reads the effect of 2', async () => {
    const { weights, effects, people } = await surrogateFiles(options);
    expect([people, weights.map(({ surrogate }) => surrogate)]).toEqual([500, ['plays_day_1', 'plays_day_2']]);
    const { arm, effect } = effects[0]!;
    expect(arm).toBe('new');
    expect(effect.ok && effect.interval.lower < 2 && effect.interval.upper > 2).toBe(true);
  });

  it('names what is not there', async () => {
    await expect(surrogateFiles({ ...options, surrogates: ['saves_*'] })).rejects.toThrow('no column like "saves_*"');
    await expect(surrogateFiles({ ...options, control: 'old' })).rejects.toThrow('no arm "old": it has control, new');
  });
});
