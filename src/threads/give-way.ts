/**
 * Threads that give way to all others of the machine: work that nobody waits for. On Linux, where a thread has a priority and a
 * policy of its own; elsewhere nothing happens. A thread that such a thread starts gives way as well.
 *
 * The lowest priority is not enough: a processor that runs such a thread is none that is free, so threads that wake up queue for
 * the others. Under the idle policy it counts as free. That policy is set by `chrt` (util-linux, BusyBox). Starting a program
 * holds a process of some GiB for a tenth of a second, so a server starts the shell that calls it while it is small; where there
 * is no such shell, or no `chrt`, the lowest priority is what there is.
 */

import { spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import type { Socket } from 'node:net';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';

/** One thread a line; an empty line says that it is done. */
const SHELL = 'while read -r thread; do chrt -i -p 0 "$thread" >/dev/null 2>&1; echo; done';

/** By which the system knows a thread; null where none has a priority of its own. */
export type ThreadNumber = number | null;

/** Sets the policy of a thread; what fails leaves it as it was. */
type SetPolicy = (thread: number) => Promise<void>;

let setIdle: SetPolicy | null = null;

const isLinux = process.platform === 'linux';

/** From now on threads that give way do so under the idle policy. The shell ends with this process, whatever ends that. */
export const startPolicyShell = (): void => {
  if (!isLinux || setIdle !== null) return;
  // Of its own group: a Ctrl-C is not meant for it.
  const shell = spawn('sh', ['-c', SHELL], { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  const waiting: (() => void)[] = [];
  const end = (): void => {
    setIdle = null;
    for (const done of waiting.splice(0)) done();
  };
  shell.on('error', end).on('exit', end).unref();
  const [orders, answers] = [shell.stdin as Socket, shell.stdout as Socket];
  orders.on('error', end).unref();
  answers.on('data', (lines: Buffer) => {
    for (const done of waiting.splice(0, lines.length)) done();
    if (waiting.length === 0) answers.unref();
  });
  answers.unref();
  setIdle = (thread) =>
    new Promise((resolve) => {
      // The process lives while an answer is owed.
      answers.ref();
      waiting.push(resolve);
      orders.write(`${thread}\n`);
    });
};

/**
 * Resolves when these threads of this process, and none that they started before, give way; those that have ended are passed over.
 * To be asked for in the main thread, which alone can have the policy set.
 */
export const giveWay = async (threads: readonly ThreadNumber[]): Promise<void> => {
  const lowered = threads.filter((thread) => thread !== null).filter(lower);
  await Promise.all(lowered.map((thread) => setIdle?.(thread)));
};

/** Whether the thread is there. */
const lower = (thread: number): boolean => {
  try {
    setPriority(thread, constants.priority.PRIORITY_LOW);
    return true;
  } catch (error) {
    if ((error as { info?: { code?: string } }).info?.code === 'ESRCH') return false;
    throw error;
  }
};

/** The lowest priority for the thread that asks, without the idle policy: for what somebody waits for. */
export const lowerPriority = (): void => {
  const thread = ownThread();
  if (thread !== null) lower(thread);
};

/** Of the thread that asks. */
export const ownThread = (): ThreadNumber => {
  if (!isLinux) return null;
  try {
    return Number(basename(readlinkSync('/proc/thread-self')));
  } catch {
    // A system without /proc tells nobody.
    return null;
  }
};
