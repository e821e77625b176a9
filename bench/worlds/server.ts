/** A server in a process of its own, on an empty folder, without playground and without learning by itself. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_TIMEOUT_MS = 60_000;
const SETTINGS = ['--port', '0', '--playground', 'false', '--auto-train', 'false', '--rate-limit', '0'];

export interface BenchServer {
  readonly url: string;
  /** Ends the process and removes its folder. */
  stop(): Promise<void>;
}

/** `nodeArguments` go to the process of the server, e.g. for a profile. */
export const startBenchServer = async (nodeArguments: readonly string[] = []): Promise<BenchServer> => {
  const data = mkdtempSync(join(tmpdir(), 'ritornello-bench-'));
  const verb = ['src/cli/main.ts', 'serve', '--data', data, ...SETTINGS, '--log-level', 'warn'];
  const child = spawn(
    process.execPath,
    [...nodeArguments, '--import', 'tsx', '--conditions=ritornello-source', ...verb],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const url = await addressOf(child);
  return {
    url,
    stop: async () => {
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
