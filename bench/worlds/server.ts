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
  /**
   * From now on it is noted when the event loops of the main thread and of the one that answers are held, and by whom, with
   * profilers that make the server slower.
   */
  watch(): void;
  /** Ends the watch and says what was noted. */
  held(): Promise<Record<Watched, readonly HeldBy[]>>;
  /** Ends the process and removes its folder. */
  stop(): Promise<void>;
}

const WATCH = new URL('./watch-threads.mjs', import.meta.url).href;
/** To write what was noted takes some seconds: a profile of a minute is large. */
const TOLD_TIMEOUT_MS = 60_000;

const WATCHED = ['main', 'serving'] as const;
export type Watched = (typeof WATCHED)[number];

export const startBenchServer = async (): Promise<BenchServer> => {
  const data = mkdtempSync(join(tmpdir(), 'ritornello-bench-'));
  const noted = join(data, 'held');
  const verb = ['dist/cli/main.js', 'serve', '--data', data, ...SETTINGS, '--log-level', 'warn'];
  const child = spawn(
    process.execPath,
    ['--import', WATCH, ...verb],
    // biome-ignore lint/style/noProcessEnv: the server gets what this process has, and where to write what it notes.
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LOOP_WATCH: noted } },
  );
  const url = await addressOf(child);
  return {
    url,
    watch: () => {
      child.kill('SIGUSR2');
    },
    held: async () => {
      child.kill('SIGUSR2');
      const files = WATCHED.map((thread) => `${noted}.${thread}`);
      const latest = performance.now() + TOLD_TIMEOUT_MS;
      while (!files.every((file) => existsSync(file))) {
        if (performance.now() > latest) throw new Error('the server did not write what held its event loops');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const [main, serving] = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as HeldBy[]);
      return { main: main!, serving: serving! };
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      await new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGTERM');
      });
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
