import { describe, expect, it } from 'vitest';
import { EngineError } from '#domain';
import { bundle, byUser, fan, history } from './home-world.contract.ts';
import { openRoom } from './made-up-world.contract.ts';

describe('home of who is read from the log', () => {
  it('goes on without the log: those in memory as always, others as strangers', async () => {
    const room = await openRoom(history, bundle);
    await room.serving.home(fan);
    room.log.failure = new EngineError('warehouse_unavailable', 'away');
    expect((await room.serving.home(fan, { refresh: true })).fallback).toBeNull();
    const other = [...byUser.keys()].find((user) => user !== fan)!;
    const stranger = await room.serving.home(other);
    expect(stranger.fallback).toBe('history_unavailable');
    room.log.failure = null;
    expect((await room.serving.home(other)).fallback).toBeNull();
  });

  it('forgets a listener altogether', async () => {
    const room = await openRoom(history, bundle);
    const slate = await room.serving.home(fan);
    const first = slate.shelves[0]!.cards[0]!.item.itemId;
    await room.serving.forget(fan);
    room.log.events.splice(0, room.log.events.length, ...room.log.events.filter((event) => event.userId !== fan));
    await expect(room.serving.profile(fan)).rejects.toMatchObject({ code: 'unknown_user' });
    await expect(room.serving.why(slate.slateId, first)).rejects.toMatchObject({ code: 'unknown_slate' });
    expect((await room.serving.home(fan)).fallback).toBe('cold_start');
  });

  it('loses no event that arrives while the past is read, and counts none twice', async () => {
    const room = await openRoom(history, bundle);
    const track = history.items.find((item) => item.type === 'track')!.itemId;
    let open: () => void = () => {};
    room.log.gate = new Promise((resolve) => {
      open = resolve;
    });
    const before = byUser.get(fan)!.length;
    // On record just before the past is read, told again just after.
    const doubled = room.play(fan, track);
    const answer = room.serving.profile(fan);
    await Promise.resolve();
    room.play(fan, track);
    room.serving.apply([doubled]);
    open();
    expect((await answer).plays).toBe(before + 2);
  });
});
