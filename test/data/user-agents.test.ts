import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseUserAgent, readUserAgentRules } from '#ingest';
import { dataFolder } from './data-folder.ts';

/** The examples that the authors of the patterns keep beside them: user agents seen, by the name they are to be told by. */

interface Examples {
  readonly entries: readonly { readonly name: string; readonly examples?: readonly string[] }[];
}

const folder = dataFolder('opawg-user-agents-v2');

describe.skipIf(folder === undefined)('user agents of opawg/user-agents-v2', () => {
  const rules = readUserAgentRules();
  const examples = (kind: string): (readonly [string, string])[] => {
    const file = join(folder ?? '', 'build', `${kind}.examples.json`);
    const { entries } = JSON.parse(readFileSync(file, 'utf8')) as Examples;
    return entries.flatMap(({ name, examples = [] }) => examples.map((text) => [name, text] as const));
  };
  const wrong = (kind: string, nameOf: (text: string) => string | undefined): string[] =>
    examples(kind).flatMap(([name, text]) => (nameOf(text) === name ? [] : [`${name} ← ${nameOf(text)}: ${text}`]));
  const firstName = (kind: keyof typeof rules) => (text: string) =>
    rules[kind].find(({ pattern }) => pattern.test(text))?.name;

  it('are read with every pattern there is', () => {
    expect(rules.apps.length).toBeGreaterThan(500);
    expect(rules.bots.length).toBeGreaterThan(250);
  });

  it.each(['apps', 'bots', 'libraries', 'browsers'] as const)('%s: each example is told by its own name', (kind) => {
    expect(examples(kind).length).toBeGreaterThan(30);
    expect(wrong(kind, firstName(kind))).toEqual([]);
  });

  it('devices: each example is told by its own name, but one that their own order gives to the phone', () => {
    expect(examples('devices').length).toBeGreaterThan(150);
    expect(wrong('devices', firstName('devices'))).toEqual([
      'Apple Watch ← Apple iPhone: Watch/1140 CFNetwork/3860.200.71 Darwin/25.1.0',
    ]);
  });

  it('of apps and browsers are told as such, not as bots', () => {
    const taken = [...examples('apps'), ...examples('browsers')].filter(
      ([, text]) => parseUserAgent(text, rules).isBot,
    );
    expect(taken).toEqual([]);
  });

  it('of devices are told as one of ours', () => {
    const devices = new Set(examples('devices').map(([, text]) => parseUserAgent(text, rules).device));
    expect([...devices].sort()).toEqual(['car', 'desktop', 'mobile', 'speaker', 'tablet', 'tv', 'web']);
  });
});
