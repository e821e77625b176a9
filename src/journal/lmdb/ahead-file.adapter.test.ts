import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { UserId } from '#domain';
import { type AheadEntry, AheadFile } from './ahead-file.ts';

const SIZE = 4096;

let folder: string;
let path: string;
const opened: AheadFile[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ahead-'));
  path = join(folder, 'ahead');
});
afterEach(() => {
  for (const file of opened.splice(0)) file.close();
  rmSync(folder, { recursive: true });
});

const open = () => {
  const { file, held } = AheadFile.open(path, SIZE);
  opened.push(file);
  return { file, held };
};
const held = (): readonly string[] => open().held.map(({ eventId }) => eventId);
const entry = (eventId: string, row = '{"text":"Größe 🎧"}'): AheadEntry => ({
  kind: 'slate',
  userId: 'ada' as UserId,
  eventId,
  row,
});

it('holds what was written, as it came, and no more once it is emptied', () => {
  const { file } = open();
  expect(file.write([entry('a'), entry('b', '{}')])).toBe(true);
  expect(file.write([entry('c')])).toBe(true);
  expect(open().held).toEqual([entry('a'), entry('b', '{}'), entry('c')]);
  file.empty();
  expect(held()).toEqual([]);
});

it('takes up where somebody else left', () => {
  open().file.write([entry('a')]);
  const { file } = open();
  expect(file.write([entry('b')])).toBe(true);
  expect(held()).toEqual(['a', 'b']);
});

it('does not hold what was written before it was emptied, wherever that ends', () => {
  const { file } = open();
  for (const id of ['a', 'b', 'c', 'd']) file.write([entry(id)]);
  file.empty();
  file.write([entry('e')]);
  expect(held()).toEqual(['e']);
  file.empty();
  file.write([entry('f', '{"longer":"than the ones before"}')]);
  expect(held()).toEqual(['f']);
});

it('says when there is no room, and has some again once it is emptied', () => {
  const { file } = open();
  let written = 0;
  while (file.write([entry(`a-${written}`, '{}'.repeat(100))])) written++;
  expect(written).toBeGreaterThan(10);
  expect(held()).toHaveLength(written);
  expect(file.write([entry('too large', '{}'.repeat(SIZE))])).toBe(false);
  file.empty();
  expect(file.write([entry('b')])).toBe(true);
  expect(held()).toEqual(['b']);
});

it('has no byte of anybody once it is wiped, also of those before', () => {
  const { file } = open();
  for (const id of ['a', 'b', 'c']) file.write([entry(id)]);
  file.empty();
  file.write([entry('d')]);
  expect(readFileSync(path).includes('ada')).toBe(true);
  file.wipe();
  expect(readFileSync(path).every((byte) => byte === 0)).toBe(true);
  file.write([entry('e')]);
  const again = open();
  expect(again.held).toEqual([entry('e')]);
  again.file.wipe();
  expect(readFileSync(path).every((byte) => byte === 0)).toBe(true);
});

it('holds the batches before one that was cut off or damaged at any byte', () => {
  const lengthOf = (bytes: Buffer): number => bytes.findLastIndex((byte) => byte !== 0) + 1;
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), fc.boolean(), (place, change, isCut) => {
      rmSync(path, { force: true });
      const { file } = open();
      file.write([entry('a'), entry('b')]);
      const before = lengthOf(readFileSync(path));
      file.write([entry('c'), entry('d')]);
      const bytes = readFileSync(path);
      const at = before + (place % (lengthOf(bytes) - before));
      bytes[at]! ^= change;
      writeFileSync(path, bytes);
      if (isCut) truncateSync(path, at);
      expect(held()).toEqual(['a', 'b']);
    }),
  );
});
