import { createProgram, type Terminal } from '#cli';
import type { Command } from 'commander';
import { expect, it } from 'vitest';

const quiet: Terminal = { print: () => undefined, talk: () => undefined, outIsTty: false, errIsTty: false };

/** The program and every verb below it, by the words one types. */
const verbs = (command: Command, words: string[] = []): { name: string; command: Command }[] => [
  { name: ['ritornello', ...words].join('-'), command },
  ...command.commands.flatMap((inner) => verbs(inner, [...words, inner.name()])),
];

/** Help with what is added after it, examples included. */
const helpOf = (command: Command): string => {
  let text = '';
  command.configureOutput({ writeOut: (part) => void (text += part), getOutHelpWidth: () => 100 }).outputHelp();
  return text;
};

const all = verbs(await createProgram(quiet));

it('there are verbs', () => {
  expect(all.length).toBeGreaterThan(10);
});

it.each(all)('$name --help', async ({ name, command }) => {
  await expect(helpOf(command)).toMatchFileSnapshot(`cli/${name}.txt`);
});
