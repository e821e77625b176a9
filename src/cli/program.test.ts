import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createProgram, runCli } from './program.ts';
import type { Terminal } from './terminal.ts';

const listen = () => {
  const said = { out: '', err: '' };
  const terminal: Terminal = {
    print: (text) => {
      said.out += text;
    },
    talk: (text) => {
      said.err += text;
    },
    outIsTty: false,
    errIsTty: false,
  };
  return { said, terminal };
};

it('lists every verb without loading one, and loads the one that is asked for', { timeout: 60_000 }, async () => {
  const { terminal } = listen();
  const none = await createProgram(terminal, () => false);
  const all = await createProgram(terminal);
  expect(none.commands.map((each) => [each.name(), each.description(), each.options.length])).toEqual(
    all.commands.map((each) => [each.name(), each.description(), 0]),
  );
  expect(none.helpInformation()).toBe(all.helpInformation());
  const train = await createProgram(terminal, (name) => name === 'train');
  expect(train.commands.filter(({ options }) => options.length > 0).map((each) => each.name())).toEqual(['train']);
});

it('needs nothing of the engine until a verb does', () => {
  for (const file of ['main', 'program', 'verbs', 'terminal', 'exit-codes']) {
    const text = readFileSync(new URL(`./${file}.ts`, import.meta.url), 'utf8');
    const lines = text.split('\n').filter((line) => line.startsWith('import ') && !line.startsWith('import type '));
    const doors = lines.filter((line) => line.includes("'#"));
    expect(
      doors.every((line) => file === 'program' && line.includes('readVersion')),
      doors.join(),
    ).toBe(true);
  }
});

it('tells the help of a verb both ways, and which verb may have been meant', async () => {
  const behind = listen();
  expect(await runCli(['train', '--help'], behind.terminal)).toBe(0);
  const before = listen();
  expect(await runCli(['help', 'train'], before.terminal)).toBe(0);
  expect(before.said.out).toBe(behind.said.out);
  expect(before.said.out).toContain('--data');
  const wrong = listen();
  expect(await runCli(['trian'], wrong.terminal)).toBe(2);
  expect(wrong.said.err).toContain('Did you mean train?');
});
