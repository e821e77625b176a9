import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Unlearned } from './unlearned.ts';

const made = () => {
  const data = mkdtempSync(join(tmpdir(), 'unlearned-'));
  return { data, unlearned: new Unlearned({ data }) };
};

it('stands until a training that began after it has ended, whatever process looks', async () => {
  const { data, unlearned } = made();
  expect(unlearned.isOwed).toBe(false);
  unlearned.mark();
  const next = new Unlearned({ data });
  expect(next.isOwed).toBe(true);
  await next.begin()();
  expect([next.isOwed, unlearned.isOwed]).toEqual([false, false]);
});

it('is not taken away by a training that began before the last mark', async () => {
  const { unlearned } = made();
  unlearned.mark();
  const forgotten = unlearned.begin();
  unlearned.mark();
  await forgotten();
  expect(unlearned.isOwed).toBe(true);
});
