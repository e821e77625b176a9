import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type UserId } from '#domain';
import { bundle, fan, history } from './home-world.contract.ts';
import { NOW, openRoom } from './made-up-world.contract.ts';

describe('home by local time', () => {
  it('counts dayparts by the clock of the listener', async () => {
    const room = await openRoom({ items: history.items, events: [] }, bundle);
    const user = 'u' as UserId;
    const tracks = history.items.filter((item) => item.type === 'track');
    // 22:00 UTC is 07:00 the next morning in Tokyo.
    for (const [n, { itemId: id }] of tracks.slice(0, 40).entries()) {
      room.play(user, id, { at: NOW - (n + 1) * DAY_MS + 10 * HOUR_MS, timeZone: 'Asia/Tokyo' });
    }
    room.now = NOW + 11 * HOUR_MS;
    const slate = await room.serving.home(user);
    const shelf = slate.shelves.find((each) => each.shelf === 'daypart')!;
    expect(shelf.title).toBe('For your morning');
    expect(shelf.cards[0]!.explanation!.text).toMatch(/in the morning\.$/);
    const profile = await room.serving.profile(user);
    expect(profile.dayparts.find((each) => each.daypart === 'morning')!.share).toBe(1);
    expect(profile.timeZone).toBe('Asia/Tokyo');
  });

  it('counts plays without a place again when the zone becomes known', async () => {
    const room = await openRoom({ items: history.items, events: [] }, bundle);
    const user = 'u' as UserId;
    room.play(user, history.items[0]!.itemId, { at: NOW + 10 * HOUR_MS });
    await room.serving.home(user);
    const before = (await room.serving.profile(user)).dayparts.find((each) => each.share === 1)!;
    await room.serving.home(user, { timeZone: 'Asia/Tokyo' });
    const after = (await room.serving.profile(user)).dayparts.find((each) => each.share === 1)!;
    expect([before.daypart, after.daypart]).toEqual(['night', 'morning']);
  });

  it('refuses an unknown time zone and names the field', async () => {
    const room = await openRoom(history, bundle);
    await expect(room.serving.home(fan, { timeZone: 'Mars/Olympus' })).rejects.toMatchObject({
      code: 'invalid_request',
      fields: [{ field: 'time_zone' }],
    });
  });
});
