import { describe, expect, it } from 'vitest';
import { skippedOf } from './spotify-skipped.ts';

const IN_ERA = Date.UTC(2018, 0, 1);
const BEFORE = Date.UTC(2015, 3, 12, 23, 59, 59);
const AFTER = Date.UTC(2022, 9, 17);

describe('whether a play was skipped', () => {
  it.each([
    // flag, ended, reason → skipped, inferred
    [true, IN_ERA, 'trackdone', true, false],
    [true, AFTER, 'trackdone', true, false],
    [false, AFTER, 'fwdbtn', false, false],
    [false, BEFORE, 'fwdbtn', false, false],
    [false, Date.UTC(2015, 3, 13), 'fwdbtn', true, true],
    [false, AFTER - 1, 'backbtn', true, true],
    [false, IN_ERA, 'endplay', true, true],
    [false, IN_ERA, 'unknown', true, true],
    [false, IN_ERA, 'trackdone', false, false],
    [false, IN_ERA, 'logout', undefined, false],
    [false, IN_ERA, 'unexpected-exit', undefined, false],
    [false, IN_ERA, undefined, undefined, false],
    [undefined, IN_ERA, 'fwdbtn', undefined, false],
    [undefined, BEFORE, 'trackdone', undefined, false],
  ] as const)('flag %s, ended %s by %s: %s', (flag, endedAt, reason, skipped, inferred) => {
    expect(skippedOf(flag, endedAt, reason)).toEqual({ skipped, inferred });
  });
});
