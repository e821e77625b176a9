/** The built server in a process of its own, on an empty folder, without playground and without learning by itself. */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HeldBy } from './loop-watch.ts';

const START_TIMEOUT_MS = 60_000;
const SETTINGS = ['--port', '0', '--playground', 'false', '--auto-train', 'false', '--rate-limit', '0'];

export interface BenchServer {
  readonly url: string;
  /** From now on it is noted when the event loop is held, and by whom, with a profiler that makes the server slower. */
  watch(): void;
  /** What was noted; ask after `stop`. */
  held(): readonly HeldBy[];
  /** Ends the process and removes its folder. */
  stop(): Promise<void>;
}

const WATCH = new URL('./watch-main-thread.mjs', import.meta.url).href;

export const startBenchServer = async (): Promise<BenchServer> => {
  const data = mkdtempSync(join(tmpdir(), 'ritornello-bench-'));
  const noted = join(data, 'held.json');
  const verb = ['dist/cli/main.js', 'serve', '--data', data, ...SETTINGS, '--log-level', 'warn'];
  const child = spawn(
    process.execPath,
    ['--import', WATCH, ...verb],
    // biome-ignore lint/style/noProcessEnv: the server gets what this process has, and where to write what it notes.
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LOOP_WATCH: noted } },
  );
  let held: readonly HeldBy[] = [];
  const url = await addressOf(child);
  return {
    url,
    watch: () => {
      child.kill('SIGUSR2');
    },
    held: () => held,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      await new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGTERM');
      });
      if (existsSync(noted)) held = JSON.parse(readFileSync(noted, 'utf8')) as HeldBy[];
      rmSync(data, { recursive: true, force: true });
    },
  };
};

const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the server told no address in ${START_TIMEOUT_MS} ms`));
    }, START_TIMEOUT_MS);
    let heard = '';
    child.stdout?.on('data', (piece: Buffer) => {
      heard += piece.toString('utf8');
      const url = /https?:\/\/[\w.:[\]-]+/.exec(heard)?.[0];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the server ended with ${code} before it told its address`));
    });
  });
