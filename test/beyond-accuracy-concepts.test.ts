/** The example of docs/concepts/beyond-accuracy.md, run: what `// =>` says is what comes. */

import { expect, it } from 'vitest';
import * as evaluation from '#evaluation';
import { read } from './source-files.ts';

const [, code = ''] = read('docs/concepts/beyond-accuracy.md').split('```ts\n');
const [source = ''] = code.split('```');

/** Statements with what they are said to give. */
const EXPECTED = source.split('\n').flatMap((line) => {
  const [, statement, value] = /^(.+); \/\/ => (.+)$/.exec(line) ?? [];
  return statement === undefined || value === undefined ? [] : [[statement, value] as const];
});

it('gives what the page says', () => {
  const [setup = ''] = /const report = [\s\S]+?\n\);\n/.exec(source) ?? [];
  const [names, values] = [Object.keys(evaluation), Object.values<unknown>(evaluation)];
  const results = `[${EXPECTED.map(([statement]) => statement).join(', ')}]`;
  const run = new Function(...names, `${setup}\nreturn ${results};`) as (...all: unknown[]) => unknown[];
  const told = run(...values).map((value) => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value)));
  expect(EXPECTED).toHaveLength(6);
  for (const [n, [, value]] of EXPECTED.entries()) {
    // An object is shown by some of its fields.
    const parts = value.startsWith('{')
      ? value
          .replace(/^\{ | \}$/g, '')
          .replace('… ', '')
          .split(', ')
      : [value];
    for (const part of parts) expect(told[n]).toContain(part.replace(/^(\w+): /, '"$1":'));
  }
});
