/**
 * One process a data folder: the journal and the embedded warehouse allow no second one.
 *
 * lock.json says who holds it. A holder that was killed leaves it behind; whether it lives is asked of the system by
 * process id and start time (ids are used again, in containers at once), so that a start after a kill never waits.
 * A holder on another machine (a shared disk, an earlier container) cannot be asked: it shows by its heartbeat.
 */

import {
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { EngineError } from '#domain';

export interface LockHolder {
  readonly pid: number;
  /** When the process began, in the system's own ticks; null where the system does not tell. */
  readonly began: string | null;
  readonly host: string;
  /** Where it serves; null while it does not. */
  readonly address: string | null;
}

export interface DataLock {
  /** The process whose lock was left behind; null when there was none. */
  readonly stalePid: number | null;
  /** Tells other processes where to reach this one. */
  announce(address: string): void;
  release(): void;
}

const HEARTBEAT_MS = 10_000;
const HEARTBEAT_MISSED_MS = 3 * HEARTBEAT_MS;

const fileOf = (folder: string): string => join(folder, 'lock.json');

/** The live holder of the folder; null when it is free. */
export const lockHolder = (folder: string): LockHolder | null => {
  const held = readLock(folder);
  return held !== null && isAlive(folder, held) ? held : null;
};

/** Makes the folder if need be and takes it. @throws {EngineError} conflict when another process holds it. */
export const takeLock = (folder: string): DataLock => {
  mkdirSync(folder, { recursive: true });
  const holder: LockHolder = { pid: process.pid, began: beganAt(process.pid), host: hostname(), address: null };
  const stalePid = claim(folder, holder);
  const heartbeat = setInterval(() => beat(folder), HEARTBEAT_MS).unref();
  return {
    stalePid,
    announce: (address) => replaceLock(folder, { ...holder, address }),
    release: () => {
      clearInterval(heartbeat);
      rmSync(fileOf(folder), { force: true });
    },
  };
};

const claim = (folder: string, holder: LockHolder): number | null => {
  if (create(folder, holder)) return null;
  const held = readLock(folder);
  if (held !== null && isAlive(folder, held)) throw heldBy(folder, held);
  removeStale(folder, held);
  if (create(folder, holder)) return held?.pid ?? null;
  throw heldBy(folder, readLock(folder));
};

/** Two starts may find the same stale lock: whoever moved away the fresh lock of the other puts it back and yields. */
const removeStale = (folder: string, stale: LockHolder | null): void => {
  const aside = `${fileOf(folder)}.${process.pid}.stale`;
  renameSync(fileOf(folder), aside);
  const moved = readFile(aside);
  const isOther = moved !== null && moved.pid !== stale?.pid;
  if (isOther) linkSync(aside, fileOf(folder));
  rmSync(aside);
  if (isOther) throw heldBy(folder, moved);
};

const create = (folder: string, holder: LockHolder): boolean => {
  try {
    const file = openSync(fileOf(folder), 'wx', 0o600);
    writeSync(file, JSON.stringify(holder));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

const replaceLock = (folder: string, holder: LockHolder): void => {
  const next = `${fileOf(folder)}.${holder.pid}`;
  writeFileSync(next, JSON.stringify(holder), { mode: 0o600 });
  renameSync(next, fileOf(folder));
};

const heldBy = (folder: string, held: LockHolder | null): EngineError => {
  const who =
    held === null ? 'another process' : `process ${held.pid}${held.address ? ` serving ${held.address}` : ''}`;
  return new EngineError(
    'conflict',
    `the data folder ${folder} is in use by ${who}; stop it, or name another folder with --data`,
  );
};

/** Null when there is no lock, or one that was cut off while it was written. */
const readLock = (folder: string): LockHolder | null => readFile(fileOf(folder));

const readFile = (path: string): LockHolder | null => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockHolder;
  } catch {
    return null;
  }
};

/** A lock file that somebody removed has no heart; the process that lost it goes on, and a second one is its owner's wish. */
const beat = (folder: string): void => {
  const now = new Date();
  if (existsSync(fileOf(folder))) utimesSync(fileOf(folder), now, now);
};

const isAlive = (folder: string, held: LockHolder): boolean => {
  if (held.host !== hostname()) return Date.now() - statSync(fileOf(folder)).mtimeMs < HEARTBEAT_MISSED_MS;
  try {
    process.kill(held.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return held.began === beganAt(held.pid);
};

/** Field 22 of /proc/<pid>/stat, counted after the name in brackets, which may hold anything. */
const beganAt = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
};
