import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineError, PackedIds } from '#domain';
import type { ModelBundle } from '#serving';
import { Learning, type LearningDeps } from './learning.ts';
import { SILENT } from './log.ts';

const bundle = (version: string, interactions = 1000) =>
  ({
    version,
    interactions,
    trainedAt: Date.parse('2026-11-24T00:00:00Z'),
    seconds: 1,
    users: 2,
    items: PackedIds.from([]),
    basis: 'collaborative',
  }) as unknown as ModelBundle;

/** A training that ends when it is told to. */
const made = (options: Partial<LearningDeps> = {}) => {
  const used: (string | null)[] = [];
  const ends: { resolve: (result: ModelBundle | null) => void; reject: (error: Error) => void }[] = [];
  const learning = new Learning({
    learn: () => new Promise((resolve, reject) => void ends.push({ resolve, reject })),
    use: async (result) => void used.push(result?.version ?? null),
    clock: { now: () => Date.now() },
    log: SILENT,
    automatic: true,
    ...options,
  });
  return { learning, used, ends };
};

describe('Learning', () => {
  it('runs one training at a time and puts its models to use', async () => {
    const { learning, used, ends } = made();
    const first = learning.start('asked');
    expect(learning.state).toBe('running');
    expect(() => learning.start('asked again')).toThrow(EngineError);
    ends[0]?.resolve(bundle('one'));
    await first;
    expect(learning.state).toBe('idle');
    expect(used).toEqual(['one']);
  });

  it('waits for the training under way when what is new must be in it', async () => {
    const { learning, used, ends } = made();
    void learning.start('asked');
    const second = learning.afterwards('an import');
    expect(ends).toHaveLength(1);
    ends[0]?.resolve(bundle('one'));
    await vi.waitFor(() => expect(ends).toHaveLength(2));
    ends[1]?.resolve(bundle('two'));
    expect((await second)?.version).toBe('two');
    expect(used).toEqual(['one', 'two']);
  });

  it('lets several wait for the training under way, and none of them fails', async () => {
    const { learning, ends } = made();
    void learning.start('asked');
    const waiting = [learning.afterwards('an import'), learning.afterwards('the playground')];
    for (const [n, version] of ['one', 'two', 'three'].entries()) {
      await vi.waitFor(() => expect(ends).toHaveLength(n + 1));
      ends[n]?.resolve(bundle(version));
    }
    expect((await Promise.all(waiting)).map((learned) => learned?.version)).toEqual(['two', 'three']);
  });

  it('keeps the models it has when a training fails, and says that it failed', async () => {
    const { learning, used, ends } = made();
    await learning.adopt(bundle('old'));
    const run = learning.start('asked');
    ends[0]?.reject(new Error('no space'));
    await expect(run).rejects.toThrow('no space');
    expect(learning.state).toBe('failed');
    expect(learning.bundle?.version).toBe('old');
    expect(used).toEqual(['old']);
  });
});

describe('Learning by itself', () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-24T00:00:00Z') }));
  afterEach(() => void vi.useRealTimers());

  it('begins when a tenth more than the models know has come and it has been quiet for a while', async () => {
    const { learning, ends } = made();
    await learning.adopt(bundle('old', 10_000));
    learning.notice(999);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(ends).toHaveLength(0);
    learning.notice(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ends).toHaveLength(1);
  });

  it('begins with anything new when the models are a day old', async () => {
    const { learning, ends } = made();
    await learning.adopt(bundle('old', 10_000));
    vi.setSystemTime(Date.parse('2026-11-25T00:00:00Z'));
    learning.notice(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ends).toHaveLength(1);
  });

  it('catches up after a start: at once without models, else by the same rule', async () => {
    const without = made();
    without.learning.catchUp(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(without.ends).toHaveLength(1);
    const withOld = made();
    await withOld.learning.adopt(bundle('old', 10_000));
    withOld.learning.catchUp(999);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(withOld.ends).toHaveLength(0);
    withOld.learning.catchUp(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(withOld.ends).toHaveLength(1);
    const empty = made();
    empty.learning.catchUp(0);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(empty.ends).toHaveLength(0);
  });

  it('waits out work that is learned from afterwards', async () => {
    const { learning, ends } = made();
    let finish = (): void => undefined;
    const work = learning.holdDuring(() => new Promise<void>((resolve) => (finish = resolve)));
    learning.notice(1_000_000);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(ends).toHaveLength(0);
    finish();
    await work;
    learning.notice(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ends).toHaveLength(1);
  });

  it('keeps a wish of that time for when nothing was learned from the work', async () => {
    const { learning, ends } = made();
    await learning.holdDuring(async () => learning.schedule('a listener was erased'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ends).toHaveLength(1);
    await learning.holdDuring(async () => learning.notice(1_000_000));
    ends[0]?.resolve(null);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(ends).toHaveLength(1);
  });

  it('learns what it was about to learn before the work, though that fails', async () => {
    const { learning, ends } = made();
    learning.schedule('a listener was erased');
    const failing = learning.holdDuring(async () => {
      await vi.advanceTimersByTimeAsync(600_000);
      throw new Error('the file cannot be read');
    });
    await expect(failing).rejects.toThrow('the file cannot be read');
    expect(ends).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ends).toHaveLength(1);
  });

  it('never begins when it is not allowed to, nor after it was stopped', async () => {
    const forbidden = made({ automatic: false });
    forbidden.learning.notice(1_000_000);
    forbidden.learning.catchUp(1_000_000);
    const stopped = made();
    stopped.learning.notice(1_000_000);
    await stopped.learning.stop();
    await vi.advanceTimersByTimeAsync(600_000);
    expect([forbidden.ends.length, stopped.ends.length]).toEqual([0, 0]);
  });
});
