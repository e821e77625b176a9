/**
 * From the start of the process to the first home: on an empty folder, on a filled one, on one whose process was killed, and
 * on one with a large catalogue and models of it. The built program is measured, as `npm start` runs it: build first.
 *
 *   npx tsx --conditions=ritornello-source bench/cold-start.ts [--rounds 5] [--items 1000000] [--json]
 *
 * `--items 0` leaves out the large catalogue, which takes some minutes to send and to learn from.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { fill as fillWorld, train } from './worlds/load-world.ts';

const MAIN = join(import.meta.dirname, '../dist/cli/main.js');
const USER = 'playground-001';
const MAKING_TIMEOUT_MS = 180_000;
const LISTENERS = 2000;
const QUIET = ['--playground', 'false'];

interface Run {
  readonly child: ChildProcess;
  readonly url: string;
  /** Process start → first home answered. */
  readonly firstHomeMs: number;
}

const start = async (data: string, ...flags: string[]): Promise<Run> => {
  const from = performance.now();
  const child = spawn(
    process.execPath,
    [MAIN, 'serve', '--port', '0', '--data', data, '--log-level', 'warn', ...flags],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      const found = /http:\/\/\S+/.exec(text.toString());
      if (found !== null) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const answer = await fetch(`${url}/v1/users/${USER}/home`);
  if (!answer.ok) throw new Error(`the first home answered ${answer.status}`);
  await answer.arrayBuffer();
  return { child, url, firstHomeMs: performance.now() - from };
};

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
};

/** Makes the playground in the folder and stops; how long it took. */
const fill = async (data: string): Promise<number> => {
  const from = performance.now();
  const { child, url } = await start(data);
  const isThere = async (): Promise<boolean> => {
    const answer = await fetch(`${url}/v1/studio/status`);
    return ((await answer.json()) as { playground: string }).playground === 'present';
  };
  try {
    while (!(await isThere())) {
      if (performance.now() - from > MAKING_TIMEOUT_MS) throw new Error('the playground takes too long');
      await delay(100);
    }
    return (performance.now() - from) / 1000;
  } finally {
    await end(child, 'SIGTERM');
  }
};

const repeat = async (
  rounds: number,
  data: () => string,
  signal: NodeJS.Signals,
  ...flags: string[]
): Promise<number[]> => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { child, firstHomeMs } = await start(data(), ...flags);
    times.push(firstHomeMs);
    await end(child, signal);
  }
  return times;
};

/** A catalogue of so many items, plays of some listeners, and models of them. */
const fillLarge = async (data: string, items: number): Promise<void> => {
  const { child, url } = await start(data, ...QUIET, '--auto-train', 'false', '--rate-limit', '0');
  try {
    await fillWorld(url, items, LISTENERS, Date.now());
    await train(url);
  } finally {
    await end(child, 'SIGTERM');
  }
};

const summary = (times: readonly number[]) => {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    median_ms: Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN),
    max_ms: Math.round(sorted.at(-1) ?? Number.NaN),
  };
};

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    items: { type: 'string', default: '1000000' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const items = Number(values.items);
const folder = mkdtempSync(join(tmpdir(), 'ritornello-bench-'));
const measureLarge = async () => {
  const data = join(folder, 'large');
  await fillLarge(data, items);
  return { items, ...summary(await repeat(rounds, () => data, 'SIGTERM', ...QUIET)) };
};
try {
  const filled = join(folder, 'filled');
  let empties = 0;
  const result = {
    rounds,
    playground_seconds: Number((await fill(filled)).toFixed(1)),
    empty: summary(await repeat(rounds, () => join(folder, `empty-${empties++}`), 'SIGTERM', ...QUIET)),
    filled: summary(await repeat(rounds, () => filled, 'SIGTERM')),
    // The first of these follows a clean stop; all others a kill.
    after_kill: summary((await repeat(rounds + 1, () => filled, 'SIGKILL')).slice(1)),
    ...(items > 0 && { large: await measureLarge() }),
  };
  console.log(JSON.stringify(result, null, values.json ? 0 : 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
