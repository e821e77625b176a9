import { describe, expect, it } from 'vitest';
import { lowerExpression } from '../language/lower.ts';
import { readUnit } from '../unit/read-unit.ts';
import { compileClosure } from './compile.ts';

const UNIT = {
  unit_id: 'u',
  user_id: 'someone',
  kind: 'session',
  unit: { duration_ms: 5000, end_reason: 'logout', intents: { sleep: 0.75 } },
  item: { tags: ['calm'] },
  plays: [
    { event_id: 'b', at: 3000, item_id: 'track:2', ms_played: 2000 },
    { event_id: 'a', at: 0, item_id: 'track:1', ms_played: 1000, skipped: true },
    { event_id: 'a', at: 4000, item_id: 'track:9', ms_played: 9 },
    { event_id: 'far', at: 90_000, item_id: 'track:3', ms_played: 1 },
  ],
  usual: {
    units: [
      { at: -9, plays: 2 },
      { at: -8, plays: 4 },
    ],
  },
};

const value = (text: string, unit: object = UNIT): unknown => {
  const read = readUnit(unit);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const node = lowerExpression(text, { lets: [], broken: new Set() });
  return compileClosure(node)({ unit: read.unit, horizonMs: 60_000, lets: [], slots: [] });
};

describe('expressions', () => {
  // By hand: plays within the horizon are a (at 0, 1 s, skipped) and b (at 3 s, 2 s, skip unknown).
  it.each([
    ['plays.size()', 2],
    ['plays.map(p, p.ms_played).sum() + minutes(1)', 63_000],
    ['plays.map(p, p.ms_played).mean()', 1500],
    ['plays.map(p, p.at).max() - plays.map(p, p.at).min()', 3000],
    ['max(1, 2, 3) * min(2, 4)', 6],
    ['saturate(3, 4)', 0.75],
    ['saturate(-3, 4)', 0],
    ['saturate(3, 0)', null],
    ['clamp(5, 0, 1)', 1],
    ['abs(-2) + floor(2.7)', 4],
    ['sigmoid(0)', 0.5],
    ['decay(2, 1)', 0.25],
    ['decay(2, 0)', null],
    // Mean 3, standard deviation √2: (5 − 3)/√2.
    ['z(5, usual.units.map(u, u.plays))', Math.SQRT2],
    ['z(5, usual.units.filter(u, u.plays > 3).map(u, u.plays))', null],
    // Three times 0.1 has the mean 0.10000000000000002 and so a spread of 1.7e-17.
    ['z(0.2, [1, 2, 3].map(n, 0.1))', null],
    ['longest_gap(plays.map(p, p.at), 0, 5000)', 3000],
    ['longest_gap(plays.map(p, p.at), 5, 1)', null],
    ['plays.map(p, 7).distinct().size()', 1],
    ['1 / plays.size()', 0.5],
    ['1 / (plays.size() - 2)', null],
    ['plays.filter(p, p.at > 9000).map(p, p.at).min()', null],
    ["unit.intents['sleep']", 0.75],
    ["unit.intents['focus']", 0],
    ["'calm' in item.tags", true],
    ["unit.end_reason in ['logout', 'other']", true],
    ['unit.duration_ms', 5000],
    ["plays.exists(p, p.item_id.startsWith('track:2'))", true],
    ['1.5e3 - 2 == 1498', true],
    ['plays.size() > 1 ? 1 : 2', 1],
  ])('%s is %s', (text, expected) => {
    if (typeof expected === 'number') expect(value(text)).toBeCloseTo(expected, 12);
    else expect(value(text)).toBe(expected);
  });

  it.each([
    // What is missing is unknown; what is decided without it is not.
    ['plays.filter(p, p.skipped).size()', null],
    ['plays.filter(p, has(p.skipped) && p.skipped).size()', 1],
    ['plays.exists(p, p.skipped)', true],
    ['plays.exists(p, !p.skipped)', null],
    ['plays.all(p, p.skipped)', null],
    ['plays.all(p, !p.skipped)', false],
    ['unit.local_hour > 2', null],
    ['unit.local_hour > 2 && false', false],
    ['unit.local_hour > 2 || true', true],
    ['!(unit.local_hour > 2)', null],
    ['unit.local_hour > 2 ? 1 : 2', null],
    ['plays.size() > 1 ? 1.0 : unit.local_hour', 1],
    ["unit.device in ['car']", null],
  ])('of what is missing: %s is %s', (text, expected) => expect(value(text)).toBe(expected));

  it('read nothing that ended after the horizon: how it ended included', () => {
    const long = { ...UNIT, unit: { duration_ms: 60_001, end_reason: 'logout' } };
    expect([value('unit.end_reason', long), value('unit.duration_ms', long)]).toEqual([null, null]);
  });
});
