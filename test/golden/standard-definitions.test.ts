import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Pure modules read no files: the YAML of the standard definitions goes into a module as text. */
it('puts the standard definitions into the module that ships them', async () => {
  const folder = new URL('../../src/success/standard/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const entries = files
    .toSorted()
    .map((file) => `  { file: '${file}', text: ${JSON.stringify(readFileSync(new URL(file, folder), 'utf8'))} },`);
  const module = `/** The YAML files of this folder as text, made of them by "npm run golden". */

export const STANDARD_TEXTS: readonly { readonly file: string; readonly text: string }[] = [
${entries.join('\n')}
];
`;
  expect(files.length).toBe(11);
  await expect(module).toMatchFileSnapshot('../../src/success/standard/texts.ts');
});
