/** The app and the device that a user agent names: what podcast apps send where events name neither. */

import type { Device } from '#domain';
import type { UserAgentRule, UserAgentRules } from './user-agent-rules.ts';

export interface UserAgent {
  /** Name of the app, library or browser; undefined when none is known. */
  readonly app: string | undefined;
  readonly device: Device | undefined;
  /** A program and nobody's ears: what it fetches is no listening. */
  readonly isBot: boolean;
}

const DEVICES: Readonly<Record<string, Device>> = {
  mobile: 'mobile',
  smart_speaker: 'speaker',
  computer: 'desktop',
  smart_tv: 'tv',
  watch: 'watch',
  auto: 'car',
};
/** Entries that are told more finely than their category. */
const TABLETS: ReadonlySet<string> = new Set(['Apple iPad', 'Android Tablet', 'Other Tablet']);

/** In each list the first pattern that matches counts, as its authors have it. */
const firstOf = (rules: readonly UserAgentRule[], text: string): UserAgentRule | undefined =>
  rules.find(({ pattern }) => pattern.test(text));

const deviceOf = (rule: UserAgentRule | undefined): Device | undefined =>
  rule === undefined ? undefined : TABLETS.has(rule.name) ? 'tablet' : DEVICES[rule.category ?? ''];

/** Bots before apps, apps before libraries, libraries before browsers: the more particular names the program. */
export const parseUserAgent = (text: string, rules: UserAgentRules): UserAgent => {
  const bot = firstOf(rules.bots, text);
  const app = firstOf(rules.apps, text);
  const library = app === undefined ? firstOf(rules.libraries, text) : undefined;
  const browser = app === undefined && library === undefined ? firstOf(rules.browsers, text) : undefined;
  const device = deviceOf(firstOf(rules.devices, text));
  return {
    app: (bot ?? app ?? library ?? browser)?.name,
    // In a browser on a computer what is used is the web page.
    device: browser !== undefined && device === 'desktop' ? 'web' : device,
    isBot: bot !== undefined || library?.category === 'bot',
  };
};
