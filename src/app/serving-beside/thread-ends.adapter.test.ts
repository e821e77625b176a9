import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { EngineError, type SlateId, type UserId } from '#domain';
import { toSlate } from '#wire';
import {
  actingOf,
  fitBundle,
  gate,
  ITEMS,
  LISTENERS,
  MemoryLog,
  openRoom,
  openRoomOn,
  type Room,
  slateIn,
  startServingThread,
} from './beside-world.contract.ts';

const startNothing = (): Worker => new Worker('throw new Error("there is no room")', { eval: true });

const exitOf = (worker: Worker): Promise<number> => new Promise((resolve) => worker.once('exit', resolve));

const opened: Room[] = [];
afterEach(() => Promise.all(opened.splice(0).map(({ serving }) => serving.close())));

const room = (...starts: Parameters<typeof openRoom>): Room => {
  opened.push(openRoom(...starts));
  return opened.at(-1)!;
};
const started = async (...starts: Parameters<typeof openRoom>): Promise<Room> => {
  const one = room(...starts);
  await one.serving.start();
  return one;
};

/** What the thread cannot answer before the log does. */
const owedBy = async ({ serving, log }: Room) => {
  const [asked, answer] = [gate(), gate()];
  log.reading = () => {
    asked.open();
    return answer.opened;
  };
  const owed = serving.profile(LISTENERS.at(-1)!);
  owed.catch(() => undefined);
  await asked.opened;
  log.reading = async () => undefined;
  return { owed, answer };
};

const GONE = { code: 'unavailable', message: 'the thread that answers is gone: it ended with code 1' };

describe('a thread that ends', () => {
  it('fails what it owes and tells of it; another one answers as it did', async () => {
    const ending = await started();
    const { serving, threads, ends } = ending;
    await serving.useModels(await fitBundle('first'));
    serving.useExperiments(actingOf({ name: 'greedy' }, { exploration: 0.5 }));
    const users = LISTENERS.slice(0, 10);
    const before = await Promise.all(users.map((user) => slateIn(serving.home(user))));
    expect(before.filter(({ experiments }) => experiments.length === 1).length).toBeGreaterThan(5);

    const { owed } = await owedBy(ending);
    await threads[0]!.terminate();
    await expect(owed).rejects.toMatchObject(GONE);
    expect(ends).toEqual(['it ended with code 1']);

    expect(await serving.state()).toMatchObject({ model: 'first', catalogue: ITEMS.length });
    const [first] = before;
    const { slate } = await serving.loggedSlate(first!.slate_id as SlateId);
    expect(toSlate(slate)).toEqual({ ...first, fresh: false });
    for (const [n, user] of users.entries()) {
      const { experiments, model } = await slateIn(serving.home(user));
      expect({ experiments, model }).toEqual({ experiments: before[n]!.experiments, model: 'first' });
    }
    expect(threads).toHaveLength(2);
  });

  it('is followed by another one as often as it takes, and each knows what happened in between', async () => {
    const { serving, threads, play } = await started();
    const [listener] = LISTENERS;
    const { plays } = await serving.profile(listener!);
    for (const round of [1, 2]) {
      const ending = threads.at(-1)!.terminate();
      play(listener!);
      await ending;
      play(listener!);
      expect((await serving.profile(listener!)).plays).toBe(plays + 2 * round);
    }
    expect(threads).toHaveLength(3);
  });

  it('is followed by one that does not count who was erased either', async () => {
    const { serving, log, threads } = await started();
    await serving.useModels(await fitBundle('first'));
    const popular = async () => {
      const { shelves } = await slateIn(serving.home('a stranger' as UserId, { refresh: true }));
      const { cards } = shelves.find(({ shelf }) => shelf === 'popular')!;
      return new Map(cards.map(({ item, explanation }) => [item.item_id, explanation?.evidence['listeners']]));
    };
    const before = await popular();
    // Who has heard most of it: what anybody hears in this world goes with the hour of the run.
    const playedBy = (user: UserId) =>
      new Set(log.events.flatMap((event) => (event.kind === 'play' && event.userId === user ? [event.itemId] : [])));
    const heard = ([, played]: readonly [UserId, ReturnType<typeof playedBy>]) =>
      [...before.keys()].filter((id) => played.has(id)).length;
    const all = LISTENERS.map((user) => [user, playedBy(user)] as const);
    const [erased, own] = all.toSorted((a, b) => heard(b) - heard(a))[0]!;
    await serving.forget(erased);
    log.events.splice(0, log.events.length, ...log.events.filter(({ userId }) => userId !== erased));
    const lessIn = (after: Awaited<ReturnType<typeof popular>>) =>
      [...after].filter(([id, count]) => before.get(id) === Number(count) + 1 && own.has(id)).length;
    const less = lessIn(await popular());
    expect(less).toBeGreaterThan(3);
    await threads[0]!.terminate();
    expect(lessIn(await popular())).toBeGreaterThan(3);
    expect(threads).toHaveLength(2);
  });

  it('leaves slates that are on their way to the journal to the next one, which knows them', async () => {
    const log = new MemoryLog();
    log.ahead = join(mkdtempSync(join(tmpdir(), 'thread-ends-')), 'ahead');
    const journal = gate();
    log.keeping = () => journal.opened;
    const one = openRoomOn(log);
    opened.push(one);
    await one.serving.start();
    const answered = await slateIn(one.serving.home(LISTENERS[0]!));
    expect(log.events.filter(({ kind }) => kind === 'slate')).toEqual([]);
    await one.threads[0]!.terminate();
    log.keeping = async () => undefined;
    const { slate } = await one.serving.loggedSlate(answered.slate_id as SlateId);
    expect(toSlate(slate)).toEqual({ ...answered, fresh: false });
    expect(log.events.filter(({ kind }) => kind === 'slate')).toHaveLength(1);
  });

  it('while the catalogue is on its way to it does not start, and no more of that is read', async () => {
    const log = new MemoryLog();
    const blocks: number[] = [];
    const [third, held] = [gate(), gate()];
    log.opening = async (block) => {
      blocks.push(block);
      if (block !== 3) return;
      third.open();
      await held.opened;
    };
    const one = openRoomOn(log);
    opened.push(one);
    const start = one.serving.start();
    start.catch(() => undefined);
    await third.opened;
    await one.threads[0]!.terminate();
    await expect(start).rejects.toMatchObject(GONE);
    held.open();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(blocks).toEqual([0, 1, 2, 3]);
    expect(ITEMS.length).toBeGreaterThan(500);
  });

  it('does not start with a part of the catalogue', async () => {
    const log = new MemoryLog();
    log.opening = async (block) => {
      if (block === 2) throw new EngineError('warehouse_unavailable', 'the third block is not there');
    };
    const one = openRoomOn(log);
    opened.push(one);
    await expect(one.serving.start()).rejects.toMatchObject({
      code: 'warehouse_unavailable',
      message: 'the third block is not there',
    });
  });

  it('while models are on their way to it leaves them to the next one', async () => {
    const { serving, threads } = await started();
    const [first, next] = [await fitBundle('first'), await fitBundle('next')];
    await serving.useModels(first);
    const given = serving.useModels(next).catch((error: unknown) => error);
    await threads[0]!.terminate();
    await given;
    expect((await serving.state()).model).toBe('next');
    expect(threads).toHaveLength(2);
  });
});

describe('a thread that cannot start', () => {
  const message = 'the thread that answers is gone: it failed: there is no room';

  it('says why to all who ask, and is not started again and again', async () => {
    const exits: Promise<unknown>[] = [];
    const { serving, threads, ends } = room(() => {
      const worker = startNothing();
      exits.push(exitOf(worker));
      return worker;
    });
    await expect(serving.start()).rejects.toMatchObject({ code: 'unavailable', message });
    await Promise.all(exits);
    await expect(serving.profile(LISTENERS[0]!)).rejects.toMatchObject({ code: 'unavailable', message });
    await expect(serving.useModels(null)).rejects.toMatchObject({ code: 'unavailable', message });
    serving.apply([]);
    serving.clear();
    expect(threads).toHaveLength(1);
    expect(ends).toEqual(['it failed: there is no room']);
  });

  it('in the place of another one neither', async () => {
    const { serving, threads, ends } = await started(startServingThread, startNothing);
    await threads[0]!.terminate();
    for (const ask of [() => serving.state(), () => serving.home(LISTENERS[0]!), () => serving.start()]) {
      await expect(ask()).rejects.toMatchObject({ code: 'unavailable', message });
    }
    expect(threads).toHaveLength(2);
    expect(ends).toEqual(['it ended with code 1', 'it failed: there is no room']);
  });
});

it('a thread that takes the place of another while the log is away answers when it is back', async () => {
  const { serving, log, threads } = await started();
  await serving.useModels(await fitBundle('first'));
  log.opening = async () => {
    throw new EngineError('warehouse_unavailable', 'the warehouse is away');
  };
  await threads[0]!.terminate();
  const away = { code: 'warehouse_unavailable', message: 'the warehouse is away' };
  await expect(serving.home(LISTENERS[0]!)).rejects.toMatchObject(away);
  await expect(serving.home(LISTENERS[0]!)).rejects.toMatchObject(away);
  log.opening = async () => undefined;
  expect(await serving.state()).toMatchObject({ model: 'first', catalogue: ITEMS.length });
  expect(threads).toHaveLength(2);
});

describe('closing', () => {
  const stopping = { code: 'unavailable', message: 'the engine is stopping' };

  it('rejects what is owed and what is asked afterwards, and the thread is gone for good', async () => {
    const closing = await started();
    const { serving, threads, ends } = closing;
    const { owed } = await owedBy(closing);
    const exit = exitOf(threads[0]!);
    await serving.close();
    await expect(owed).rejects.toMatchObject(stopping);
    await expect(serving.home(LISTENERS[0]!)).rejects.toMatchObject(stopping);
    await exit;
    expect(threads).toHaveLength(1);
    expect(ends).toEqual([]);
  });

  it('does not wait for a thread that is just coming up', async () => {
    const { serving, threads } = await started();
    await threads[0]!.terminate();
    const asked = serving.state();
    asked.catch(() => undefined);
    await serving.close();
    await expect(asked).rejects.toMatchObject(stopping);
    expect(threads).toHaveLength(2);
  });
});

/** What a process of its own prints until it ends by itself: `serving` has started, `threads` are its threads. */
const printedBy = async (script: string): Promise<string> => {
  const text = `import { ServingBeside } from './src/app/serving-beside/serving-beside.ts';
    import { PackedIds } from '#domain';
    import { lineInto } from '#journal';
    import { fitPopularity } from '#models';
    import { startThread } from '#threads';
    const log = { catalogue: async function* () {}, pools: async () => [] };
    const line = () => lineInto(async () => []);
    const threads = [];
    const serving = new ServingBeside({ log, line, onEnd: () => console.log('ended') }, (journal) => {
      const options = { workerData: { journal }, transferList: [journal.port] };
      threads.push(startThread(new URL(${JSON.stringify(new URL('./serving-thread.ts', import.meta.url).href)}), options));
      return threads.at(-1);
    });
    await serving.start();
    ${script}`;
  const options = ['scripts/run-source.mjs', '-e', text];
  const { stdout } = await promisify(execFile)(process.execPath, options, { timeout: 60_000 });
  return stdout;
};

describe('a process', () => {
  it('ends by itself when its thread owes nothing, also one that took the place of another', async () => {
    expect(await printedBy('await threads[0].terminate();')).toBe('ended\n');
  });

  it('lives until all that is owed is answered, also by a thread that is just coming up', async () => {
    const printed = await printedBy(`
      await threads[0].terminate();
      console.log((await serving.state()).model);
      const items = Array.from({ length: 3000 }, (_, n) => 'track:' + n);
      const ones = new Float32Array([1]);
      const counts = { rows: 1, columns: items.length, indptr: new Uint32Array([0, 1]), indices: new Uint32Array(1), values: ones };
      const popularity = fitPopularity({ users: ['ada'], items, counts });
      const bundle = { version: 'first', items: PackedIds.from(items), listeners: new Uint32Array(items.length), models: { popularity } };
      const given = serving.useModels(bundle).then(() => console.log('models are there'), console.log);
      await serving.state();`);
    expect(printed).toBe('ended\nnull\nmodels are there\n');
  });
});
