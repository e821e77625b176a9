/** Return on real listening times: sequences of Last.fm events, in days. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { absencesOf, cohortReturn, kaplanMeier, returnWithin, survivalAt } from '#stats';
import { dataFolder } from './data-folder.ts';

const folder = dataFolder('lastfm-event-sequences');

describe.skipIf(folder === undefined)('403 sequences of Last.fm events', () => {
  const sequences = () =>
    readFileSync(join(folder!, 'time_split_1000-test.txt'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number));

  const active = () => {
    const all = sequences();
    return {
      users: all.flatMap((times, user) => times.map(() => user)),
      days: all.flatMap((times) => times.map(Math.floor)),
    };
  };
  const until = () => Math.max(...active().days) + 1;

  it('have 73,889 events, and 2,886 gaps of over three days', () => {
    const all = sequences();
    expect(all.length).toBe(403);
    expect(all.reduce((sum, times) => sum + times.length, 0)).toBe(73_889);
    const gaps = all.flatMap((times) => times.slice(1).map((time, i) => time - times[i]!));
    expect(gaps.filter((gap) => gap > 3).length).toBe(2886);
    // The same gaps as absences: events are sessions without a length.
    const starts = all.flat();
    const users = all.flatMap((times, user) => times.map(() => user));
    const absences = absencesOf({ users, starts, ends: starts }, Math.max(...starts) + 1);
    const longer = Array.from(absences.durations).filter((duration, i) => absences.ended[i] === 1 && duration > 3);
    expect(longer.length).toBe(2886);
  });

  it('have a curve of absence that falls as their gaps do: the longest is 12 days', () => {
    const all = sequences();
    const gaps = all.flatMap((times) => times.slice(1).map((time, i) => time - times[i]!));
    const curve = kaplanMeier({ durations: gaps, ended: gaps.map(() => 1) });
    const at = survivalAt(curve, 1);
    expect(at.ok && at.value).toBeCloseTo(8381 / gaps.length, 3);
    expect(survivalAt(curve, 13)).toEqual({ ok: false, reason: 'everybody_ended' });
  });

  it('tell who comes back by calendar, tenure and cohort', () => {
    const options = { until: until() };
    const tenure = returnWithin(active(), 'tenure', 7, options);
    expect(tenure[0]!.bucket).toBe(0);
    const known = tenure.flatMap(({ returned }) => (returned.ok ? [returned] : []));
    expect(known.length).toBeGreaterThan(20);
    for (const { value, interval } of known) {
      expect(interval.lower).toBeLessThanOrEqual(value);
      expect(interval.upper).toBeGreaterThanOrEqual(value);
    }
    const first = tenure[0]!.returned;
    // By hand: of each sequence the last day of the first week, and whether a day within 7 follows.
    const back = sequences().map((times) => {
      const days = [...new Set(times.map(Math.floor))];
      const week = days.filter((day) => day < days[0]! + 7);
      const next = days[week.length];
      return next === undefined ? null : next - week.at(-1)! <= 7;
    });
    expect(first.ok && Math.abs(first.value - back.filter((each) => each === true).length / back.length)).toBeLessThan(
      0.03,
    );
    expect(returnWithin(active(), 'calendar', 7, options).length).toBeGreaterThan(40);
    expect(cohortReturn(active(), options).some(({ returned }) => returned.ok && returned.value > 0.5)).toBe(true);
  });
});
