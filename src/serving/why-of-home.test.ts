import { describe, expect, it } from 'vitest';
import { type ItemId, itemId } from '#domain';
import { bundle, cardsOf, fan, history } from './home-world.contract.ts';
import { openRoom } from './made-up-world.contract.ts';

describe('why of a home', () => {
  it('does not stumble over a slate made elsewhere', async () => {
    const room = await openRoom(history, bundle);
    await room.serving.home(fan);
    const own = room.log.slates(fan)[0]!;
    const cards = own.cards.map((card) => ({ ...card, shelf: 'their_shelf', claim: null }));
    const inFormOnly = {
      shelves: [{ candidates: [[0, 0, 1]] }],
      items: ['track:x'],
      artists: [-1],
      artistIds: [],
      kinds: [5],
    };
    const noForm = { shelves: [{}], items: [], artists: [], artistIds: [], kinds: [] };
    for (const [n, candidates] of [null, 'none', noForm, inFormOnly].entries()) {
      const slateId = `theirs-${n}` as never;
      room.send({ ...own, eventId: slateId, slateId, cards, candidates, extra: {}, policy: 'theirs' });
      expect((await room.serving.loggedSlate(slateId)).replays).toBe(false);
      expect(await room.serving.why(slateId, cards[0]!.itemId as ItemId)).toMatchObject({
        choices: null,
        basis: 'unknown',
      });
    }
    expect((await room.serving.home(fan)).shelves.length).toBeGreaterThan(0);
  });

  it('tells the whole account of a card', async () => {
    const room = await openRoom(history, bundle);
    const slate = await room.serving.home(fan);
    for (const card of cardsOf(slate)) {
      const account = await room.serving.why(slate.slateId, card.item.itemId);
      expect(account).toMatchObject({ shelf: card.shelf, slot: card.slot, propensity: card.propensity });
      expect(account.account.map(({ step }) => step)).toEqual([
        'context',
        'basis',
        'filters',
        'shelf',
        'source',
        'choice',
        'explanation',
      ]);
      expect(account.explanation?.evidence).toEqual(card.explanation?.evidence);
      expect(account.choices).toBeGreaterThanOrEqual(1);
      const shares = account.contributions.reduce((sum, { share }) => sum + Math.abs(share), 0);
      expect(shares).toBeLessThanOrEqual(1 + 1e-9);
    }
    const picked = slate.shelves.find((shelf) => shelf.shelf === 'picked')!.cards[0]!.item.itemId;
    expect((await room.serving.why(slate.slateId, picked)).contributions.length).toBeGreaterThan(0);
    await expect(room.serving.why('none' as never, picked)).rejects.toMatchObject({ code: 'unknown_slate' });
    await expect(room.serving.why(slate.slateId, itemId('track', 'none'))).rejects.toMatchObject({
      code: 'unknown_item',
    });
    expect((await room.serving.loggedSlate(slate.slateId)).replays).toBe(true);
  });
});
