/** The playground's data, made once a run by the built program, for all tests that live in one. */

import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Status } from '#api';
import { startServer } from './browser.ts';

/** In the folder of the run: files of tests share it, and it goes with the run. */
const MADE = join(tmpdir(), 'playground');
const TIMEOUT_MS = 120_000;
const BEING_MADE = join(tmpdir(), 'playground.lock');

const make = async (): Promise<void> => {
  const data = mkdtempSync(join(tmpdir(), 'playground-'));
  const server = await startServer(data);
  const latest = performance.now() + TIMEOUT_MS;
  try {
    for (;;) {
      if (performance.now() > latest) throw new Error(`the playground is not there after ${TIMEOUT_MS / 1000} seconds`);
      const status = (await (await fetch(`${server.address}/v1/studio/status`)).json()) as Status;
      if (status.playground === 'present' && status.training === 'idle') break;
      await pause(200);
    }
  } finally {
    await server.stop();
  }
  renameSync(data, MADE);
};

/** Whoever comes first makes it; the others wait, and one of them tries again where that failed. */
const once = async (): Promise<void> => {
  while (!existsSync(MADE)) {
    try {
      mkdirSync(BEING_MADE);
    } catch {
      await pause(200);
      continue;
    }
    try {
      if (!existsSync(MADE)) await make();
    } finally {
      rmdirSync(BEING_MADE);
    }
  }
};

/** A data folder of the caller's own with the whole playground and the models learned from it, to be removed by the caller. */
export const playgroundFolder = async (): Promise<string> => {
  await once();
  const data = mkdtempSync(join(tmpdir(), 'own-playground-'));
  cpSync(MADE, data, { recursive: true });
  return data;
};
