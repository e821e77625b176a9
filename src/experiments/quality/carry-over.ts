import { difference, effectTest, Moments } from '#stats';
import { numbersOf, type UnitData } from '../analysis/unit-data.ts';
import type { QualityCheck } from './checks.ts';

const ALARM = 0.01;

/**
 * Whether a period of a switchback still shows the arm of the one before: free of its own arm and of its user's level, a
 * period after a treated one is compared with a period after one of the control. `time` counts the periods of a user, 1 from
 * one to the next: only a known one right before says what may be left of it.
 */
export const checkCarryOver = (data: UnitData, user: string, time: string, column: string): QualityCheck => {
  const check = 'carry_over';
  const after = { control: new Moments(), other: new Moments() };
  for (const periods of periodsByUser(data, user, time, column)) {
    const level = Moments.of(periods.map((period) => period.value)).mean;
    const armLevel = levelByArm(periods, level);
    for (let i = 1; i < periods.length; i++) {
      const { at, arm, value } = periods[i]!;
      if (at - periods[i - 1]!.at !== 1) continue;
      (periods[i - 1]!.arm === 0 ? after.control : after.other).add(value - level - armLevel.get(arm)!);
    }
  }
  const effectOf = ({ mean, meanVariance, n }: Moments) => ({
    value: mean,
    variance: meanVariance,
    df: Math.max(1, n - 1),
    n,
  });
  const test = effectTest(difference(effectOf(after.other), effectOf(after.control)));
  if (!test.ok)
    return { check, state: 'not_possible', says: 'Carry-over cannot be told: too few periods follow each other.' };
  const p = `p = ${test.pValue.toFixed(4)}, ${after.control.n + after.other.n} periods that follow another`;
  return test.pValue < ALARM
    ? {
        check,
        state: 'warning',
        statistic: test.statistic,
        pValue: test.pValue,
        says: `A period still shows the arm of the one before (${p}): the effect is understated; make periods longer or leave out their beginning.`,
      }
    : {
        check,
        state: 'passed',
        statistic: test.statistic,
        pValue: test.pValue,
        says: `Nothing of the arm before shows in the next period (${p}).`,
      };
};

interface Period {
  readonly at: number;
  readonly arm: number;
  readonly value: number;
}

const periodsByUser = (data: UnitData, user: string, time: string, column: string): Period[][] => {
  const words = data.words.get(user) ?? [];
  const at = numbersOf(data, time);
  const values = numbersOf(data, column);
  const byUser = new Map<string, Period[]>();
  for (const [row, word] of words.entries()) {
    if (Number.isNaN(values[row]!) || Number.isNaN(at[row]!)) continue;
    const periods = byUser.get(word) ?? [];
    byUser.set(word, periods);
    periods.push({ at: at[row]!, arm: data.armOf[data.unitOf[row]!]!, value: values[row]! });
  }
  return [...byUser.values()].map((periods) => periods.sort((a, b) => a.at - b.at));
};

/** Mean of each arm's periods, less the user's level. */
const levelByArm = (periods: readonly Period[], level: number): ReadonlyMap<number, number> => {
  const moments = new Map<number, Moments>();
  for (const { arm, value } of periods) {
    const own = moments.get(arm) ?? new Moments();
    moments.set(arm, own);
    own.add(value - level);
  }
  return new Map([...moments].map(([arm, { mean }]) => [arm, mean]));
};
