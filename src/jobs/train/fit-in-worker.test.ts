import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PackedIds } from '#domain';
import { openSharedModel } from '#models';
import { UnderWay } from '#threads';
import { fitInWorker } from './fit-in-worker.ts';
import { fitModels } from './fit-models.ts';
import { worldData } from './training-world.contract.ts';

const OPTIONS = { seed: 1, now: Date.UTC(2026, 10, 24), als: { factors: 8, epochs: 2 } };
const NEVER = new AbortController().signal;

const threads = (): string[] => readdirSync('/proc/self/task');

/** Whether a thread of this process has the lowest priority there is; field 19 of proc(5). */
const isLowest = (thread: string): boolean => {
  try {
    return readFileSync(`/proc/self/task/${thread}/stat`, 'latin1').split(') ')[1]!.split(' ')[19 - 3] === '19';
  } catch {
    // It has ended meanwhile.
    return false;
  }
};

describe('fitInWorker', () => {
  it('gives what fitting here gives, tells of each model, and takes the data along', { timeout: 30_000 }, async () => {
    const told: string[] = [];
    const data = worldData();
    const fitted = await fitInWorker(data, OPTIONS, (name) => told.push(name), NEVER);
    expect(told).toEqual(['popularity', 'content', 'item-knn', 'als']);
    expect(data.userIndex).toHaveLength(0);
    const here = await fitModels(worldData(), OPTIONS);
    const { items, itemBytes, models, ...learned } = fitted;
    expect({ ...learned, models: models.map(({ name, bytes }) => ({ name, bytes })) }).toEqual(here);
    expect([...PackedIds.open(items)]).toEqual(data.items);
    expect([...PackedIds.parse(itemBytes)]).toEqual(data.items);
    for (const { bytes, shared } of models) expect(openSharedModel(shared).toBytes()).toEqual(bytes);
  });

  it('gives the same bytes with any number of threads', { timeout: 60_000 }, async () => {
    const learned = async (threads: number) => {
      const { models } = await fitInWorker(worldData(), OPTIONS, () => undefined, NEVER, { threads });
      return models.map(({ name, bytes }) => ({ name, bytes }));
    };
    expect(await learned(1)).toEqual(await learned(3));
  });

  it.skipIf(process.platform !== 'linux')(
    'gives way with all of its threads when it is in the background (a priority of its own needs Linux)',
    { timeout: 30_000 },
    async () => {
      const giving = async (isBackground: boolean): Promise<number> => {
        // Test files share a process: what another one started in the background is not of this fit.
        const before = new Set(threads());
        let most = 0;
        const look = (): void => {
          most = Math.max(most, threads().filter((thread) => !before.has(thread) && isLowest(thread)).length);
        };
        await fitInWorker(worldData(), OPTIONS, look, NEVER, { threads: 2, isBackground });
        return most;
      };
      expect(await giving(false)).toBe(0);
      // The thread that fits and its kernels, and from the sources those that load them.
      expect(await giving(true)).toBeGreaterThanOrEqual(3);
    },
  );

  it('steps aside for answers, and gives the same bytes beside some that never end', { timeout: 60_000 }, async () => {
    const underWay = new UnderWay();
    let haveWaited = 0;
    // Whoever waits there goes on, as after the time that they wait at most.
    const looking = setInterval(() => {
      haveWaited += Atomics.notify(new Int32Array(underWay.memory), 0);
    }, 1);
    const learned = async () => {
      const { models } = await fitInWorker(worldData(), OPTIONS, () => undefined, NEVER, { aside: underWay.memory });
      return models.map(({ name, bytes }) => ({ name, bytes }));
    };
    const undisturbed = await learned();
    expect(haveWaited).toBe(0);
    underWay.begin();
    const beside = await learned().finally(() => clearInterval(looking));
    expect(beside).toEqual(undisturbed);
    expect(haveWaited).toBeGreaterThan(0);
  });

  it('passes on why a fit failed', { timeout: 30_000 }, async () => {
    const failing = fitInWorker(worldData(), { ...OPTIONS, als: { factors: 0 } }, () => undefined, NEVER);
    await expect(failing).rejects.toThrow(/the models cannot be fitted: factors 0: expected an integer/);
  });

  it('stops at once when asked to', { timeout: 30_000 }, async () => {
    const controller = new AbortController();
    const long = fitInWorker(
      worldData(),
      { ...OPTIONS, als: { factors: 512, epochs: 1000 } },
      (name) => name === 'als' && controller.abort(new Error('no longer needed')),
      controller.signal,
    );
    await expect(long).rejects.toThrow('no longer needed');
    await expect(fitInWorker(worldData(), OPTIONS, () => undefined, controller.signal)).rejects.toThrow('no longer');
  });
});
