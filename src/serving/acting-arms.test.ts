import { describe, expect, it } from 'vitest';
import type { ArmPolicy, EventOf, UserId } from '#domain';
import type { ActingArm, Asking, ServingExperiments } from './acting-arms.ts';
import { fitBundle, openRoom, type Room, worldHistory } from './made-up-world.contract.ts';

const history = worldHistory({ listeners: 30, tracks: 400, days: 20 });
const bundle = await fitBundle(history);
const ADA = history.events[0]!.userId;

const arm = (policy: ArmPolicy, other: ArmPolicy, fields: Partial<ActingArm> = {}): ActingArm => ({
  experiment: 'bolder',
  arm: 'new',
  unit: ADA,
  policy,
  others: [other],
  ...fields,
});
const room = (
  arms: (asking: Asking) => readonly ActingArm[],
  shelfValues: ServingExperiments['shelfValues'] = () => undefined,
) => openRoom(history, bundle, { experiments: { arms, shelfValues } });
const exposures = ({ log }: Room) =>
  log.events.filter((event) => event.kind === 'assignment') as EventOf<'assignment'>[];
const cardsOf = async ({ serving }: Room, userId: UserId = ADA) => {
  const home = await serving.home(userId, { refresh: true });
  return { ...home, cards: home.shelves.flatMap(({ cards }) => cards) };
};

describe('arms that act on a slate', () => {
  it('set the exploration, and the slate and the exposure name them', async () => {
    const bold = await room(() => [arm({ exploration: 0.6 }, {})]);
    const { exploration, experiments } = await cardsOf(bold);
    expect({ exploration, experiments }).toEqual({
      exploration: 0.6,
      experiments: [{ experiment: 'bolder', arm: 'new' }],
    });
    expect(exposures(bold)).toMatchObject([
      { experiment: 'bolder', arm: 'new', exposed: true, userId: ADA, eventId: `exposure:bolder:${ADA}` },
    ]);
    // The decision is the record: it draws the same again.
    const [slate] = bold.log.slates(ADA);
    expect(await bold.serving.loggedSlate(slate!.slateId as never)).toMatchObject({
      replays: true,
      slate: { experiments: [{ experiment: 'bolder', arm: 'new' }] },
    });
  });

  it('never explore when greedy, and draw every free slot when uniform', async () => {
    const greedy = await cardsOf(await room(() => [arm({ name: 'greedy' }, {})]));
    expect(greedy.cards.filter(({ explored }) => explored)).toEqual([]);
    const uniform = await cardsOf(await room(() => [arm({ name: 'uniform-band' }, {})]));
    expect(uniform.exploration).toBe(1);
    expect(uniform.cards.filter(({ explored }) => explored).length).toBeGreaterThan(20);
  });

  it('bound the cards of one artist', async () => {
    const { shelves } = await cardsOf(await room(() => [arm({ per_artist: 1 }, {})]));
    for (const { cards } of shelves) {
      const artists = cards.flatMap(({ item }) => item.artistId ?? []);
      expect(new Set(artists).size).toBe(artists.length);
    }
  });

  it('of whom nothing differs are no exposure: the same policy, or a band that nothing is drawn from', async () => {
    const same = await room(() => [arm({ exploration: 0.3 }, { exploration: 0.3 })]);
    expect((await cardsOf(same)).experiments).toEqual([]);
    expect(exposures(same)).toEqual([]);
    const greedy = { name: 'greedy' } as const;
    const unseen = await room(() => [arm({ ...greedy, band: 9 }, { ...greedy, band: 2 })]);
    await cardsOf(unseen);
    expect(exposures(unseen)).toEqual([]);
    const seen = await room(() => [arm({ band: 9 }, { band: 2 })]);
    await cardsOf(seen);
    expect(exposures(seen)).toHaveLength(1);
  });

  it('give nothing new to who has turned down enough for now, in any arm', async () => {
    const bold = await room(() => [arm({ exploration: 0.6 }, {})]);
    const { cards } = await cardsOf(bold);
    const [first, second] = cards.filter(({ explored }) => explored);
    bold.act(ADA, 'hide', first!.item.itemId);
    bold.act(ADA, 'hide', second!.item.itemId);
    const after = await cardsOf(bold);
    expect(after.exploration).toBe(0);
    expect(after.experiments).toEqual([]);
  });

  it('order the shelves by what their cards are worth, where that has been learned', async () => {
    const usual = (await cardsOf(await room(() => []))).shelves.map(({ shelf }) => shelf);
    const last = usual.at(-1)!.split(':', 1)[0]!;
    const rewarded = [arm({ reward: 'home_shelf' }, {})];
    const learned = await room(
      () => rewarded,
      (definition) => (definition === 'home_shelf' ? { mean: 0.2, of: new Map([[last, 0.9]]) } : undefined),
    );
    const page = await cardsOf(learned);
    expect(page.shelves[0]!.shelf.split(':', 1)[0]).toBe(last);
    expect(page.experiments).toHaveLength(1);
    const unlearned = await room(() => rewarded);
    expect((await cardsOf(unlearned)).shelves.map(({ shelf }) => shelf)).toEqual(usual);
    expect(exposures(unlearned)).toEqual([]);
  });

  it('leave a page that stands to the unit it was made for, and make a new one for another', async () => {
    let unit = 'period-1';
    const switching = await room(() => [arm({ exploration: 0.5 }, {}, { unit })]);
    const first = await switching.serving.home(ADA);
    expect((await switching.serving.home(ADA)).slateId).toBe(first.slateId);
    expect(exposures(switching)).toHaveLength(1);
    unit = 'period-2';
    expect((await switching.serving.home(ADA)).slateId).not.toBe(first.slateId);
    expect(exposures(switching).map(({ extra }) => extra['unit'])).toEqual(['period-1', 'period-2']);
  });

  it('act on radio and the weekly list too, and are told who asks, where', async () => {
    const asked: Asking[] = [];
    const greedy = await room((asking) => {
      asked.push(asking);
      return [arm({ name: 'greedy' }, { exploration: 1 })];
    });
    const radio = await greedy.serving.radio(ADA, { sessionId: 's1', device: 'car', count: 20 });
    const weekly = await greedy.serving.weekly(ADA, { cluster: 'Rome' });
    for (const { shelves, experiments } of [radio, weekly]) {
      expect(shelves.flatMap(({ cards }) => cards).filter(({ explored }) => explored)).toEqual([]);
      expect(experiments).toHaveLength(1);
    }
    expect(asked).toMatchObject([
      { surface: 'radio', sessionId: 's1', device: 'car' },
      { surface: 'weekly_discovery', cluster: 'Rome' },
    ]);
  });
});
