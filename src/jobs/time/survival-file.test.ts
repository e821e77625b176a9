import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { absenceFile } from './survival-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'survival-file-'));
const data = join(folder, 'sessions.csv');
// Two users an hour ahead of UTC, who begin at eight in the evening of their own clock, and once at eight in the morning.
const lines = ['ada 19 21', 'ada 43 44', 'bea 7 8', 'bea 19 20'].map((line) => {
  const [user, start, end] = line.split(' ');
  const at = (hour: string) => new Date(Date.UTC(2026, 4, 4, Number(hour))).toISOString();
  return `${user},${at(start!)},${at(end!)},60`;
});

beforeAll(() => writeFileSync(data, `${['user,start,end,ahead', ...lines].join('\n')}\n`));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('absences of a file', () => {
  const asked = { data, user: 'user', start: 'start', end: 'end', unitMs: 3_600_000, level: 0.95, at: [] };
  const medians = async (more: object) => {
    const { groups } = await absenceFile({ ...asked, until: Date.UTC(2026, 4, 5, 20), ...more });
    return groups.map(({ n, median }) => [n, median.ok ? Number(median.value.toFixed(6)) : median.reason]);
  };

  it('run by the plain clock, or as people begin sessions by their own clocks', async () => {
    // Ada is away for 22 hours, Bea for 11; Bea is not back after another 24.
    expect(await medians({ clock: 'plain' })).toEqual([[3, 22]]);
    // With one added to each hour: eight in the evening counts 4 · 24/28, eight in the morning 2 · 24/28, any other 24/28. Ada is
    // away from ten to eight: 21 hours of 24/28, and the one of eight in the morning.
    expect(await medians({ clock: 'active', offset: 'ahead' })).toEqual([
      [3, Number(((21 + 2) * (24 / 28)).toFixed(6))],
    ]);
  });
});
