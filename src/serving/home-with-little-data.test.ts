import { describe, expect, it } from 'vitest';
import type { ItemId, UserId } from '#domain';
import { artistOf, bundle, byUser, fan, history, plays } from './home-world.contract.ts';
import { fitBundle, grouped, NOW, openRoom } from './made-up-world.contract.ts';

describe('home with little data', () => {
  it('answers someone unknown with what is popular, and says so', async () => {
    const room = await openRoom(history, bundle);
    const slate = await room.serving.home('nobody' as UserId);
    expect(slate.basis).toBe('popularity_only');
    expect(slate.fallback).toBe('cold_start');
    expect(slate.notices[0]).toMatch(/Nothing is known of you yet/);
    expect(slate.shelves.map((shelf) => shelf.shelf)).toContain('popular');
    await expect(room.serving.profile('nobody' as UserId)).rejects.toMatchObject({ code: 'unknown_user' });
  });

  it('says in words that there is nothing, when there is nothing', async () => {
    const room = await openRoom({ items: [], events: [] }, null);
    const slate = await room.serving.home('nobody' as UserId);
    expect([slate.basis, slate.model, slate.shelves]).toEqual(['untrained', 'none', []]);
    expect(slate.notices.join(' ')).toMatch(/nothing to show yet/);
  });

  it('shows the listener their own things before anything was learned', async () => {
    const room = await openRoom(history, null);
    const slate = await room.serving.home(fan);
    expect(slate.basis).toBe('untrained');
    expect(slate.shelves.map((shelf) => shelf.shelf)).toContain('jump_back_in');
  });

  it('serves one listener alone from what the items are, and says so', async () => {
    const own = { items: history.items, events: byUser.get(fan)! };
    const room = await openRoom(own, await fitBundle(own, 'content_only'));
    const slate = await room.serving.home(fan);
    expect([slate.basis, slate.fallback]).toEqual(['content_only', 'content_only']);
    expect(slate.notices.join(' ')).toMatch(/too few listeners/);
    expect(slate.shelves.length).toBeGreaterThanOrEqual(6);
  });

  it('finds ways back into a history whose listener has met everything', async () => {
    const heard = new Set(byUser.get(fan)!.flatMap((event) => (event.kind === 'play' ? [event.itemId] : [])));
    const own = { items: history.items.filter(({ itemId }) => heard.has(itemId)), events: byUser.get(fan)! };
    const room = await openRoom(own, await fitBundle(own, 'content_only'));
    const { shelves } = await room.serving.home(fan);
    expect(shelves.length).toBeGreaterThanOrEqual(5);
    expect(shelves.map(({ shelf }) => shelf)).toEqual(expect.arrayContaining(['hardly_heard', 'again']));
    expect(shelves.map(({ shelf }) => shelf)).not.toContain('popular');
    const cards = shelves.flatMap((shelf) => shelf.cards);
    expect(cards.every((card) => card.explanation !== null)).toBe(true);
    const weekly = await room.serving.weekly(fan);
    expect(weekly.shelves).toEqual([]);
    expect(weekly.notices.join(' ')).toMatch(/met everything that is here/);
  });

  it('does not show a stranger what a single listener plays', async () => {
    const own = { items: history.items, events: byUser.get(fan)! };
    const room = await openRoom(own, await fitBundle(own, 'content_only'));
    const { shelves } = await room.serving.home('stranger' as UserId);
    expect(shelves.map(({ shelf }) => shelf)).not.toContain('popular');
  });

  it('serves a catalogue whose items are artists, from counts without times', async () => {
    const counts = grouped(plays, (play) => `${play.userId} ${artistOf.get(play.itemId as ItemId)}`);
    const artistIds = [...new Set(artistOf.values())].filter((id) => id.startsWith('artist:'));
    const tallies = [...counts].map(([key, own], n) => {
      const [userId, id] = key.split(' ') as [UserId, ItemId];
      const { eventId: _, ...base } = own[0]!;
      return {
        ...base,
        eventId: `t${n}` as never,
        userId,
        kind: 'tally' as const,
        itemId: id,
        plays: own.length,
        at: NOW,
      };
    });
    const items = artistIds.map((id) => ({
      itemId: id,
      type: 'artist' as const,
      title: `The ${id}`,
      updatedAt: 0,
      extra: {},
    }));
    const artistWorld = { items, events: tallies as never };
    const room = await openRoom(artistWorld, await fitBundle(artistWorld));
    const slate = await room.serving.home(fan);
    expect(slate.shelves.length).toBeGreaterThanOrEqual(4);
    const familiar = slate.shelves.find((shelf) => shelf.shelf === 'jump_back_in')!.cards[0]!;
    expect(familiar.explanation!.text).toMatch(/^You played The artist:.* times\.$/);
    const weekly = await room.serving.weekly(fan, { length: 5 });
    expect(weekly.shelves[0]!.cards[0]!.item.type).toBe('artist');
  });
});
