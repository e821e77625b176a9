/** The patterns that user agents are told by, as the Open Podcast Analytics Working Group collects them. */

import { readFileSync } from 'node:fs';

export interface UserAgentRule {
  readonly name: string;
  readonly pattern: RegExp;
  /** Of devices: mobile, smart_speaker …; of libraries: bot. */
  readonly category: string | undefined;
}

export type UserAgentRules = Readonly<Record<(typeof KINDS)[number], readonly UserAgentRule[]>>;

const KINDS = ['bots', 'apps', 'libraries', 'browsers', 'devices'] as const;

interface RuntimeFile {
  readonly entries: readonly { readonly name: string; readonly pattern: string; readonly category?: string }[];
}

// Beside this file in src/ and, copied by the build, in dist/.
const FOLDER = new URL('./opawg/', import.meta.url);

const readKind = (kind: string): readonly UserAgentRule[] => {
  const { entries } = JSON.parse(readFileSync(new URL(`${kind}.json`, FOLDER), 'utf8')) as RuntimeFile;
  return entries.map(({ name, pattern, category }) => ({ name, pattern: new RegExp(pattern), category }));
};

/** Some 900 patterns: read once, kept by whoever reads them. */
export const readUserAgentRules = (): UserAgentRules =>
  Object.fromEntries(KINDS.map((kind) => [kind, readKind(kind)])) as unknown as UserAgentRules;
