import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EVENTS_FILE, RunFiles } from './run-files.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Lives some days of a run and keeps the last one. */
const live = (asked: string, text: string): void => {
  const { files } = RunFiles.open(folder, asked);
  files.write('events', text);
  files.checkpoint({ asked, day: 9, events: 1, states: [] });
  files.close();
};
const events = (): string => readFileSync(join(folder, EVENTS_FILE), 'utf8');

it('goes on with the same question from where it was', () => {
  live('first', 'a day\n');
  const { files, checkpoint } = RunFiles.open(folder, 'first');
  expect(checkpoint?.day).toBe(9);
  files.write('events', 'another\n');
  files.close();
  expect(events()).toBe('a day\nanother\n');
});

it('begins anew with another question, and does not go on with the first one over its files', () => {
  live('first', 'a longer day of the first run\n');
  const second = RunFiles.open(folder, 'second');
  expect(second.checkpoint).toBeNull();
  second.files.write('events', 'short\n');
  second.files.close();
  const again = RunFiles.open(folder, 'first');
  again.files.close();
  expect(again.checkpoint).toBeNull();
  expect(events()).toBe('');
});
