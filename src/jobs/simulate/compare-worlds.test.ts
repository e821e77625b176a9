import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compareWorlds } from './compare-worlds.ts';
import { chooseWorld } from './simulate.ts';

const compare = (folder: string | null, version: string, breakAfter = Number.POSITIVE_INFINITY) => {
  const abort = new AbortController();
  let resumed = 0;
  let lived = 0;
  const result = compareWorlds({
    document: chooseWorld({ world: 'small', listeners: 8, seed: 2 }),
    days: 7,
    start: Date.UTC(2026, 0, 5),
    policies: ['random', 'oracle'],
    seeds: 2,
    signal: abort.signal,
    ...(folder !== null && { kept: { folder, version } }),
    onResume: (runs) => {
      resumed = runs;
    },
    onDay: (done, total) => {
      lived++;
      if (done / total > breakAfter) abort.abort(new Error('enough'));
    },
  });
  return { result, told: () => ({ resumed, lived }) };
};

it('goes on from the runs that had ended, and finds what an undisturbed comparison finds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ritornello-compare-'));
  const file = join(folder, 'runs.ndjson');
  try {
    const whole = compare(null, '1');
    const expected = await whole.result;
    await expect(compare(folder, '1', 0.6).result).rejects.toThrow('enough');
    const kept = readFileSync(file, 'utf8');
    expect(kept.trimEnd().split('\n')).toHaveLength(2);
    // As a crash in the middle of a line leaves it.
    writeFileSync(file, `${kept}{"asked":"12`);
    const second = compare(folder, '1');
    expect(await second.result).toEqual(expected);
    expect(second.told()).toEqual({ resumed: 2, lived: whole.told().lived / 2 });
    const third = compare(folder, '1');
    expect(await third.result).toEqual(expected);
    expect(third.told()).toEqual({ resumed: 4, lived: 0 });
    const later = compare(folder, '2');
    expect(await later.result).toEqual(expected);
    expect(later.told().resumed).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
