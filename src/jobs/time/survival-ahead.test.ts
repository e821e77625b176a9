import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { survivalAhead } from './survival-ahead.ts';

const folder = mkdtempSync(join(tmpdir(), 'survival-ahead-'));
const data = join(folder, 'days.csv');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Busy users seldom leave and seldom grow quiet; quiet ones leave. */
const LEAVES = [0.2, 0.01] as const;
const STAYS_BUSY = 0.97;
const GROWS_BUSY = 0.02;
const HORIZON = 20;
const FOLLOWED = 6;

/** The share of users in a state who are there k steps on, by the law. */
const truth = (busy: number, k: number): number => {
  if (k === 0) return 1;
  const toBusy = busy ? STAYS_BUSY : GROWS_BUSY;
  return (1 - LEAVES[busy]!) * (toBusy * truth(1, k - 1) + (1 - toBusy) * truth(0, k - 1));
};

const law = [truth(0, HORIZON), truth(1, HORIZON)];
const shares = { control: 0, treatment: 0 };

beforeAll(() => {
  const rng = createRng('users who leave');
  const lines = ['user,day,busy,gone,arm'];
  const users = 1000;
  for (let user = 0; user < users; user++) {
    const arm = user % 2 ? 'treatment' : 'control';
    let busy = Number(rng.next() < (arm === 'treatment' ? 0.8 : 0.4));
    for (let day = 1; day <= FOLLOWED; day++) {
      const gone = rng.next() < LEAVES[busy]!;
      lines.push(`u${user},${day},${busy},${gone ? 1 : 0},${arm}`);
      if (gone) break;
      if (day === FOLLOWED) shares[arm] += law[busy]! / (users / 2);
      busy = Number(rng.next() < (busy ? STAYS_BUSY : GROWS_BUSY));
    }
  }
  writeFileSync(data, `${lines.join('\n')}\n`);
});

describe('who will be there far ahead', () => {
  const asked = {
    data,
    user: 'user',
    step: 'day',
    ended: 'gone',
    covariates: ['busy'],
    group: 'arm',
    horizon: HORIZON,
    lambda: 0,
    resamples: 60,
    seed: 'here',
    level: 0.95,
  };

  it('is told from six steps for twenty more, by arm and their difference, near the law', async () => {
    const { users, groups, differences, judged } = await survivalAhead(asked);
    expect(users).toBe(1000);
    const told = groups.map(({ group, expected }) => {
      if (!expected.ok) throw new Error(expected.reason);
      const truly = shares[group as keyof typeof shares];
      expect(Math.abs(expected.value - truly)).toBeLessThan(0.06);
      expect(expected.interval.lower).toBeLessThan(truly);
      expect(expected.interval.upper).toBeGreaterThan(truly);
      return expected.value;
    });
    const [difference] = differences;
    if (!difference?.estimate.ok) throw new Error('no difference');
    expect(difference.group).toBe('treatment');
    expect(difference.estimate.value).toBeCloseTo(told[1]! - told[0]!, 12);
    expect(difference.estimate.interval.lower).toBeGreaterThan(0);
    if (!judged.model.ok || !judged.withoutCovariates.ok) throw new Error('not judged');
    expect(judged.steps).toBe(FOLLOWED - 1);
    expect(judged.model.value).toBeLessThan(judged.withoutCovariates.value);
  });

  it('is the same for the same seed', async () => {
    const small = { ...asked, resamples: 20 };
    expect(await survivalAhead(small)).toEqual(await survivalAhead(small));
  });

  it('wants every step of a user once, the end last and one group', async () => {
    const broken = join(folder, 'broken.csv');
    const refusal = async (lines: readonly string[]) => {
      writeFileSync(broken, `${['user,day,busy,gone,arm', ...lines].join('\n')}\n`);
      return await survivalAhead({ ...asked, data: broken }).then(
        () => 'accepted',
        (error: Error) => error.message,
      );
    };
    expect(await refusal(['a,1,0,0,x', 'a,3,0,0,x'])).toMatch(/line 3 .*step 3 of user "a" follows 1/);
    expect(await refusal(['a,1,0,1,x', 'a,2,0,0,x'])).toMatch(/line 2 .*user "a" ended/);
    expect(await refusal(['a,1,0,0,x', 'a,2,0,0,y'])).toMatch(/line 3 .*two groups/);
  });

  it('says so when there are too few to judge', async () => {
    const few = join(folder, 'few.csv');
    writeFileSync(few, 'user,day,busy,gone\na,1,1,0\na,2,1,0\nb,1,0,0\nb,2,0,1\n');
    const { group, ...ungrouped } = asked;
    const { judged } = await survivalAhead({ ...ungrouped, data: few, resamples: 20 });
    expect(judged.model).toEqual({ ok: false, reason: 'too_few_users' });
  });
});
