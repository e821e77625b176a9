import { expect, it } from 'vitest';
import { createRng } from '#math';
import type { UnitData } from '../analysis/unit-data.ts';
import { checkCarryOver } from './carry-over.ts';

/** Six users, 60 days each, switched by chance; `left` of the arm before shows in the next day. */
const switchback = (left: number): UnitData => {
  const rng = createRng('switchback');
  const users = 6;
  const days = 60;
  const arms = Array.from({ length: users * days }, () => rng.int(2));
  const minutes = arms.map((arm, unit) => {
    const before = unit % days === 0 ? arm : arms[unit - 1]!;
    return 40 + 5 * Math.floor(unit / days) + 10 * arm + left * before + 4 * rng.normal();
  });
  return {
    arms: ['control', 'change'],
    armOf: Uint8Array.from(arms),
    unitOf: Uint32Array.from(arms, (_, unit) => unit),
    numbers: new Map([
      ['minutes', Float64Array.from(minutes)],
      ['at', Float64Array.from(arms, (_, unit) => unit % days)],
    ]),
    words: new Map([['user', arms.map((_, unit) => `u${Math.floor(unit / days)}`)]]),
  };
};

it('sees what a period leaves to the next, and nothing where there is nothing', () => {
  expect(checkCarryOver(switchback(0), 'user', 'at', 'minutes')).toMatchObject({
    check: 'carry_over',
    state: 'passed',
  });
  expect(checkCarryOver(switchback(0), 'user', 'at', 'minutes').says).toContain('354 periods');
  expect(checkCarryOver(switchback(6), 'user', 'at', 'minutes')).toMatchObject({ state: 'warning' });
});

it('goes by the periods that are known: one without a value leaves the others, and no pair across it', () => {
  const data = switchback(6);
  const minutes = data.numbers.get('minutes')!;
  const [day, lost] = [60, 17];
  // The first user's day 17 was not measured, the second user's was never watched.
  const unknown = minutes.map((value, unit) => (unit === lost ? Number.NaN : value));
  const kept = [...minutes.keys()].filter((unit) => unit !== day + lost);
  const only = (values: Float64Array) => Float64Array.from(kept, (unit) => values[unit]!);
  const gaps: UnitData = {
    ...data,
    unitOf: Uint32Array.from(kept),
    numbers: new Map([
      ['minutes', only(unknown)],
      ['at', only(data.numbers.get('at')!)],
    ]),
    words: new Map([['user', kept.map((unit) => data.words.get('user')![unit]!)]]),
  };
  const check = checkCarryOver(gaps, 'user', 'at', 'minutes');
  expect(check).toMatchObject({ state: 'warning' });
  // Each lost day is missing as one that follows, and as the one before the next.
  expect(check.says).toContain('350 periods');
});
