/** What every artifact store must do. `make` opens an empty store; `reopen` opens the same one again. */

import { expect, it } from 'vitest';
import type { ArtifactStore, Lineage } from './artifact-store.ts';

export interface ArtifactHarness {
  make(): Promise<ArtifactStore>;
  reopen(): Promise<ArtifactStore>;
  /** Changes the last stored byte of a part. */
  damage(name: string, version: string, part: string): Promise<void>;
}

const lineage = (trainedAt: number): Lineage => ({
  trainedAt,
  data: { users: 3, items: 5 },
  options: { factors: 64, weight: 'log' },
  seed: 'seed-1',
});

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

export const artifactStoreContract = (harness: ArtifactHarness): void => {
  it('gives back the newest version with its parts and lineage, also after opening again', async () => {
    const store = await harness.make();
    expect(await store.latest('bundle')).toBeNull();
    await store.save('bundle', { als: bytes(1, 2), catalogue: bytes() }, lineage(1));
    const second = await store.save('bundle', { als: bytes(3) }, lineage(2));
    for (const opened of [store, await harness.reopen()]) {
      const found = await opened.latest('bundle');
      expect(found?.version).toBe(second.version);
      expect(found?.lineage).toEqual(lineage(2));
      expect(Object.keys(found?.content ?? {})).toEqual(['als']);
      expect([...(found?.content['als'] ?? [])]).toEqual([3]);
    }
  });

  it('gives parts in memory that threads share', async () => {
    const store = await harness.make();
    await store.save('bundle', { als: bytes(1, 2) }, lineage(1));
    expect((await store.latest('bundle'))?.content['als']?.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('reads a part into what is allocated for it', async () => {
    const store = await harness.make();
    const { version } = await store.save('bundle', { als: bytes(1, 2), constructor: bytes(3) }, lineage(1));
    const made: Uint8Array[] = [];
    const allocate = (size: number) => {
      const memory = new Uint8Array(new SharedArrayBuffer(size + 64), 64, size);
      made.push(memory);
      return memory;
    };
    const allocators = new Map([['als', allocate]]);
    const found = [await store.latest('bundle', allocators), await store.load('bundle', version, allocators)];
    expect(made.map((memory) => [...memory])).toEqual([
      [1, 2],
      [1, 2],
    ]);
    for (const [n, artifact] of found.entries()) {
      expect(artifact?.content['als']?.buffer).toBe(made[n]?.buffer);
      expect([...artifact!.content['constructor']!]).toEqual([3]);
    }
  });

  it.each([0, 2 ** 23, 2 ** 23 + 1, 2 ** 24 + 5])('gives back a part of %i bytes', async (size) => {
    const store = await harness.make();
    const part = Uint8Array.from({ length: size }, (_, n) => (n * 7 + (n >> 20)) % 251);
    const { version } = await store.save('bundle', { part }, lineage(1));
    const found = (await store.latest('bundle'))?.content['part'];
    expect(Buffer.compare(found ?? bytes(), part)).toBe(0);
    if (size === 0) return;
    await harness.damage('bundle', version, 'part');
    await expect(store.latest('bundle')).rejects.toMatchObject({ code: 'artifact_corrupt' });
  });

  it('lists versions newest first, loads one by version and prunes the old', async () => {
    const store = await harness.make();
    for (const at of [1, 2, 3]) await store.save('bundle', { part: bytes(at) }, lineage(at));
    await store.save('other', { part: bytes(9) }, lineage(9));
    const listed = await store.list();
    expect(listed.map(({ name, lineage: { trainedAt } }) => [name, trainedAt])).toEqual([
      ['bundle', 3],
      ['bundle', 2],
      ['bundle', 1],
      ['other', 9],
    ]);
    const first = await store.load('bundle', listed[2]!.version);
    expect([...(first?.content['part'] ?? [])]).toEqual([1]);
    expect(await store.load('bundle', '999999')).toBeNull();
    expect(await store.prune('bundle', 1)).toBe(2);
    expect((await store.list()).map(({ name }) => name)).toEqual(['bundle', 'other']);
    await store.save('bundle', { part: bytes(4) }, lineage(4));
    expect((await store.latest('bundle'))?.lineage.trainedAt).toBe(4);
  });

  it('keeps saves apart that run at once', async () => {
    const store = await harness.make();
    const saved = await Promise.all([1, 2, 3, 4].map((at) => store.save('bundle', { part: bytes(at) }, lineage(at))));
    expect(new Set(saved.map(({ version }) => version)).size).toBe(4);
    expect((await store.latest('bundle'))?.lineage.trainedAt).toBe(4);
  });

  it('refuses a version whose bytes are not the saved ones', async () => {
    const store = await harness.make();
    const { version } = await store.save('bundle', { part: bytes(1, 2, 3) }, lineage(1));
    await harness.damage('bundle', version, 'part');
    await expect(store.latest('bundle')).rejects.toMatchObject({ code: 'artifact_corrupt' });
  });

  it('refuses names that could leave its folder', async () => {
    const store = await harness.make();
    for (const name of ['../x', '', 'a/b', '.hidden', 'UPPER']) {
      await expect(store.save(name, { part: bytes(1) }, lineage(1))).rejects.toMatchObject({ code: 'invalid_data' });
      await expect(store.save('bundle', { [name]: bytes(1) }, lineage(1))).rejects.toMatchObject({
        code: 'invalid_data',
      });
    }
    expect(await store.list()).toEqual([]);
  });

  it('forgets everything when cleared', async () => {
    const store = await harness.make();
    await store.save('bundle', { part: bytes(1) }, lineage(1));
    await store.clear();
    expect(await store.list()).toEqual([]);
    expect(await store.latest('bundle')).toBeNull();
  });
};
