import { describe, expect, it } from 'vitest';
import type { ListenerEvent } from '#domain';
import { makePlayground } from './playground.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const SIZE = { listeners: 12, tracks: 200, days: 20 };

const keeping = (outcomeOf: (wire: unknown) => string = () => 'accepted') => {
  const items: unknown[] = [];
  const events: ListenerEvent[] = [];
  const intake = {
    acceptItems: async (wire: readonly unknown[]) => {
      items.push(...wire);
      return wire.map((each) => ({ outcome: outcomeOf(each) }));
    },
    record: async (batch: readonly ListenerEvent[]) => void events.push(...batch),
  };
  return { items, events, intake };
};

describe('makePlayground', () => {
  it('sends the catalogue, then the history up to now, and says how far it is', async () => {
    const { items, events, intake } = keeping();
    const progress: number[] = [];
    const onProgress = ({ done }: { done: number }) => progress.push(done);
    const report = await makePlayground(intake, { now: NOW, size: SIZE, onProgress });
    expect(report).toEqual({ listeners: 12, items: items.length, events: events.length });
    expect(items.length).toBeGreaterThan(200);
    expect(events.at(-1)?.at).toBeLessThan(NOW);
    expect(events.at(-1)?.at).toBeGreaterThan(NOW - 86_400_000);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(20);
  });

  it('stops when asked to', async () => {
    const { events, intake } = keeping();
    const controller = new AbortController();
    const onProgress = ({ done }: { done: number }) => done === 5 && controller.abort(new Error('enough'));
    const making = makePlayground(intake, { now: NOW, size: SIZE, onProgress, signal: controller.signal });
    await expect(making).rejects.toThrow('enough');
    expect(events.at(-1)?.at).toBeLessThan(NOW - 10 * 86_400_000);
  });

  it('fails with what the intake failed with, after the last batch as well', async () => {
    const { intake, events } = keeping();
    let batches = 0;
    const failing = (at: number) => ({
      ...intake,
      record: async () => {
        if (++batches === at) throw new Error('no space');
      },
    });
    await expect(makePlayground(failing(3), { now: NOW, size: SIZE })).rejects.toThrow('no space');
    expect(batches).toBe(3);
    batches = 0;
    await makePlayground(failing(-1), { now: NOW, size: SIZE });
    const last = batches;
    batches = 0;
    await expect(makePlayground(failing(last), { now: NOW, size: SIZE })).rejects.toThrow('no space');
    expect(events).toHaveLength(0);
  });

  it('fails loudly when an item is refused', async () => {
    const refusing = keeping((wire) =>
      (wire as { item_id: string }).item_id.endsWith('0007') ? 'refused' : 'accepted',
    );
    const making = makePlayground(refusing.intake, { now: NOW, size: SIZE });
    await expect(making).rejects.toThrow('the intake refuses track:playground-0007');
    expect(refusing.events).toHaveLength(0);
  });
});
