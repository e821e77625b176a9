import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixedClock, type UserId } from '#domain';
import { openDeadLetters } from './dead-letters.ts';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'letters-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const open = (limits: { maxFileBytes?: number; maxTotalBytes?: number } = {}) =>
  openDeadLetters({ path, clock: fixedClock(7), ...limits });

const letter = (user: string, text = '') => ({
  origin: 'events' as const,
  fields: [{ field: 'at', reason: 'missing' }],
  entry: { user_id: user, text },
});

describe('dead letters', () => {
  it('are listed newest first, with the time, also after opening again', async () => {
    const letters = await open();
    await letters.write(letter('a'));
    await letters.writeAll([letter('b'), letter('c')]);
    for (const opened of [letters, await open()]) {
      expect(opened.count()).toBe(3);
      const listed = await opened.list(2);
      expect(listed.map(({ at, entry }) => [at, (entry as { user_id: string }).user_id])).toEqual([
        [7, 'c'],
        [7, 'b'],
      ]);
    }
  });

  it('stay within their bound: old files go, new ones are taken', async () => {
    const letters = await open({ maxFileBytes: 1000, maxTotalBytes: 5000 });
    for (let index = 0; index < 300; index++) await letters.write(letter(`u${index}`));
    const bytes = readdirSync(path).reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
    expect(bytes).toBeLessThan(6200);
    expect(bytes).toBeGreaterThan(3000);
    const listed = await letters.list(1000);
    expect(listed.length).toBe(letters.count());
    expect((listed[0]!.entry as { user_id: string }).user_id).toBe('u299');
  });

  it('keep the beginning of a long entry, and whose it is', async () => {
    const letters = await open();
    await letters.write(letter('long', 'x'.repeat(1_000_000)));
    const [kept] = await letters.list(1);
    expect((kept!.entry as string).length).toBe(16_384);
    expect(await letters.eraseUser('long' as UserId)).toBe(1);
    expect(await letters.list(1)).toEqual([]);
  });

  it('are erased with their user, from the disk too, and nobody else', async () => {
    const letters = await open({ maxFileBytes: 500 });
    for (let index = 0; index < 30; index++) await letters.write(letter(index % 3 === 0 ? 'secret' : 'other'));
    expect(await letters.eraseUser('secret' as UserId)).toBe(10);
    expect(letters.count()).toBe(20);
    expect(readdirSync(path).some((name) => readFileSync(join(path, name), 'utf8').includes('secret'))).toBe(false);
    await letters.clear();
    expect(letters.count()).toBe(0);
    expect(readdirSync(path)).toEqual([]);
    await letters.write(letter('a'));
    expect(letters.count()).toBe(1);
  });

  it('leave nothing of a replacement that a kill cut off', async () => {
    await (await open()).write(letter('secret'));
    const [name] = readdirSync(path) as [string];
    appendFileSync(join(path, `${name}.new`), readFileSync(join(path, name)));
    appendFileSync(join(path, 'notes.new'), 'of someone else');
    expect((await open()).count()).toBe(1);
    expect(readdirSync(path)).toEqual([name, 'notes.new']);
  });

  it('let nothing that someone else left in the folder stand in the way, of erasing least of all', async () => {
    await (await open()).writeAll([letter('a'), letter('b')]);
    mkdirSync(join(path, 'dead-letters-000009.ndjson'));
    appendFileSync(join(path, 'dead-letters-000001.ndjson'), 'not JSON\nnull\n{"at":8,"fields":[]}\n');
    const letters = await open();
    expect((await letters.list(10)).map(({ at }) => at)).toEqual([8, 7, 7]);
    expect(await letters.eraseUser('a' as UserId)).toBe(3);
    expect((await letters.list(10)).map(({ at }) => at)).toEqual([8, 7]);
  });

  it('read around a line that was cut off by a kill', async () => {
    await (await open()).write(letter('a'));
    appendFileSync(join(path, readdirSync(path)[0]!), '{"at":1,"fie');
    const letters = await open();
    expect(letters.count()).toBe(1);
    await letters.write(letter('b'));
    expect((await letters.list(10)).map(({ entry }) => (entry as { user_id: string }).user_id)).toEqual(['b', 'a']);
  });
});
