/** The real command, killed in the middle and given again, leaves the bytes of a run that was never disturbed. */

import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const DAYS = 40;
const FILES = ['events.ndjson', 'oracle.ndjson', 'items.ndjson'];
const ASKED = ['simulate', '--world', 'small', '--users', '60', '--days', String(DAYS), '--policy', 'click_greedy'];

const start = (out: string): ChildProcess =>
  spawn(process.execPath, ['scripts/run-source.mjs', 'src/cli/main.ts', ...ASKED, '--seed', '11', '--out', out], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });

const ended = (child: ChildProcess): Promise<{ readonly signal: string | null; readonly said: string }> =>
  new Promise((resolve) => {
    let said = '';
    child.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.on('close', (_, signal) => resolve({ signal, said }));
  });

/** When there is a place to go on from. */
const checkpointed = (folder: string): Promise<void> =>
  new Promise((resolve) => {
    const isThere = (): boolean => existsSync(join(folder, 'click_greedy', 'checkpoint.bin'));
    const watching = watch(folder, { recursive: true }, () => {
      if (!isThere()) return;
      watching.close();
      resolve();
    });
  });

const bytesOf = (folder: string): readonly string[] =>
  [...FILES.map((name) => join('click_greedy', name)), 'summary.json'].map((name) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex'),
  );

it('goes on after a kill as if there had been none', async () => {
  const data = mkdtempSync(join(tmpdir(), 'ritornello-kill-'));
  const [whole, broken] = [mkdtempSync(join(data, 'whole-')), mkdtempSync(join(data, 'broken-'))];
  try {
    await ended(start(whole));
    const first = start(broken);
    const end = ended(first);
    await checkpointed(broken);
    first.kill('SIGKILL');
    expect((await end).signal).toBe('SIGKILL');
    expect(existsSync(join(broken, 'summary.json'))).toBe(false);
    const { said } = await ended(start(broken));
    const after = Number(/went on after (\d+) days/.exec(said)?.[1]);
    expect(after).toBeGreaterThanOrEqual(10);
    expect(after).toBeLessThan(DAYS);
    expect(bytesOf(broken)).toEqual(bytesOf(whole));
  } finally {
    rmSync(data, { recursive: true });
  }
});
