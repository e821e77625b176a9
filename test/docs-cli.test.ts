import { expect, it } from 'vitest';
import { createProgram, EXIT_CODES, type Terminal } from '#cli';
import { read } from './source-files.ts';

const quiet: Terminal = { print: () => undefined, talk: () => undefined, outIsTty: false, errIsTty: false };
const DOC = read('docs/reference/cli.md');
// All verbs are loaded, and with them the whole engine: that is no part of what is timed.
const program = await createProgram(quiet);

it('docs/reference/cli.md lists the exit codes as they are', () => {
  const rows = Object.values(EXIT_CODES).map(({ code, means }) => `| ${code} | ${means} |`);
  expect(DOC).toContain(['| code | meaning |', '|---|---|', ...rows].join('\n'));
});

it('docs/reference/cli.md has a section for each verb and none for others', () => {
  const verbs = program.commands.map((command) => command.name());
  const sections = [...DOC.matchAll(/^### ritornello (\w+)/gm)].map((match) => match[1]);
  expect(sections).toEqual(verbs);
});
