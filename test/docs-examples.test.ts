/** Examples in the docs run, and print what they say they print. */

import { describe, expect, it } from 'vitest';
import * as evaluation from '#evaluation';
import * as stats from '#stats';
import { filesBelow, read } from './source-files.ts';

const DOORS: Readonly<Record<string, object>> = { evaluation, stats };

interface Example {
  readonly page: string;
  readonly code: string;
}

/** Blocks of TypeScript that import from the package. */
const EXAMPLES: readonly Example[] = filesBelow('docs')
  .filter((page) => page.endsWith('.md'))
  .flatMap((page) =>
    [...read(page).matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => ({ page, code: match[1] ?? '' })),
  )
  .filter(({ code }) => /from 'ritornello\/\w+'/.test(code) && code.includes('// => '));

const AsyncFunction = (async () => undefined).constructor as new (
  ...args: string[]
) => (doors: object, console: object) => Promise<void>;

const printed = async (code: string): Promise<string[]> => {
  const lines: string[] = [];
  const body = code.replace(
    /^import \{([^}]*)\} from 'ritornello\/(\w+)';$/gm,
    (_, names: string, door: string) => `const {${names}} = doors.${door};`,
  );
  await new AsyncFunction('doors', 'console', body)(DOORS, {
    log: (...values: unknown[]) => lines.push(values.map(String).join(' ')),
  });
  return lines;
};

describe('docs', () => {
  it('have examples', () => {
    expect(EXAMPLES.length).toBeGreaterThan(0);
  });

  it.each(EXAMPLES)('example of $page', async ({ code }) => {
    const promised = [...code.matchAll(/\/\/ => (.*)$/gm)].map((match) => match[1]);
    expect(await printed(code)).toEqual(promised);
  });
});
