import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#domain';
import { artistOf, bundle, cardsOf, fan, history, idsOf } from './home-world.contract.ts';
import { openRoom } from './made-up-world.contract.ts';

describe('home after events', () => {
  it.each(['hide', 'dislike'] as const)('does not show again what the listener chose to %s', async (action) => {
    const room = await openRoom(history, bundle);
    for (let round = 0; round < 10; round++) {
      const slate = await room.serving.home(fan);
      const unwanted = idsOf(slate)[round * 3]!;
      room.act(fan, action, unwanted);
      expect(idsOf(await room.serving.home(fan))).not.toContain(unwanted);
    }
    expect(room.log.slates(fan).at(-1)!.filtered).toHaveProperty(action === 'hide' ? 'hidden' : 'disliked');
  });

  it('shows nothing by an artist who is hidden', async () => {
    const room = await openRoom(history, bundle);
    const slate = await room.serving.home(fan);
    const artist = artistOf.get(idsOf(slate)[0]!)!;
    room.act(fan, 'hide', artist);
    const artists = idsOf(await room.serving.home(fan)).map((id) => artistOf.get(id));
    expect(artists).not.toContain(artist);
    room.act(fan, 'unhide', artist);
    expect(idsOf(await room.serving.home(fan)).map((id) => artistOf.get(id))).toContain(artist);
  });

  it('puts what was just played among what to go back to', async () => {
    const room = await openRoom(history, bundle);
    const fresh = (await room.serving.home(fan)).shelves.find((shelf) => shelf.shelf === 'picked')!.cards[0]!.item
      .itemId;
    for (let n = 0; n < 6; n++) room.play(fan, fresh, { at: room.now - n * HOUR_MS });
    const again = (await room.serving.home(fan)).shelves.find((shelf) => shelf.shelf === 'jump_back_in')!;
    const card = again.cards.find((each) => each.item.itemId === fresh)!;
    expect(card.explanation).toMatchObject({ claim: 'played_item', evidence: { plays: 6, last_at: room.now } });
    expect(card.explanation!.text).toMatch(/6 times, last less than an hour ago\.$/);
  });

  it('takes an item out that is no longer available, at once', async () => {
    const room = await openRoom(history, bundle);
    const gone = (await room.serving.home(fan)).shelves[0]!.cards[0]!.item;
    room.serving.applyItems([{ ...gone, available: false, updatedAt: room.now }]);
    expect(idsOf(await room.serving.home(fan))).not.toContain(gone.itemId);
  });

  it('explores no more in a session after two rejections of new things', async () => {
    const room = await openRoom(history, bundle);
    const slate = await room.serving.home(fan);
    expect(slate.exploration).toBeGreaterThan(0);
    const news = slate.shelves.find((shelf) => shelf.shelf === 'picked')!.cards.map((card) => card.item.itemId);
    room.now += MINUTE_MS;
    room.play(fan, news[0]!, { msPlayed: 5000, skipped: true });
    expect((await room.serving.home(fan)).exploration).toBeGreaterThan(0);
    room.now += MINUTE_MS;
    room.act(fan, 'hide', news[1]!);
    const stopped = await room.serving.home(fan);
    expect(stopped.exploration).toBe(0);
    expect(cardsOf(stopped).some((card) => card.explored)).toBe(false);
    room.now += 3 * HOUR_MS;
    expect((await room.serving.home(fan, { refresh: true })).exploration).toBeGreaterThan(0);
  });
});
