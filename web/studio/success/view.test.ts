import { describe, expect, it } from 'vitest';
import {
  aUnit,
  daysCsv,
  findingAfter,
  gapsSaid,
  groupOf,
  mapOf,
  markedLines,
  nextVersion,
  offsetOf,
  placedOn,
} from './view.ts';

const cell = (surface: string, intent: string, device: string, definitions: string[]) => ({
  surface,
  intent,
  device,
  definitions,
});
const MAP = {
  definitions: [],
  ties: [],
  cells: [
    cell('playlist', 'sleep', 'mobile', ['sleep']),
    cell('playlist', 'sleep', 'speaker', ['lullaby', 'calm']),
    cell('playlist', 'party', 'mobile', []),
    cell('playlist', 'party', 'speaker', []),
  ],
};

it('shows gaps, overlaps, and what differs between devices', () => {
  const [row] = mapOf(MAP, null);
  expect(row).toEqual({
    surface: 'playlist',
    cells: [
      { intent: 'sleep', definitions: ['sleep', 'lullaby', 'calm'], differs: true },
      { intent: 'party', definitions: [], differs: false },
    ],
  });
  expect(mapOf(MAP, 'mobile')[0]!.cells[0]).toEqual({ intent: 'sleep', definitions: ['sleep'], differs: false });
  expect(gapsSaid(mapOf(MAP, 'mobile'))).toBe(
    '1 of 2 places have no definition; in 0 more than one kind of unit is judged.',
  );
});

it('names a unit with its article', () => {
  expect(['session', 'impression'].map(aUnit)).toEqual(['a session', 'an impression']);
});

it('places events on a line by time', () => {
  expect(
    placedOn([
      { at: 0, lasts_ms: 100 },
      { at: 150, lasts_ms: 50 },
    ]),
  ).toEqual([
    { left: 0, width: 50 },
    { left: 75, width: 25 },
  ]);
});

it('marks findings at their place', () => {
  const finding = {
    rule: 'name',
    severity: 'error' as const,
    message: 'm',
    line: 2,
    column: 3,
    end_line: 2,
    end_column: 6,
  };
  expect(markedLines('ab\nxxbadyy', [finding])).toEqual([
    [{ at: 0, text: 'ab', finding: null }],
    [
      { at: 0, text: 'xx', finding: null },
      { at: 2, text: 'bad', finding },
      { at: 5, text: 'yy', finding: null },
    ],
  ]);
  expect(offsetOf('ab\nxxbadyy', 2, 3)).toBe(5);
});

it('begins a copy as the next version', () => {
  expect(nextVersion('name: a\nversion: 1\nvalue: 1', 3)).toBe('name: a\nversion: 4\nvalue: 1');
});

it('goes from finding to finding, and round at the ends', () => {
  const at = (line: number) => ({
    rule: 'name',
    severity: 'error' as const,
    message: `${line}`,
    line,
    column: 1,
    end_line: line,
    end_column: 2,
  });
  const findings = [at(3), at(1)];
  const text = 'a\nb\nc';
  expect([0, 4].map((caret) => findingAfter(text, findings, caret, 1)?.line)).toEqual([3, 1]);
  expect([4, 0].map((caret) => findingAfter(text, findings, caret, -1)?.line)).toEqual([1, 3]);
  expect(findingAfter(text, [], 0, 1)).toBeUndefined();
});

describe('outcomes', () => {
  it('that may still change are a group of their own', () => {
    expect(groupOf({ label: 'achieved', mature: true })).toBe('achieved');
    expect(groupOf({ label: 'achieved', mature: false })).toBe('immature');
  });

  it('by day are rows with the interval, or with the reason why there is no rate', () => {
    const counts = { achieved: 3, failed: 1, unknown: 0 };
    const rate = {
      ok: true,
      value: 0.75,
      interval: { lower: 0.5, upper: 1 },
      level: 0.95,
      n: 2,
      method: 'delta',
    } as const;
    const none = { ok: false, reason: 'too_few', words: 'too few' } as const;
    expect(
      daysCsv([
        { day: '2026-05-01', ...counts, success_rate: rate },
        { day: '2026-05-02', ...counts, success_rate: none },
      ]).split('\n'),
    ).toEqual([
      'day,achieved,failed,unknown,success_rate,lower,upper,listeners,reason',
      '2026-05-01,3,1,0,0.75,0.5,1,2,',
      '2026-05-02,3,1,0,,,,,too_few',
    ]);
  });
});
