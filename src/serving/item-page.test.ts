import { describe, expect, it } from 'vitest';
import { itemId } from '#domain';
import { artistOf, bundle, fan, history } from './home-world.contract.ts';
import { openRoom } from './made-up-world.contract.ts';

describe('the page of an item', () => {
  it('gives an item’s page with what is like it and what the listener made of it', async () => {
    const room = await openRoom(history, bundle);
    const card = (await room.serving.home(fan)).shelves[0]!.cards[0]!.item.itemId;
    room.act(fan, 'like', card);
    const page = await room.serving.itemPage(card, fan);
    expect(page.yours).toMatchObject({ feeling: 'liked' });
    expect(page.similar.length).toBeGreaterThan(5);
    expect(page.listeners).toBeGreaterThan(0);
    expect(page.moreByArtist.every((item) => artistOf.get(item.itemId) === artistOf.get(card))).toBe(true);
    await expect(room.serving.itemPage(itemId('track', 'none'), null)).rejects.toMatchObject({ code: 'unknown_item' });
  });
});
