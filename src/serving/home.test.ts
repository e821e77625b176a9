import { describe, expect, it } from 'vitest';
import type { ItemId } from '#domain';
import { artistOf, bundle, byUser, history, idsOf } from './home-world.contract.ts';
import { grouped, openRoom } from './made-up-world.contract.ts';

describe('home', () => {
  it('has six shelves or more, each with its need, familiar and new ones among them, for nearly everyone', async () => {
    const room = await openRoom(history, bundle);
    let full = 0;
    for (const userId of byUser.keys()) {
      const slate = await room.serving.home(userId);
      const characters = new Set(slate.shelves.map((shelf) => shelf.character));
      if (slate.shelves.length >= 6 && characters.has('familiar') && characters.has('discovery')) full++;
      for (const shelf of slate.shelves) {
        expect(shelf.need).not.toBe('');
        expect(shelf.title).not.toBe('');
        expect(shelf.shortBecause === null).toBe(shelf.cards.length === shelf.asked);
      }
    }
    expect(full / byUser.size).toBeGreaterThanOrEqual(0.95);
  });

  it('shows no item twice and at most two cards of an artist on a shelf', async () => {
    const room = await openRoom(history, bundle);
    for (const userId of byUser.keys()) {
      const slate = await room.serving.home(userId);
      expect(new Set(idsOf(slate)).size).toBe(idsOf(slate).length);
      for (const shelf of slate.shelves) {
        const artists = grouped(shelf.cards, (card) => artistOf.get(card.item.itemId));
        for (const cards of artists.values()) expect(cards.length).toBeLessThanOrEqual(2);
      }
    }
  });

  it('keeps new and played things apart: discovery shelves show nothing that was met', async () => {
    const room = await openRoom(history, bundle);
    for (const [userId, own] of byUser) {
      const met = new Set<string>(own.map((play) => play.itemId));
      const metArtists = new Set([...met].map((item) => artistOf.get(item as ItemId)));
      for (const shelf of (await room.serving.home(userId)).shelves) {
        for (const { item } of shelf.cards) {
          if (shelf.character === 'discovery') expect(met.has(item.itemId)).toBe(false);
          if (shelf.character === 'familiar') expect(met.has(item.itemId)).toBe(true);
          if (shelf.shelf === 'new_artists') expect(metArtists.has(artistOf.get(item.itemId))).toBe(false);
        }
      }
    }
  });
});
