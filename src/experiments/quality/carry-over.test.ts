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
