import { describe, expect, it } from 'vitest';
import type { DiversityWire, EstimateWire, ReturnWire } from '#api';
import { claimLines, cohortRows, diversityPoints, diversityWords, returnWords, weekPoints } from './return-view.ts';

const known = (value: number): EstimateWire => ({
  ok: true,
  value,
  interval: { lower: value - 0.1, upper: value + 0.1 },
  level: 0.95,
  n: 10,
  method: 'm',
});
const unknown: EstimateWire = { ok: false, reason: 'nobody_followed_that_long', words: 'nobody followed that long' };
const report = (by: ReturnWire['by'], rows: ReturnWire['rows'], users = 40): ReturnWire => ({
  by,
  horizon: 28,
  users,
  rows,
  sql: null,
});

describe('who comes back', () => {
  it('has a point for each week that can be told', () => {
    const weeks = report('calendar', [
      { week_of: '2026-01-05', week: null, returned: known(0.5) },
      { week_of: '2026-01-12', week: null, returned: unknown },
    ]);
    const [point, ...rest] = weekPoints(weeks);
    expect(rest).toEqual([]);
    expect(point).toMatchObject({ at: new Date('2026-01-05'), value: 50, lower: 40, upper: 60 });
    expect(returnWords(weeks)).toBe(
      'Of the listeners of each week, who was back within 28 days; 40 listeners. Last told: 2026-01-05, 50 % (40 % to 60 %).',
    );
  });

  it('has a row a cohort, newest first, with gaps where nothing can be told', () => {
    const cohorts = report('cohort', [
      { week_of: '2026-01-05', week: 1, returned: known(0.5) },
      { week_of: '2026-01-05', week: 3, returned: known(0.2) },
      { week_of: '2026-01-12', week: 1, returned: unknown },
    ]);
    expect(cohortRows(cohorts)).toEqual([
      { cohort: '2026-01-12', weeks: ['nobody followed that long'] },
      { cohort: '2026-01-05', weeks: ['50 % (40 % to 60 %)', '', '20 % (10 % to 30 %)'] },
    ]);
  });

  it('says that nobody is there, or not long enough', () => {
    expect(returnWords(report('tenure', [], 0))).toBe('Nobody has listened yet.');
    expect(returnWords(report('tenure', []))).toBe('Nobody has been observed long enough yet.');
  });
});

describe('diversity and return', () => {
  const diversity: DiversityWire = {
    moment: '2026-01-29T00:00:00.000Z',
    horizon: 28,
    experiment: null,
    users: 50,
    too_few_plays: 7,
    parts: [
      { diversity: 0.1, users: 25, returned: known(0.4) },
      { diversity: 0.5, users: 25, returned: known(0.6) },
    ],
    claim: {
      status: 'not_causal',
      says: 'Not causal: nobody assigned it.',
      plain: known(0.2),
      adjusted: known(0.1),
      instrument: null,
      first_stage_f: null,
      e_value: { value: 1.5, interval: 1 },
      negative_control: known(0.05),
    },
    reason: null,
    sql: 'SELECT 1',
  };

  it('says first what may be said, then how far the fifths are apart', () => {
    expect(diversityWords(diversity)).toBe(
      'Not causal: nobody assigned it. Of the least diverse fifth 40 % are back within 28 days, of the most diverse 60 %. 50 listeners; 7 with too few plays.',
    );
    expect(diversityPoints(diversity)).toMatchObject([
      { diversity: 0.1, value: 40 },
      { diversity: 0.5, value: 60 },
    ]);
  });

  it('has a line for the instrument where there is one', () => {
    expect(claimLines(diversity).map(([name]) => name)).toEqual([
      'Association, plain',
      'Association among listeners of equal plays, active days and tenure',
      'Negative control: there before',
      'E-value',
    ]);
    const moved = { ...diversity, claim: { ...diversity.claim!, instrument: known(0), first_stage_f: 123.45 } };
    expect(claimLines(moved)[2]).toEqual(['Effect by the arms, F 123.5', '0.0 (-0.10 to 0.10)']);
  });

  it('says why nothing can be said', () => {
    const none = { ...diversity, parts: [], claim: null, reason: 'no model has been learned' };
    expect(diversityWords(none)).toBe('Nothing can be said of diversity yet: no model has been learned.');
    expect(claimLines(none)).toEqual([]);
  });
});
