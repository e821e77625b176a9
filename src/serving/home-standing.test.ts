import { describe, expect, it, vi } from 'vitest';
import { EngineError, HOUR_MS, MINUTE_MS } from '#domain';
import { bundle, fan, history, idsOf } from './home-world.contract.ts';
import { openRoom } from './made-up-world.contract.ts';

describe('home that stands', () => {
  it('stands until it is refreshed, something happens, or the day moves on', async () => {
    const room = await openRoom(history, bundle);
    const first = await room.serving.home(fan);
    room.now += 5 * MINUTE_MS;
    const second = await room.serving.home(fan);
    expect([second.slateId, second.fresh, first.fresh]).toEqual([first.slateId, false, true]);
    expect(idsOf(second)).toEqual(idsOf(first));
    const refreshed = await room.serving.home(fan, { refresh: true });
    expect(refreshed.slateId).not.toBe(first.slateId);
    room.play(fan, idsOf(refreshed)[0]!);
    const after = await room.serving.home(fan);
    expect(after.slateId).not.toBe(refreshed.slateId);
    room.now += 6 * HOUR_MS;
    expect((await room.serving.home(fan)).slateId).not.toBe(after.slateId);
    expect(room.log.slates(fan)).toHaveLength(4);
  });

  it('that is no longer in memory is read from the log; while that is away another one is made', async () => {
    const room = await openRoom(history, bundle, { memory: { listeners: 100, items: 100_000, slateBytes: 0 } });
    const first = await room.serving.home(fan);
    const again = await room.serving.home(fan);
    expect(again).toMatchObject({ slateId: first.slateId, fresh: false });
    expect(idsOf(again)).toEqual(idsOf(first));
    const slate = vi.spyOn(room.log, 'slate').mockRejectedValue(new EngineError('warehouse_unavailable', 'away'));
    const other = await room.serving.home(fan);
    expect(other.fresh).toBe(true);
    expect(other.slateId).not.toBe(first.slateId);
    slate.mockRejectedValue(new EngineError('internal', 'broken'));
    await expect(room.serving.home(fan)).rejects.toThrow('broken');
  });

  it('that is made while an event comes does not stand on that event', async () => {
    let looks = 0;
    // The first look at the clock is that of who asks, the second one comes when planning begins.
    const stopwatch = () => {
      if (++looks === 2) room.play(fan, history.items[0]!.itemId);
      return 0;
    };
    const room = await openRoom(history, bundle, { stopwatch });
    const made = await room.serving.home(fan);
    expect(looks).toBeGreaterThan(2);
    const next = await room.serving.home(fan);
    expect(next).toMatchObject({ fresh: true });
    expect(next.slateId).not.toBe(made.slateId);
    expect(await room.serving.home(fan)).toMatchObject({ fresh: false, slateId: next.slateId });
  });

  it('stands on what came before it was planned, as while the log was read', async () => {
    const room = await openRoom(history, bundle, { memory: { listeners: 100, items: 100_000, slateBytes: 0 } });
    const first = await room.serving.home(fan);
    vi.spyOn(room.log, 'slate').mockImplementationOnce(async () => {
      room.play(fan, history.items[0]!.itemId);
      return null;
    });
    const made = await room.serving.home(fan);
    expect(made.slateId).not.toBe(first.slateId);
    expect(await room.serving.home(fan)).toMatchObject({ fresh: false, slateId: made.slateId });
  });

  it('gives two requests at once one slate', async () => {
    const room = await openRoom(history, bundle);
    const [one, other] = await Promise.all([room.serving.home(fan), room.serving.home(fan)]);
    expect(one.slateId).toBe(other.slateId);
    expect(room.log.slates(fan)).toHaveLength(1);
  });
});
