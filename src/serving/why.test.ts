import { describe, expect, it } from 'vitest';
import type { EventOf, ItemId, SlateId, UserId } from '#domain';
import { createServing } from './create-serving.ts';
import {
  fitBundle,
  grouped,
  type MemoryLog,
  NOW,
  openRoom,
  type Room,
  worldHistory,
} from './made-up-world.contract.ts';

type Slate = EventOf<'slate'>;
type Card = Slate['cards'][number];

const history = worldHistory({ listeners: 40, tracks: 400, days: 40 });
const bundle = await fitBundle(history);
const byUser = grouped(
  history.events.filter((event) => event.kind === 'play'),
  (event) => event.userId,
);
const fan: UserId = [...byUser].sort((a, b) => b[1].length - a[1].length)[0]![0];

/** A home of ours, put on record once more as by another maker: with other cards, and nothing that could be drawn from. */
const sendTheirs = async (room: Room, change: (card: Card) => Card, more: Partial<Slate> = {}): Promise<Slate> => {
  await room.serving.home(fan);
  const own = room.log.slates(fan)[0]!;
  const slateId = 'theirs' as SlateId;
  const cards = own.cards.map(change);
  const theirs = { ...own, eventId: slateId as never, slateId, cards, candidates: null, extra: {}, policy: 'theirs/1' };
  room.send({ ...theirs, ...more });
  return room.log.slates(fan).at(-1)!;
};

const accountOf = async (room: Room, { slateId, cards }: Slate, n = 0) => {
  const why = await room.serving.why(slateId as SlateId, cards[n]!.itemId as ItemId);
  return { why, told: Object.fromEntries(why.account.map(({ step, text }) => [step, text])) };
};

describe('the account of a slate made elsewhere', () => {
  it('says what is on record and calls the rest unknown', async () => {
    const room = await openRoom(history, bundle);
    const claim = { kind: 'their_kind', evidence: { mood: 'blue' } };
    const shelves = [{ shelf: 'their_shelf', title: 'Blue', need: 'Be blue', asked: 10 }];
    const theirs = await sendTheirs(
      room,
      (card) => ({ ...card, shelf: 'their_shelf', row: 0, propensity: 0.2, explored: card.slot > 0, claim }),
      { shelves },
    );
    const first = await accountOf(room, theirs);
    expect(first.why).toMatchObject({ choices: null, basis: 'unknown', explanation: null });
    expect(first.told).toMatchObject({
      basis: 'What it rests on was not noted with it.',
      shelf: 'The shelf "Blue" serves a need: Be blue.',
      choice: 'It was chosen, from how many choices is not known; its probability here was 0.2.',
      explanation: 'What was said of it is of a kind that is not known here.',
    });
    const second = await accountOf(room, theirs, 1);
    expect(second.told['choice']).toMatch(/^It was drawn by exploration, from how many choices is not known/);
    const { slate } = await room.serving.loggedSlate(theirs.slateId as SlateId);
    expect(slate.shelves.flatMap(({ cards }) => cards).every(({ explanation }) => explanation === null)).toBe(true);
  });

  it('says nothing of a claim of ours whose evidence is not there', async () => {
    const room = await openRoom(history, bundle);
    const theirs = await sendTheirs(room, (card) => ({ ...card, claim: { kind: 'because_played', evidence: {} } }));
    expect((await accountOf(room, theirs)).why.explanation).toBeNull();
    const { slate } = await room.serving.loggedSlate(theirs.slateId as SlateId);
    expect(slate.basis).toBe('unknown');
  });

  it('passes on of their notes what has our form', async () => {
    const room = await openRoom(history, bundle);
    const named = { experiment: 'theirs', arm: 'a' };
    const extra = {
      basis: 'content_only',
      notices: ['Said there.', 7, null],
      short: [3, 'too few'],
      experiments: [null, 'one', named, { experiment: 'other' }],
    };
    const theirs = await sendTheirs(room, (card) => card, { extra });
    const { slate } = await room.serving.loggedSlate(theirs.slateId as SlateId);
    expect(slate).toMatchObject({ basis: 'content_only', notices: ['Said there.'], experiments: [named] });
    expect(slate.shelves.slice(0, 2).map(({ shortBecause }) => shortBecause)).toEqual([null, 'too few']);
  });

  it('does not count choices where a draw from what they logged gives another card', async () => {
    const room = await openRoom(history, bundle);
    await room.serving.home(fan);
    const { candidates } = room.log.slates(fan)[0]!;
    const theirs = await sendTheirs(room, (card) => ({ ...card, propensity: card.propensity / 2 }), { candidates });
    expect((await accountOf(room, theirs)).why.choices).toBeNull();
  });
});

describe('the account of a slate of ours', () => {
  it('does not call the only card that could be drawn the only valid one', async () => {
    const room = await openRoom(history, bundle);
    const { slateId } = await room.serving.home(fan);
    const own = room.log.slates(fan)[0]!;
    const { candidates } = own as { candidates: { shelves: readonly object[] } };
    // A band of less than one card: below it others are valid.
    const narrow = { ...candidates, bandFactor: 0.01, exploration: 0 };
    const cards = own.cards.map((card) => ({ ...card, propensity: 1 }));
    const again = 'narrow' as SlateId;
    room.send({ ...own, eventId: again as never, slateId: again, cards, candidates: narrow });
    const { why, told } = await accountOf(room, room.log.slates(fan).find((slate) => slate.slateId === again)!);
    expect(why.choices).toBe(1);
    expect(told['choice']).toBe('It was the best that was left for this place, and nothing else could be drawn.');
    expect((await room.serving.why(slateId, own.cards[0]!.itemId as ItemId)).choices).toBeGreaterThan(1);
  });

  it('reads contributions by one set of models, also when others are taken up meanwhile', async () => {
    const room = await openRoom(history, bundle);
    const { shelves } = await room.serving.home(fan);
    const { itemId } = shelves.find(({ shelf }) => shelf === 'picked')!.cards[0]!.item;
    const { slateId } = room.log.slates(fan)[0]!;
    const turned = { ...history, items: history.items.toReversed() };
    const next = await fitBundle(turned, 'collaborative', 'test-2');
    const expected = await (await openServing(room.log, next)).why(slateId as SlateId, itemId);
    expect(expected.contributions.length).toBeGreaterThan(0);

    const serving = await openServing(room.log, bundle);
    let open: () => void = () => undefined;
    room.log.gate = new Promise((resolve) => {
      open = resolve;
    });
    const answer = serving.why(slateId as SlateId, itemId);
    await serving.useModels(next);
    open();
    expect((await answer).contributions).toEqual(expected.contributions);
  });
});

const openServing = async (log: MemoryLog, models: typeof bundle) => {
  const record = async () => undefined;
  const serving = createServing({ clock: { now: () => NOW }, newSlateId: () => 'none' as SlateId, log, record });
  await serving.start();
  await serving.useModels(models);
  return serving;
};
