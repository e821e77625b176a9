import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockHolder, takeLock } from './data-lock.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'lock-'));
const lockFile = (path: string): string => join(path, 'lock.json');

/** A process that has lived and ended: its id is free. */
const deadPid = async (): Promise<number> => {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.once('exit', resolve));
  return child.pid ?? 0;
};

describe('the lock of a data folder', () => {
  it('makes the folder, keeps a second one out, says where the first serves, and is gone after release', () => {
    const path = join(folder(), 'not', 'there', 'yet');
    const lock = takeLock(path);
    lock.announce('http://127.0.0.1:8787');
    expect(() => takeLock(path)).toThrow(/in use by process \d+ serving http:\/\/127\.0\.0\.1:8787/);
    expect(lockHolder(path)).toMatchObject({ pid: process.pid, address: 'http://127.0.0.1:8787' });
    lock.release();
    expect(lockHolder(path)).toBeNull();
    expect(existsSync(lockFile(path))).toBe(false);
    takeLock(path).release();
  });

  it('is taken over from a process that was killed', async () => {
    const path = folder();
    const pid = await deadPid();
    writeFileSync(lockFile(path), JSON.stringify({ pid, began: '1', host: hostname(), address: null }));
    expect(lockHolder(path)).toBeNull();
    const lock = takeLock(path);
    expect(lock.stalePid).toBe(pid);
    lock.release();
  });

  it('is taken over when the id of the dead process belongs to another one now', () => {
    const path = folder();
    writeFileSync(
      lockFile(path),
      JSON.stringify({ pid: process.pid, began: 'before', host: hostname(), address: null }),
    );
    expect(takeLock(path).stalePid).toBe(process.pid);
  });

  it('is taken over when its writing was cut off', () => {
    const path = folder();
    writeFileSync(lockFile(path), '{"pid":');
    expect(takeLock(path).stalePid).toBeNull();
    expect(JSON.parse(readFileSync(lockFile(path), 'utf8')).pid).toBe(process.pid);
  });

  it('believes a holder on another machine as long as its heart beats', () => {
    const path = folder();
    writeFileSync(lockFile(path), JSON.stringify({ pid: 1, began: null, host: 'elsewhere', address: null }));
    expect(() => takeLock(path)).toThrow(/in use/);
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lockFile(path), longAgo, longAgo);
    expect(takeLock(path).stalePid).toBe(1);
  });
});
