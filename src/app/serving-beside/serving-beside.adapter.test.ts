import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Slate } from '#api';
import { EngineError, type EventOf, failureOf, type ItemId, itemId, type SlateId, type UserId } from '#domain';
import type { Serving } from '#serving';
import { toSlate } from '#wire';
import { ActingExperiments } from '../acting-experiments.ts';
import {
  actingOf,
  eventOf,
  fitBundle,
  gate,
  ITEMS,
  LISTENERS,
  openHere,
  openRoom,
  type Room,
  slateIn,
} from './beside-world.contract.ts';
import type { Answering } from './messages.ts';

const failureFrom = (asked: Promise<unknown>) => asked.then(() => 'nothing was thrown', failureOf);
const cardsOf = ({ shelves }: Slate) => shelves.flatMap(({ cards }) => cards);
const unscored = ({ shelves }: Slate) =>
  shelves.map(({ cards, ...shelf }) => ({ ...shelf, cards: cards.map(({ score: _, ...card }) => card) }));
const profilesOf = (serving: Pick<Serving, 'profile'>) =>
  Promise.all(LISTENERS.map((listener) => serving.profile(listener)));
const modelsOf = (version: string | null) => (version === null ? null : fitBundle(version));
/** Shares move with the clock; which items they are of does not. */
const accountOf = async (serving: Pick<Serving, 'why'>, { slate_id }: Slate, card: string) => {
  const why = await serving.why(slate_id as SlateId, card as ItemId);
  return { ...why, contributions: why.contributions.map(({ item }) => item) };
};

let room: Room;
beforeAll(async () => {
  room = openRoom();
  await room.serving.start();
  await room.serving.useModels(await fitBundle('first'));
  return () => room.serving.close();
});

describe('a thread that answers', () => {
  it('answers what would be answered here', async () => {
    const { serving, log } = room;
    const experiments = new ActingExperiments();
    const here = await openHere(log, experiments);
    expect(await profilesOf(serving)).toEqual(await profilesOf(here));
    const [first] = LISTENERS;
    for (const { itemId } of ITEMS.filter((_, n) => n % 50 === 0)) {
      for (const listener of [first!, null]) {
        expect(await serving.itemPage(itemId, listener)).toEqual(await here.itemPage(itemId, listener));
      }
    }
    // Where nothing is drawn, slates are the same too.
    const greedy = actingOf({ name: 'greedy' }, { name: 'greedy' });
    experiments.use(greedy);
    serving.useExperiments(greedy);
    const { item: seed } = (await here.profile(first!)).topItems[0]!;
    const [asked, wished] = [{ timeZone: 'Asia/Tokyo' }, { count: 8, seedItem: seed.itemId }];
    for (const [answered, served] of [
      [() => serving.home(first!, asked), () => here.home(first!, asked)],
      [() => serving.weekly(first!, { length: 12 }), () => here.weekly(first!, { length: 12 })],
      [() => serving.radio(first!, wished), () => here.radio(first!, wished)],
    ] as const) {
      const slate = await slateIn(answered());
      expect(cardsOf(slate).length).toBeGreaterThanOrEqual(8);
      const expected = toSlate(await served());
      // Ages are counted to the moment of the answer, and the two are some milliseconds apart.
      expect(unscored(slate)).toEqual(unscored(expected));
      for (const [n, { score }] of cardsOf(slate).entries()) expect(score).toBeCloseTo(cardsOf(expected)[n]!.score, 4);
    }
    serving.useExperiments({ documents: [], values: new Map() });
  });

  it('leaves shelves out for who waits in a long line, and for nobody who asks alone', async () => {
    const { serving } = openRoom();
    await serving.start();
    await serving.useModels(await fitBundle('first'));
    const home = (listener: UserId) => slateIn(serving.home(listener, { refresh: true }));
    const alone: Slate[] = [];
    for (const listener of LISTENERS) alone.push(await home(listener));
    expect(alone.map(({ fallback }) => fallback)).not.toContain('busy');
    const together = await Promise.all(LISTENERS.map(home));
    expect(together.at(-1)!.fallback).toBe('busy');
    await serving.close();
  });

  it('knows what was applied before it was asked', async () => {
    const { serving, log, play } = room;
    const listener = LISTENERS[1]!;
    const { plays } = await serving.profile(listener);
    for (const more of [1, 2, 3]) {
      play(listener);
      expect((await serving.profile(listener)).plays).toBe(plays + more);
    }
    const item = { ...ITEMS[0]!, itemId: itemId('track', 'new'), title: 'Just out' };
    log.items.push(item);
    serving.applyItems([item]);
    expect(await serving.itemPage(item.itemId, null)).toMatchObject({ item: { title: 'Just out' } });
  });

  it('counts what is asked until it is answered, so that learning can step aside', async () => {
    const { serving } = room;
    const underWay = new Int32Array(serving.underWay);
    expect(underWay[0]).toBe(0);
    const asked = [serving.home(LISTENERS[0]!), serving.why('nowhere' as SlateId, ITEMS[0]!.itemId)];
    expect(underWay[0]).toBe(2);
    expect(await Promise.allSettled(asked)).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected' }]);
    expect(underWay[0]).toBe(0);
  });

  it('loses no event that comes while a past is read, and counts none twice', async () => {
    const { serving, log, play } = room;
    const listener = 'somebody new' as UserId;
    const [asked, answer] = [gate(), gate()];
    log.reading = () => {
      asked.open();
      return answer.opened;
    };
    const known = play(listener);
    const profile = serving.profile(listener);
    await asked.opened;
    play(listener);
    serving.apply([known]);
    answer.open();
    expect((await profile).plays).toBe(2);
  });

  it('refuses what would be refused here, in the same words', async () => {
    const { serving, log } = room;
    const here = await openHere(log);
    const { slate_id } = await slateIn(serving.home(LISTENERS[2]!));
    const none = itemId('track', 'none');
    const mistakes: Readonly<Record<string, (asked: Serving | Answering) => Promise<unknown>>> = {
      invalid_request: (asked) => asked.home(LISTENERS[2]!, { timeZone: 'Mars/Olympus' }),
      unknown_user: (asked) => asked.profile('nobody' as UserId),
      unknown_slate: (asked) => asked.loggedSlate('none' as SlateId),
      unknown_item: (asked) => asked.why(slate_id as SlateId, none),
    };
    for (const [code, ask] of Object.entries(mistakes)) {
      const failure = await failureFrom(ask(serving));
      expect(failure).toMatchObject({ code });
      expect(failure).toEqual(await failureFrom(ask(here)));
    }
  });

  it('forgets a listener', async () => {
    const { serving, log, play } = room;
    const listener = 'somebody who leaves' as UserId;
    play(listener);
    expect((await serving.profile(listener)).plays).toBe(1);
    log.events.splice(0, log.events.length, ...log.events.filter(({ userId }) => userId !== listener));
    await serving.forget(listener);
    await expect(serving.profile(listener)).rejects.toMatchObject({ code: 'unknown_user' });
  });
});

describe('a slate of the thread', () => {
  it('is kept before it is answered, as a row that says what was answered', async () => {
    const { serving, log } = room;
    const listener = LISTENERS[3]!;
    const [asked, answer] = [gate(), gate()];
    log.keeping = () => {
      asked.open();
      return answer.opened;
    };
    let isAnswered = false;
    const home = serving.home(listener, { device: 'car', sessionId: 's1' });
    void home.then(() => {
      isAnswered = true;
    });
    await asked.opened;
    await serving.state();
    expect(isAnswered).toBe(false);
    answer.open();

    const slate = await slateIn(home);
    const row = log.rows.at(-1)!;
    const kept = eventOf(row) as EventOf<'slate'>;
    expect(kept).toMatchObject({ kind: 'slate', slateId: slate.slate_id, eventId: row.eventId, userId: row.userId });
    expect(kept).toMatchObject({ userId: listener, at: Date.parse(slate.created_at), device: 'car', sessionId: 's1' });
    const ids = cardsOf(slate).map(({ item }) => item.item_id);
    expect(kept.cards.map((card) => card.itemId)).toEqual(ids);

    // Somebody who knows the row alone tells the same of it.
    const here = await openHere(log);
    const id = slate.slate_id as SlateId;
    const logged = await serving.loggedSlate(id);
    expect(logged.replays).toBe(true);
    expect(toSlate(logged.slate)).toEqual({ ...slate, fresh: false });
    expect(await here.loggedSlate(id)).toEqual(logged);
    for (const card of ids) expect(await accountOf(serving, slate, card)).toEqual(await accountOf(here, slate, card));
  });

  it('is not answered when it cannot be kept: the next one is another', async () => {
    const { serving, log } = room;
    const listener = LISTENERS[4]!;
    log.keeping = async () => {
      throw new EngineError('disk_full', 'the journal takes nothing more');
    };
    await expect(serving.home(listener)).rejects.toMatchObject({ code: 'disk_full' });
    const { slateId } = eventOf(log.rows.at(-1)!) as EventOf<'slate'>;
    await expect(serving.loggedSlate(slateId as SlateId)).rejects.toMatchObject({ code: 'unknown_slate' });
    log.keeping = async () => undefined;
    const next = await slateIn(serving.home(listener));
    expect(next.fresh).toBe(true);
    expect(next.slate_id).not.toBe(slateId);
  });

  it('that stands is answered again: a home until something happens, a list all week', async () => {
    const { serving, play } = room;
    const listener = LISTENERS[5]!;
    const [home, list] = [await slateIn(serving.home(listener)), await slateIn(serving.weekly(listener))];
    expect(await slateIn(serving.home(listener))).toEqual({ ...home, fresh: false });
    play(listener);
    expect((await slateIn(serving.home(listener))).slate_id).not.toBe(home.slate_id);
    expect(await slateIn(serving.weekly(listener))).toMatchObject({ slate_id: list.slate_id, fresh: false });
  });

  it('is made under the arms that act now, and kept with the exposures to them', async () => {
    const { serving, log } = room;
    const usual = await slateIn(serving.home(LISTENERS[6]!));
    const last = usual.shelves.at(-1)!.shelf.split(':', 1)[0]!;
    const values = new Map([['home_shelf', { mean: 0.2, of: new Map([[last, 0.9]]) }]]);
    const acting = actingOf({ exploration: 0 }, { exploration: 0, reward: 'home_shelf' }, values);
    const experiments = new ActingExperiments();
    experiments.use(acting);
    const armOf = (userId: UserId) => experiments.arms({ userId, at: 0, surface: 'home' })[0]?.arm;
    const rewarded = LISTENERS.find((userId) => armOf(userId) === 'other')!;
    const before = log.rows.length;
    serving.useExperiments(acting);
    const page = await slateIn(serving.home(rewarded, { refresh: true }));
    serving.useExperiments({ documents: [], values: new Map() });
    expect(page.experiments).toEqual([{ experiment: 'bolder', arm: 'other' }]);
    expect(page.shelves[0]!.shelf.split(':', 1)[0]).toBe(last);
    const rows = log.rows.slice(before);
    expect(rows.map(({ kind }) => kind)).toEqual(['assignment', 'slate']);
    expect(eventOf(rows[0]!)).toMatchObject({ userId: rewarded, experiment: 'bolder', arm: 'other', exposed: true });
    expect((await slateIn(serving.home(rewarded))).experiments).toEqual([]);
  });
});

describe('models of the thread', () => {
  it('answer under their version from the moment that they are taken up', async () => {
    const { serving } = room;
    await serving.useModels(await fitBundle('next'));
    expect((await serving.state()).model).toBe('next');
    expect((await slateIn(serving.home(LISTENERS[0]!))).model).toBe('next');
  });

  it.each([
    ['some', 'other', 'at once'],
    ['some', 'other', 'a turn later'],
    ['some', null, 'at once'],
    ['some', null, 'a turn later'],
    [null, 'some', 'at once'],
  ])('are those of the later of two calls: %s, then %s %s', async (first, second, when) => {
    const { serving } = room;
    const [earlier, later] = [await modelsOf(first), await modelsOf(second)];
    const given = serving.useModels(earlier);
    if (when === 'a turn later') await nextTurn();
    await Promise.all([given, serving.useModels(later)]);
    expect((await serving.state()).model).toBe(second);
    // Models without their items know of nothing that is like another.
    const { item } = (await serving.profile(LISTENERS[0]!)).topItems[0]!;
    expect((await serving.itemPage(item.itemId, null)).similar.length > 0).toBe(second !== null);
  });

  it.each(['at once', 'a turn later'])('on their way are not taken up when everything is dropped %s', async (when) => {
    const { serving, log } = room;
    const late = serving.useModels(await fitBundle('late'));
    if (when === 'a turn later') await nextTurn();
    serving.clear();
    await late;
    expect(await serving.state()).toMatchObject({ model: null, catalogue: 0, listenersInMemory: 0 });
    await serving.start();
    expect((await serving.state()).catalogue).toBe(log.items.length);
  });
});
