/** Every command of the guide to running an experiment, in its order, on a data folder of its own. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runCli } from '#cli';
import { read } from '../source-files.ts';

const GUIDE = read('docs/guides/run-an-experiment.md');
const folder = mkdtempSync(join(tmpdir(), 'experiment-guide-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const commands = [...GUIDE.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, text]) =>
  text!
    .trim()
    .split('\n')
    .map((line) => line.replace(/^ritornello /, '').split(' ')),
);
const run = async (args: readonly string[]) => {
  const [printed, told]: [string[], string[]] = [[], []];
  const terminal = { outIsTty: false, errIsTty: false };
  const words = args.map((word) => (word === 'bolder.yaml' ? join(folder, word) : word));
  const code = await runCli([...words, '--data', join(folder, 'data')], {
    ...terminal,
    print: (text) => printed.push(text),
    talk: (text) => told.push(text),
  });
  return { code, out: printed.join('\n'), told: told.join('\n') };
};

it('runs, each with what the guide says of it', { timeout: 300_000 }, async () => {
  writeFileSync(join(folder, 'bolder.yaml'), /```yaml\n(.*?)```/s.exec(GUIDE)![1]!);
  const said = new Map<string, string>();
  for (const args of commands) {
    const { code, out, told } = await run(args);
    expect({ args, code, told }).toEqual({ args, code: 0, told: '' });
    said.set(args[1]!, out);
  }
  expect([...said.keys()]).toEqual(['create', 'power', 'start', 'analyze', 'stop', 'list']);
  expect(said.get('create')).toMatch(/^bolder +planned/);
  expect(said.get('power')).toContain('users were active before the last whole window');
  expect(said.get('start')).toMatch(/^bolder +running/);
  expect(said.get('analyze')).toContain('0 of 2,000 planned units exposed');
  expect(said.get('stop')).toMatch(/^bolder +stopped/);
  expect(said.get('list')).toMatch(/^bolder +stopped/);
  // What has ended cannot be begun or ended again, and the message says what can be done.
  const again = await run(['experiment', 'start', 'bolder']);
  expect(again).toMatchObject({ code: 4, out: '' });
  expect(again.told).toContain('experiment bolder is stopped, for good: plan another under a new name');
  expect((await run(['experiment', 'stop', 'bolder'])).told).toContain('stopped already');
  expect(JSON.parse(readFileSync(join(folder, 'data', 'experiments.json'), 'utf8'))).toHaveLength(1);
});
