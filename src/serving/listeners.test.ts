import { describe, expect, it, vi } from 'vitest';
import { EngineError, HOUR_MS, type UserId } from '#domain';
import { Catalogue } from './catalogue.ts';
import { play, song, user } from './listener-events.contract.ts';
import { Listeners } from './listeners.ts';
import { MemoryLog, NOW } from './made-up-world.contract.ts';

describe('listeners in memory', () => {
  const history = {
    items: [],
    events: Array.from({ length: 60 }, (_, n) => ({
      ...play(`e${n}`, song(n), NOW - n * HOUR_MS),
      userId: `u${n % 6}` as UserId,
    })),
  };
  const open = (bounds: { listeners: number; items: number }) => {
    const log = new MemoryLog(history);
    return { log, listeners: new Listeners(log, new Catalogue(), bounds) };
  };

  it('are bounded by number and by what is remembered; who was asked for last stays', async () => {
    for (const bounds of [
      { listeners: 3, items: 1000 },
      { listeners: 1000, items: 30 },
    ]) {
      const { listeners } = open(bounds);
      for (const id of ['u0', 'u1', 'u2', 'u0', 'u3']) await listeners.find(id as UserId, NOW);
      expect(listeners.size).toBe(3);
      expect(listeners.peek('u0' as UserId)).toBeDefined();
      expect(listeners.peek('u1' as UserId)).toBeUndefined();
      expect((await listeners.find('u1' as UserId, NOW)).plays).toBe(10);
    }
  });

  it('are read once when two ask at once, and again after an error', async () => {
    const { log, listeners } = open({ listeners: 10, items: 1000 });
    const [one, other] = await Promise.all([listeners.find(user, NOW), listeners.find(user, NOW)]);
    expect(one).toBe(other);
    log.failure = new Error('away');
    await expect(listeners.find('u2' as UserId, NOW)).rejects.toThrow('away');
    log.failure = null;
    expect((await listeners.find('u2' as UserId, NOW)).plays).toBe(10);
  });

  it('do not come back when they are forgotten while they are read', async () => {
    const { log, listeners } = open({ listeners: 10, items: 1000 });
    let go: () => void = () => undefined;
    log.gate = new Promise((resolve) => {
      go = resolve;
    });
    const reading = listeners.find('u1' as UserId, NOW);
    listeners.forget('u1' as UserId);
    go();
    await reading;
    expect(listeners.peek('u1' as UserId)).toBeUndefined();
  });

  describe('who turn up in another time zone', () => {
    const berlin = 'Europe/Berlin';

    it('are read again, and answer meanwhile; what happens meanwhile is counted once', async () => {
      const { log, listeners } = open({ listeners: 10, items: 1000 });
      const one = 'u1' as UserId;
      const before = await listeners.find(one, NOW);
      let go: () => void = () => undefined;
      log.gate = new Promise((resolve) => {
        go = resolve;
      });
      const moved = listeners.find(one, NOW, berlin);
      listeners.apply([{ ...play('meanwhile', song('new'), NOW), userId: one }]);
      expect(await listeners.find(one, NOW)).toBe(before);
      expect(before.plays).toBe(11);
      go();
      const after = await moved;
      expect(after).not.toBe(before);
      expect([after.plays, after.place.timeZone]).toEqual([11, berlin]);
      expect(await listeners.find(one, NOW)).toBe(after);
      expect(listeners.size).toBe(1);
    });

    it('stay who they are while the warehouse is away', async () => {
      const { log, listeners } = open({ listeners: 10, items: 1000 });
      const before = await listeners.find('u1' as UserId, NOW);
      log.failure = new EngineError('warehouse_unavailable', 'away');
      const after = await listeners.find('u1' as UserId, NOW, berlin);
      expect(after).toBe(before);
      expect([after.plays, after.place.timeZone]).toEqual([10, berlin]);
      // Once it is there again they are counted by the clock of the new place.
      log.failure = null;
      const again = await listeners.find('u1' as UserId, NOW, berlin);
      expect(again).not.toBe(before);
      expect(again.place.timeZone).toBe(berlin);
      expect(await listeners.find('u1' as UserId, NOW)).toBe(again);
      log.failure = new Error('broken');
      await expect(listeners.find('u1' as UserId, NOW, 'Asia/Tokyo')).rejects.toThrow('broken');
      expect(listeners.peek('u1' as UserId)).toBe(again);
    });

    it('are not read again where it is the same one by another name', async () => {
      const { log, listeners } = open({ listeners: 10, items: 1000 });
      const past = vi.spyOn(log, 'past');
      const first = await listeners.find('u1' as UserId, NOW, 'Asia/Kolkata');
      const alias = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Kolkata' }).resolvedOptions().timeZone;
      for (const name of [alias, 'asia/kolkata', 'ASIA/KOLKATA']) {
        expect(await listeners.find('u1' as UserId, NOW, name)).toBe(first);
      }
      expect(past).toHaveBeenCalledTimes(1);
    });

    it('do not come back when they are forgotten while they are read again in vain', async () => {
      const { log, listeners } = open({ listeners: 10, items: 1000 });
      await listeners.find('u1' as UserId, NOW);
      log.failure = new EngineError('warehouse_unavailable', 'away');
      const moved = listeners.find('u1' as UserId, NOW, berlin);
      listeners.forget('u1' as UserId);
      await expect(moved).rejects.toThrow('away');
      expect(listeners.peek('u1' as UserId)).toBeUndefined();
    });
  });
});
