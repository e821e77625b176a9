import { describe, expect, it } from 'vitest';
import type { UserId } from '#domain';
import { replays } from './compact-input.ts';
import { bundle, fan, history, other } from './home-world.contract.ts';
import { openRoom } from './made-up-world.contract.ts';

describe('home for which there is no time', () => {
  /**
   * A room in which so much time passes between two looks at the clock, and `other` asks for a page whenever somebody
   * does.
   */
  const hasteRoom = async () => {
    const haste = { step: 0 };
    let at = 0;
    const stopwatch = (): number => {
      at += haste.step;
      return at;
    };
    const room = await openRoom(history, bundle, { stopwatch });
    const besideAnother = async (userId: UserId) => {
      const before = room.serving.home(other, { refresh: true });
      const slate = await room.serving.home(userId, { refresh: true });
      await before;
      return slate;
    };
    return Object.assign(room, { haste, besideAnother });
  };

  it('has where the listener was, their session and something new, says that it is short, and draws the same again', async () => {
    const room = await hasteRoom();
    const whole = await room.besideAnother(fan);
    expect(whole).toMatchObject({ fallback: null, notices: [] });
    room.haste.step = 100;
    const short = await room.besideAnother(fan);
    expect(short.fallback).toBe('busy');
    expect(short.notices).toEqual([expect.stringContaining('shorter than usual')]);
    const names = short.shelves.map(({ shelf }) => shelf);
    expect(names).toEqual(expect.arrayContaining(['jump_back_in', 'session', 'picked']));
    expect(names.length).toBeLessThan(whole.shelves.length);
    const logged = room.log.slates(fan).at(-1)!;
    expect(logged).toMatchObject({ slateId: short.slateId, fallback: 'busy' });
    expect(replays(logged)).toBe(true);
  });

  it('stands for a second, and is whole again after it', async () => {
    const room = await hasteRoom();
    await room.serving.home(fan);
    room.haste.step = 100;
    const short = await room.besideAnother(fan);
    const again = await room.serving.home(fan);
    expect(again).toMatchObject({ slateId: short.slateId, fallback: 'busy' });
    room.haste.step = 0;
    room.now += 999;
    expect((await room.serving.home(fan)).slateId).toBe(short.slateId);
    room.now += 1;
    const whole = await room.serving.home(fan);
    expect(whole).toMatchObject({ fallback: null, notices: [] });
    expect(whole.shelves.length).toBeGreaterThan(short.shelves.length);
  });

  it('is whole all the same where nobody else asks', async () => {
    const room = await hasteRoom();
    await room.serving.home(fan);
    room.haste.step = 100;
    expect(await room.serving.home(fan, { refresh: true })).toMatchObject({ fallback: null, notices: [] });
  });

  it('shows somebody new what others play, and what editors chose', async () => {
    const room = await hasteRoom();
    await room.serving.home(fan);
    room.haste.step = 100;
    const slate = await room.besideAnother('someone new' as UserId);
    const names = slate.shelves.map(({ shelf }) => shelf);
    expect(slate.notices).toContainEqual(expect.stringContaining('shorter than usual'));
    expect(names).toContain('popular');
    expect(names.filter((name) => name.startsWith('editors:'))).toHaveLength(3);
  });
});
