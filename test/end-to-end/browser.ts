/** The built program and a real browser, for the tests that look at it as a person does. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { ROOT } from '../source-files.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of a browser on this machine; undefined when there is none. */
export const BROWSER: string | undefined = PLACES.find((path) => existsSync(path));
if (BROWSER === undefined) process.stderr.write(`browser tests are skipped: none of ${PLACES.join(', ')} is there\n`);

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: BROWSER ?? '',
    args: [
      '--no-sandbox',
      '--process-per-site',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

export interface Server {
  readonly address: string;
  /** Asks it to end, and resolves with its exit code. */
  stop(): Promise<number | null>;
}

export const startServer = async (data: string, ...flags: string[]): Promise<Server> => {
  const args = [
    join(ROOT, 'dist/cli/main.js'),
    'serve',
    '--port',
    '0',
    '--data',
    data,
    '--log-level',
    'error',
    ...flags,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return { address: await addressOf(child), stop: () => end(child) };
};

const addressOf = async (child: ChildProcess): Promise<string> => {
  let said = '';
  for await (const piece of child.stdout ?? []) {
    said += String(piece);
    const address = /http:\/\/\S+/.exec(said)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error(`the server ended before it said where it is: ${said}`);
};

const end = async (child: ChildProcess): Promise<number | null> => {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const [code] = (await ended) as [number | null];
  return code;
};
