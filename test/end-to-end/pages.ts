/** The pages of the built program over a playground of their own, in a real browser, for the tests that look at them. */

import { rmSync } from 'node:fs';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { ENDPOINTS, type Slate, type Status } from '#api';
import { openBrowser, startServer } from './browser.ts';
import { playgroundFolder } from './playground-folder.ts';

export const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;

export type WireEvent = Readonly<Record<string, unknown>>;

/** What axe-core finds, as far as a failed test shows it. */
interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe finds on a page as it is; by some rules alone if they are named. */
export const faultsOn = async (page: Page, rules?: readonly string[]): Promise<readonly Finding[]> => {
  const options = { resultTypes: ['violations'], ...(rules === undefined ? {} : { runOnly: rules }) };
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  return (await page.evaluate(`axe.run(document, ${JSON.stringify(options)}).then((r) => r.violations)`)) as Finding[];
};

export interface Pages {
  readonly address: string;
  /** Whose home is shown where nobody is named. */
  readonly user: string;
  /** Errors of scripts and of the console, on any page so far. */
  readonly faults: readonly string[];
  /** Answers of the server, read as what they are asked as. */
  ask<Answer>(path: string): Promise<Answer>;
  home(): Promise<Slate>;
  /** A page of its own, and the events that it sends. */
  open(path: string): Promise<{ readonly page: Page; readonly sent: readonly WireEvent[] }>;
  /** Loads another address in a page, and resolves when it has a heading. */
  goTo(page: Page, path: string): Promise<void>;
  close(): Promise<void>;
}

export const openPages = async (): Promise<Pages> => {
  const data = await playgroundFolder();
  // Before the server: it ends with this process, whatever fails.
  const browser = await openBrowser();
  const server = await startServer(data);
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: SIZES.desktop });
  const faults: string[] = [];
  const ask = async <Answer>(path: string) => (await (await fetch(server.address + path)).json()) as Answer;

  const goTo = async (page: Page, path: string): Promise<void> => {
    await page.goto(server.address + path);
    await page.locator('h1').waitFor();
  };
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  };
  const begin = async (): Promise<string> => {
    // As long as one page of the site is open, the others are in its process.
    await goTo(await context.newPage(), '/start');
    const { default_user } = await ask<Status>('/v1/studio/status');
    if (default_user === null) throw new Error('the playground has no listener to look at');
    return default_user;
  };
  const user = await begin().catch(async (error: unknown) => {
    await close();
    throw error;
  });

  return {
    address: server.address,
    user,
    faults,
    ask,
    home: () => ask<Slate>(`/v1/users/${user}/home`),
    goTo,
    async open(path) {
      const page = await context.newPage();
      const sent: WireEvent[] = [];
      page.setDefaultTimeout(30_000);
      page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
      page.on('console', (message) => message.type() === 'error' && faults.push(`${page.url()}: ${message.text()}`));
      page.on('request', (request) => {
        if (!request.url().endsWith(ENDPOINTS.postEvents.path)) return;
        sent.push(...[request.postDataJSON() as WireEvent].flat());
      });
      await goTo(page, path);
      return { page, sent };
    },
    close,
  };
};
