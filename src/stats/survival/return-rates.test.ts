import { describe, expect, it } from 'vitest';
import { cohortReturn, returnWithin } from './return-rates.ts';

const of = (...rows: readonly (readonly [user: number, ...days: number[]])[]) => ({
  users: rows.flatMap(([user, ...days]) => days.map(() => user)),
  days: rows.flatMap(([, ...days]) => days),
});
const value = (estimate: { readonly ok: boolean; readonly value?: number }) => (estimate.ok ? estimate.value : 'none');

describe('return by cohort', () => {
  // Weeks begin on days 4, 11, 18, …
  const active = of([0, 4, 11, 25], [1, 6, 14], [2, 12, 13]);

  it('is the share that came in each user’s own week after the first day', () => {
    const rows = cohortReturn(active, { until: 32 });
    expect(rows.map(({ cohort, week, returned }) => [cohort, week, value(returned)])).toEqual([
      [4, 1, 1],
      [4, 2, 0],
      [11, 1, 0],
    ]);
    expect(rows[0]!.returned).toMatchObject({ n: 2, method: 'proportion, Wilson interval' });
  });

  it('has no row for a week that the youngest was not observed through', () => {
    // User 1 came first on day 6: week 1 ends with day 19.
    expect(cohortReturn(of([0, 4], [1, 6]), { until: 19 })).toEqual([]);
    expect(cohortReturn(of([0, 4], [1, 6]), { until: 20 })).toHaveLength(1);
  });

  it('does not know days after the end of observation, nor count one twice', () => {
    expect(cohortReturn(of([0, 4, 4, 11, 40]), { until: 18 })).toHaveLength(1);
  });
});

describe('return within days', () => {
  it('by calendar week: of a user’s days in a week the last counts', () => {
    // Week 4: user 0 last there on 8, back on 12 (4 days); user 1 on 5, back on 18 (13 days); user 2 never.
    const rows = returnWithin(of([0, 4, 8, 12], [1, 5, 18], [2, 6]), 'calendar', 7, { until: 60 });
    expect(rows[0]).toMatchObject({ bucket: 4, returned: { ok: true, n: 3 } });
    expect(value(rows[0]!.returned)).toBeCloseTo(1 / 3, 12);
  });

  it('by tenure: weeks since the user’s own first day', () => {
    const rows = returnWithin(of([0, 100, 108, 110], [1, 5, 6]), 'tenure', 7, { until: 200 });
    expect(rows.map(({ bucket }) => bucket)).toEqual([0, 1]);
    // Neither came back within 7 days of their last day in week 0: one after 8, one not at all.
    expect(rows[0]!.returned).toMatchObject({ ok: true, value: 0, n: 2 });
  });

  it('takes users not observed that long for censored, not for gone', () => {
    // User 1 was last seen 2 days before the end: it says nothing about 7 days.
    const rows = returnWithin(of([0, 4, 9, 30], [1, 4, 28]), 'calendar', 7, { until: 31 });
    const last = rows.find(({ bucket }) => bucket === 25)!;
    expect(last.returned).toEqual({ ok: false, reason: 'nobody_followed_that_long' });
  });

  it('refuses a horizon of nothing', () => {
    expect(() => returnWithin(of([0, 1]), 'tenure', 0, { until: 3 })).toThrow(RangeError);
  });
});
