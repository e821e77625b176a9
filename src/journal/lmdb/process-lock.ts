/**
 * One process a journal. LMDB itself would let a second process write, and both would give out the same sequences.
 * The lock names its holder by process id and start time, since a container gives the same ids again after each start.
 */

import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { EngineError } from '#domain';

/** Takes the lock and gives back how to let it go. @throws {EngineError} conflict when a live process holds it. */
export const lockProcess = (path: string): (() => void) => {
  while (!create(path)) {
    const holder = read(path);
    if (holder !== undefined && isAlive(holder)) throw heldBy(path, holder);
    removeStale(path, holder);
  }
  return () => rmSync(path, { force: true });
};

const heldBy = (path: string, { pid }: Holder): EngineError =>
  new EngineError('conflict', `the journal is in use by process ${pid} (${path}); only one process may open it`);

/** Two starts may find the same stale lock: whoever moved the fresh lock of the other puts it back and yields. */
const removeStale = (path: string, stale: Holder | undefined): void => {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = read(aside);
  const isOther = moved !== undefined && (moved.pid !== stale?.pid || moved.began !== stale.began);
  if (isOther) linkSync(aside, path);
  rmSync(aside);
  if (isOther) throw heldBy(path, moved);
};

interface Holder {
  readonly pid: number;
  readonly began: string;
}

/** The lock appears with its content at once: a link to a file that was written before. False when there is one. */
const create = (path: string): boolean => {
  const written = `${path}.new-${process.pid}`;
  writeFileSync(written, `${process.pid} ${beganAt(process.pid)}`, { mode: 0o600 });
  try {
    linkSync(written, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(written);
  }
};

/** Undefined when there is no lock, or one that is none of ours. */
const read = (path: string): Holder | undefined => {
  try {
    const [pid, began] = readFileSync(path, 'utf8').split(' ');
    return Number(pid) > 0 && began !== undefined ? { pid: Number(pid), began } : undefined;
  } catch {
    return undefined;
  }
};

const isAlive = (holder: Holder): boolean => {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return holder.began === beganAt(holder.pid);
};

/** Field 22 of /proc/<pid>/stat, counted after the name in brackets; empty where the system has no such file. */
const beganAt = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
};
