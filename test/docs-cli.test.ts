import { expect, it } from 'vitest';
import { createProgram, EXIT_CODES, type Terminal } from '#cli';
import { read } from './source-files.ts';

const quiet: Terminal = { print: () => undefined, talk: () => undefined, outIsTty: false, errIsTty: false };
const DOC = read('docs/reference/cli.md');

it('docs/reference/cli.md lists the exit codes as they are', () => {
  const rows = Object.values(EXIT_CODES).map(({ code, means }) => `| ${code} | ${means} |`);
  expect(DOC).toContain(['| code | meaning |', '|---|---|', ...rows].join('\n'));
});

it('docs/reference/cli.md has a section for each verb and none for others', async () => {
  const verbs = (await createProgram(quiet)).commands.map((command) => command.name());
  const sections = [...DOC.matchAll(/^### ritornello (\w+)/gm)].map((match) => match[1]);
  expect(sections).toEqual(verbs);
});
