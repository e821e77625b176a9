/**
 * One process a journal. LMDB itself would let a second process write, and both would give out the same sequences.
 * The lock names its holder by process id and start time, since a container gives the same ids again after each start.
 */

import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { EngineError } from '#domain';

/** Takes the lock and gives back how to let it go. @throws {EngineError} conflict when a live process holds it. */
export const lockProcess = (path: string): (() => void) => {
  for (;;) {
    if (create(path)) return () => rmSync(path, { force: true });
    const holder = read(path);
    if (holder !== undefined && isAlive(holder)) {
      throw new EngineError(
        'conflict',
        `the journal is in use by process ${holder.pid} (${path}); only one process may open it`,
      );
    }
    rmSync(path, { force: true });
  }
};

interface Holder {
  readonly pid: number;
  readonly began: string;
}

const create = (path: string): boolean => {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, `${process.pid} ${beganAt(process.pid)}`);
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/** Undefined when the lock is gone, or was cut off while it was written. */
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
