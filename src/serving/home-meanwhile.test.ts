import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { EventOf, ItemId, ListenerEvent, SlateId, UserId } from '#domain';
import type { ServedSlate } from './answers.ts';
import { replays } from './compact-input.ts';
import { createServing } from './create-serving.ts';
import { artistOf, bundle, byUser, cardsOf, fan, history, other } from './home-world.contract.ts';
import { grouped, MemoryLog, NOW, openRoom } from './made-up-world.contract.ts';

const worksOf = grouped(
  history.items.filter(({ type }) => type === 'track'),
  ({ itemId }) => artistOf.get(itemId)!,
);

const shelfOf = (slate: ServedSlate, name: string) => slate.shelves.find(({ shelf }) => shelf === name)!.cards;

/** An artist on the shelf of artists to try, and a work of theirs that does not stand there. */
const artistToTry = (slate: ServedSlate): { artist: ItemId; work: ItemId } => {
  const shown = new Set(cardsOf(slate).map(({ item }) => item.itemId));
  for (const { item } of shelfOf(slate, 'new_artists')) {
    const artist = artistOf.get(item.itemId)!;
    const work = worksOf.get(artist)!.find(({ itemId }) => !shown.has(itemId));
    if (work !== undefined) return { artist, work: work.itemId };
  }
  throw new Error('all works of all artists stand on the page');
};

const expectNothingOf = (slate: ServedSlate, artist: ItemId): void => {
  const artists = shelfOf(slate, 'new_artists').map(({ item }) => artistOf.get(item.itemId));
  expect(artists.length).toBeGreaterThan(0);
  expect(artists).not.toContain(artist);
  const untried = cardsOf(slate).filter(({ explanation }) => explanation?.claim === 'new_artist');
  expect(untried.map(({ explanation }) => explanation!.evidence['artist'])).not.toContain(artist);
};

/** Serving to which something happens between the planning of a page and its decision. */
const decideAfter = async (meanwhile: () => readonly ListenerEvent[]) => {
  const log = new MemoryLog(history);
  let ids = 0;
  const serving = createServing({
    clock: { now: () => NOW },
    newSlateId: () => {
      serving.apply(meanwhile());
      return `slate-${++ids}` as SlateId;
    },
    log,
    record: async (slate) => {
      log.events.push(slate);
      serving.apply([slate]);
    },
  });
  await serving.start();
  await serving.useModels(bundle);
  return { serving, log };
};

const base = (n: number) => ({ eventId: `meanwhile-${n}` as never, userId: fan!, at: NOW, receivedAt: NOW, extra: {} });
const play = (itemId: ItemId, n = 0): EventOf<'play'> => ({ ...base(n), kind: 'play', itemId, msPlayed: 180_000 });
const hide = (itemId: ItemId, n = 0): EventOf<'action'> => ({ ...base(n), kind: 'action', action: 'hide', itemId });

describe('a home', () => {
  it('that waits for another one is made of what is acknowledged meanwhile', async () => {
    const room = await openRoom(history, bundle);
    await room.serving.home(other!);
    const { artist, work } = artistToTry(await room.serving.home(fan!));
    const before = room.serving.home(other!, { refresh: true });
    const waiting = room.serving.home(fan!, { refresh: true });
    await nextTurn();
    room.play(fan!, work);
    await before;
    const slate = await waiting;
    expectNothingOf(slate, artist);
    expect(shelfOf(slate, 'jump_back_in').length).toBeGreaterThan(0);
    const { claimsDropped } = await room.serving.state();
    expect(claimsDropped).toBe(0);
  });

  it('that is planned does not say that an artist is new who has been played since', async () => {
    const happened: ListenerEvent[] = [];
    const { serving, log } = await decideAfter(() => happened.splice(0));
    const first = await serving.home(fan!);
    const { artist, work } = artistToTry(first);
    happened.push(play(work));
    const slate = await serving.home(fan!, { refresh: true });
    expectNothingOf(slate, artist);
    expect(replays(log.slates(fan!).at(-1)!)).toBe(true);
  });

  it('that is planned takes the numbers of when it is decided', async () => {
    const happened: ListenerEvent[] = [];
    const { serving } = await decideAfter(() => happened.splice(0));
    const first = await serving.home(fan!);
    const artistCard = cardsOf(first).find(({ explanation }) => explanation?.claim === 'because_artist')!;
    const { artist, plays } = artistCard.explanation!.evidence;
    const heard = byUser
      .get(fan!)!
      .find((event) => artistOf.get((event as EventOf<'play'>).itemId as ItemId) === artist)!;
    happened.push(play((heard as EventOf<'play'>).itemId as ItemId));
    const slate = await serving.home(fan!, { refresh: true });
    const told = cardsOf(slate).flatMap(({ explanation }) =>
      explanation?.claim === 'because_artist' && explanation.evidence['artist'] === artist ? [explanation] : [],
    );
    expect(told.length).toBeGreaterThan(0);
    for (const { evidence, text } of told) {
      expect(evidence['plays']).toBe(Number(plays) + 1);
      expect(text).toContain(`${Number(plays) + 1} times`);
    }
  });

  it('that is planned shows nothing that was refused or met since, and logs chances of the draw without it', async () => {
    const happened: ListenerEvent[] = [];
    const { serving, log } = await decideAfter(() => happened.splice(0));
    const first = await serving.home(fan!);
    const [hidden, met] = shelfOf(first, 'picked').map(({ item }) => item.itemId);
    const barred = artistOf.get(shelfOf(first, 'jump_back_in')[0]!.item.itemId)!;
    happened.push(hide(hidden!, 1), play(met!, 2), hide(barred, 3));
    const slate = await serving.home(fan!, { refresh: true });
    const shown = cardsOf(slate).map(({ item }) => item.itemId);
    expect(shown).not.toContain(hidden);
    expect(shown.map((itemId) => artistOf.get(itemId))).not.toContain(barred);
    const discoveries = slate.shelves
      .filter(({ character }) => character === 'discovery')
      .flatMap(({ cards }) => cards);
    expect(discoveries.map(({ item }) => item.itemId)).not.toContain(met);
    const logged = log.slates(fan!).at(-1)!;
    expect(replays(logged)).toBe(true);
    expect(JSON.stringify(logged.candidates)).not.toContain(`"${hidden}"`);
    expect(logged.filtered).toMatchObject({ hidden: expect.any(Number), artist_barred: expect.any(Number) });
    const sum = logged.cards.reduce((total, { propensity }) => total + Math.log(propensity), 0);
    expect(logged.logPropensity).toBeCloseTo(sum, 9);
  });

  it('that is planned does not call forgotten what was played since', async () => {
    const happened: ListenerEvent[] = [];
    const { serving } = await decideAfter(() => happened.splice(0));
    const users = [...byUser.keys()];
    const pages = await Promise.all(users.map((userId) => serving.home(userId)));
    const at = pages.findIndex(({ shelves }) =>
      shelves.some(({ shelf, cards }) => shelf === 'forgotten' && cards.length > 3),
    );
    const userId = users[at] as UserId;
    const again = shelfOf(pages[at]!, 'forgotten')[0]!.item.itemId;
    happened.push({ ...play(again), userId });
    expect(
      shelfOf(await serving.home(userId, { refresh: true }), 'forgotten').map(({ item }) => item.itemId),
    ).not.toContain(again);
  });

  it('that stands is not shown again when something is refused while the log is read', async () => {
    const room = await openRoom(history, bundle, { memory: { listeners: 100, items: 100_000, slateBytes: 0 } });
    const first = await room.serving.home(fan!);
    const unwanted = cardsOf(first)[0]!.item.itemId;
    const { slate } = room.log;
    vi.spyOn(room.log, 'slate').mockImplementationOnce(async (slateId) => {
      const found = await slate.call(room.log, slateId);
      room.act(fan!, 'hide', unwanted);
      return found;
    });
    const next = await room.serving.home(fan!);
    expect(next.slateId).not.toBe(first.slateId);
    expect(cardsOf(next).map(({ item }) => item.itemId)).not.toContain(unwanted);
  });
});
