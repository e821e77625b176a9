import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { definitionIndex, definitionPage, standardDefinitions } from '#success';

const DEFINITIONS = standardDefinitions();

/** docs/reference/definitions is what `ritornello success docs --out` makes of the shipped definitions. */
it.each(DEFINITIONS)('$name has its page', async (definition) => {
  const path = `../../docs/reference/definitions/${definition.name}.md`;
  await expect(definitionPage(definition)).toMatchFileSnapshot(path);
});

it('the pages have a list, and there are no others', async () => {
  await expect(definitionIndex(DEFINITIONS)).toMatchFileSnapshot('../../docs/reference/definitions/README.md');
  const files = readdirSync(new URL('../../docs/reference/definitions/', import.meta.url)).sort();
  expect(files).toEqual(['README.md', ...DEFINITIONS.map(({ name }) => `${name}.md`)].sort());
});
