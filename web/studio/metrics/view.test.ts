import { describe, expect, it } from 'vitest';
import type { AbsenceCurvesWire, EstimateWire, FigureWire } from '#api';
import {
  changesOf,
  changesWords,
  differenceWords,
  figuresCsv,
  oppositeReadings,
  panelsOf,
  periodBefore,
  rowWords,
  valueWords,
  viewCurves,
  viewRows,
} from './view.ts';

const estimate = (value: number, half = 0.1): EstimateWire => ({
  ok: true,
  value,
  interval: { lower: value - half, upper: value + half },
  level: 0.95,
  n: 50,
  method: 'm',
});
const none: EstimateWire = { ok: false, reason: 'one_unit', words: 'one user alone' };

const figure = (fields: Partial<FigureWire> & { intent?: string; device?: string }): FigureWire => ({
  metric: 'actions_per_session',
  cell: { surface: null, intent: fields.intent ?? null, device: fields.device ?? null },
  polarity: 'free',
  because: null,
  by_events: estimate(0.5),
  by_users: estimate(0.4),
  users: 50,
  events: 500,
  left_out: 0,
  unknown: 0,
  ...fields,
});

describe('rows', () => {
  it('carry the interval of the counting asked for, named by intent, in panels of devices', () => {
    const { rows } = viewRows([figure({ intent: 'sleep', device: 'mobile' })], 'events');
    expect(rows).toEqual([
      expect.objectContaining({ name: 'Sleep', panel: 'Mobile', value: 0.5, lower: 0.4, upper: 0.6 }),
    ]);
  });

  it('fall back to the one counting there is', () => {
    expect(viewRows([figure({ by_events: none })], 'events').rows[0]?.value).toBe(0.4);
  });

  it('tell what is not in a figure', () => {
    const { rows } = viewRows(
      [figure({ intent: 'sleep', left_out: 3, unknown: 1 }), figure({ intent: 'party' })],
      'users',
    );
    expect(rows.map(({ beside }) => beside)).toEqual(['3 too young, 1 unknown', '']);
  });

  it('leave out what has no figure, and say why', () => {
    const { rows, missing } = viewRows([figure({ intent: 'news', by_events: none, by_users: none })], 'users');
    expect(rows).toEqual([]);
    expect(missing).toEqual([{ key: 'News', words: 'one user alone', beside: '' }]);
  });

  it('stand in panels, those with most users first', () => {
    const { rows } = viewRows(
      [figure({ intent: 'sleep', device: 'tv', users: 3 }), figure({ intent: 'sleep', device: 'car', users: 9 })],
      'users',
    );
    expect(panelsOf(rows)).toEqual(['Car', 'Tv']);
  });
});

describe('opposite readings', () => {
  it('are told with their reasons where polarity differs', () => {
    const told = oppositeReadings([
      figure({ intent: 'party', polarity: 'up', because: 'choosing is what it is for' }),
      figure({ intent: 'sleep', polarity: 'down', because: 'touching disturbs' }),
    ]);
    expect(told).toEqual([
      'Party: more is better, because choosing is what it is for.',
      'Sleep: less is better, because touching disturbs.',
    ]);
  });

  it('are none where all are read alike', () => {
    expect(oppositeReadings([figure({ intent: 'party' }), figure({ intent: 'sleep' })])).toEqual([]);
  });
});

describe('two periods', () => {
  const rowsAt = (value: number, polarity: FigureWire['polarity'], half = 0.1) =>
    viewRows([figure({ intent: 'sleep', polarity, by_users: estimate(value, half) })], 'users').rows;

  it('differ with an interval made of both', () => {
    // Halves 0.3 and 0.4: 0.5 together.
    const [change] = changesOf(rowsAt(2, 'up', 0.3), rowsAt(1, 'up', 0.4));
    expect(change).toMatchObject({ difference: 1, lower: expect.closeTo(0.5, 9), upper: expect.closeTo(1.5, 9) });
  });

  it('are read by polarity, and not at all while the interval holds zero', () => {
    const readings = [
      changesOf(rowsAt(2, 'up'), rowsAt(1, 'up')),
      changesOf(rowsAt(2, 'down'), rowsAt(1, 'down')),
      changesOf(rowsAt(2, 'free'), rowsAt(1, 'free')),
      changesOf(rowsAt(1.05, 'up'), rowsAt(1, 'up')),
    ].map(([change]) => change?.reading);
    expect(readings).toEqual(['better', 'worse', 'unclear', 'unclear']);
  });

  it('are summed up in words', () => {
    const changes = [
      ...changesOf(rowsAt(2, 'up'), rowsAt(1, 'up')),
      ...changesOf(rowsAt(2, 'free'), rowsAt(1, 'free')),
    ];
    expect(changesWords(changes)).toBe('2 compared: 1 better, 0 worse, 1 cannot be told');
  });

  it('follow each other without a gap', () => {
    expect(periodBefore({ from: '2026-03-01', days: 28 })).toEqual({ from: '2026-02-01', to: '2026-03-01' });
  });
});

it('an interval that is open says so', () => {
  expect(rowWords({ value: 20, lower: 15, upper: null }, 'hours')).toBe('20.0 hours [15.0, open]');
  expect(differenceWords({ value: -0.05, lower: -0.158, upper: 0.058 }, 'share')).toBe('-5.0 points [-15.8, 5.8]');
  expect(valueWords(0.123, 'share')).toBe('12.3 %');
});

it('a curve of return is that of absence upside down, its band too', () => {
  const answer: AbsenceCurvesWire = {
    period: null,
    curves: [
      {
        cell: { surface: null, intent: null, device: 'car' },
        users: 9,
        absences: 20,
        returned: 15,
        points: [{ hours: 24, away: 0.3, lower: 0.2, upper: 0.4 }],
        reason: null,
      },
    ],
    sql: '',
  };
  const { names, points } = viewCurves(answer, 'back', 168);
  expect(names).toEqual(['Car']);
  expect(points[0]).toMatchObject({ share: 0.7, lower: 0.6, upper: 0.8 });
});

it('a file of figures has a line each, reasons in their place', () => {
  const lines = figuresCsv([figure({ intent: 'sleep', by_events: none })]).split('\n');
  expect(lines[1]).toBe('actions_per_session,,sleep,,free,,,,,one_unit,0.4,0.30000000000000004,0.5,50,,50,500');
});
