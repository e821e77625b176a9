import { describe, expect, it, vi } from 'vitest';
import { DAY_MS, EngineError, HOUR_MS, type ItemId, itemId, MINUTE_MS, type SlateId, type UserId } from '#domain';
import type { ServedCard, ServedSlate } from './answers.ts';
import { replays } from './compact-input.ts';
import { createServing } from './create-serving.ts';
import { fitBundle, grouped, MemoryLog, NOW, openRoom, worldHistory } from './made-up-world.contract.ts';

const history = worldHistory({ listeners: 60, tracks: 800, days: 60 });
const bundle = await fitBundle(history);
const plays = history.events.filter((event) => event.kind === 'play');
const byUser = grouped(plays, (event) => event.userId);
/** The listener with most plays. */
const fan = [...byUser].sort((a, b) => b[1].length - a[1].length)[0]![0];
const other = [...byUser.keys()].find((userId) => userId !== fan)!;
const artistOf = new Map(history.items.map((item) => [item.itemId, item.artistId ?? item.itemId]));

const cardsOf = (slate: ServedSlate): readonly ServedCard[] => slate.shelves.flatMap((shelf) => shelf.cards);
const idsOf = (slate: ServedSlate): readonly ItemId[] => cardsOf(slate).map((card) => card.item.itemId);

// Much work, little time: a busy machine may need longer than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

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

  it('may be worked on while the disk is waited for, and is answered no sooner', async () => {
    const told: string[] = [];
    let reachDisk: (() => void) | undefined;
    const disk = new Promise<void>((resolve) => {
      reachDisk = resolve;
    });
    const log = new MemoryLog(history);
    const serving = createServing({
      clock: { now: () => NOW },
      newSlateId: () => 'slate-1' as SlateId,
      log,
      record: () => {
        told.push('to disk');
        return disk;
      },
      prepare: ({ slateId }) => {
        told.push(`prepare ${slateId}`);
        reachDisk?.();
      },
    });
    await serving.start();
    await serving.useModels(bundle);
    told.push(`answered ${(await serving.home(fan)).slateId}`);
    expect(told).toEqual(['to disk', 'prepare slate-1', 'answered slate-1']);
  });

  it('is on record before it is answered, and every record draws again to the same cards', async () => {
    const room = await openRoom(history, bundle);
    for (const userId of byUser.keys()) {
      const slate = await room.serving.home(userId);
      const logged = room.log.slates(userId).at(-1)!;
      expect(logged.slateId).toBe(slate.slateId);
      expect(logged.cards.map((card) => card.itemId)).toEqual(idsOf(slate));
      expect(replays(JSON.parse(JSON.stringify(logged)))).toBe(true);
      const sum = logged.cards.reduce((total, card) => total + Math.log(card.propensity), 0);
      expect(logged.logPropensity).toBeCloseTo(sum, 9);
    }
    const tampered = room.log.slates(fan).at(-1)!;
    const [first, second, ...rest] = tampered.cards;
    expect(replays({ ...tampered, cards: [second!, first!, ...rest] })).toBe(false);
  });

  it('logs of each model whether it looked at all items or at some cells of them, and draws again from both', async () => {
    const inCells = await fitBundle(history, 'collaborative', 'in-cells', { mostScanned: 0 });
    const cells = { method: 'cells', cells: expect.any(Number), probes: expect.any(Number) };
    for (const [models, als] of [[bundle, { method: 'exact' }] as const, [inCells, cells] as const]) {
      const room = await openRoom(history, models);
      await room.serving.home(fan);
      const logged = room.log.slates(fan).at(-1)!;
      expect(logged.candidates).toMatchObject({ retrievals: { als } });
      expect(Object.keys((logged.candidates as { retrievals: object }).retrievals)).not.toContain('past_plays');
      expect(replays(JSON.parse(JSON.stringify(logged)))).toBe(true);
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

  it('stands until it is refreshed, something happens, or the day moves on', async () => {
    const room = await openRoom(history, bundle);
    const first = await room.serving.home(fan);
    room.now += 5 * MINUTE_MS;
    const second = await room.serving.home(fan);
    expect([second.slateId, second.fresh, first.fresh]).toEqual([first.slateId, false, true]);
    expect(idsOf(second)).toEqual(idsOf(first));
    const refreshed = await room.serving.home(fan, { refresh: true });
    expect(refreshed.slateId).not.toBe(first.slateId);
    room.play(fan, idsOf(refreshed)[0]!);
    const after = await room.serving.home(fan);
    expect(after.slateId).not.toBe(refreshed.slateId);
    room.now += 6 * HOUR_MS;
    expect((await room.serving.home(fan)).slateId).not.toBe(after.slateId);
    expect(room.log.slates(fan)).toHaveLength(4);
  });

  it('that is no longer in memory is read from the log; while that is away another one is made', async () => {
    const room = await openRoom(history, bundle, { memory: { listeners: 100, items: 100_000, slateBytes: 0 } });
    const first = await room.serving.home(fan);
    const again = await room.serving.home(fan);
    expect(again).toMatchObject({ slateId: first.slateId, fresh: false });
    expect(idsOf(again)).toEqual(idsOf(first));
    const slate = vi.spyOn(room.log, 'slate').mockRejectedValue(new EngineError('warehouse_unavailable', 'away'));
    const other = await room.serving.home(fan);
    expect(other.fresh).toBe(true);
    expect(other.slateId).not.toBe(first.slateId);
    slate.mockRejectedValue(new EngineError('internal', 'broken'));
    await expect(room.serving.home(fan)).rejects.toThrow('broken');
  });

  it('that is made while an event comes does not stand on that event', async () => {
    let looks = 0;
    // The first look at the clock is that of who asks, the second one comes when planning begins.
    const stopwatch = () => {
      if (++looks === 2) room.play(fan, history.items[0]!.itemId);
      return 0;
    };
    const room = await openRoom(history, bundle, { stopwatch });
    const made = await room.serving.home(fan);
    expect(looks).toBeGreaterThan(2);
    const next = await room.serving.home(fan);
    expect(next).toMatchObject({ fresh: true });
    expect(next.slateId).not.toBe(made.slateId);
    expect(await room.serving.home(fan)).toMatchObject({ fresh: false, slateId: next.slateId });
  });

  it('stands on what came before it was planned, as while the log was read', async () => {
    const room = await openRoom(history, bundle, { memory: { listeners: 100, items: 100_000, slateBytes: 0 } });
    const first = await room.serving.home(fan);
    vi.spyOn(room.log, 'slate').mockImplementationOnce(async () => {
      room.play(fan, history.items[0]!.itemId);
      return null;
    });
    const made = await room.serving.home(fan);
    expect(made.slateId).not.toBe(first.slateId);
    expect(await room.serving.home(fan)).toMatchObject({ fresh: false, slateId: made.slateId });
  });

  it('gives two requests at once one slate', async () => {
    const room = await openRoom(history, bundle);
    const [one, other] = await Promise.all([room.serving.home(fan), room.serving.home(fan)]);
    expect(one.slateId).toBe(other.slateId);
    expect(room.log.slates(fan)).toHaveLength(1);
  });

  describe('for which there is no time', () => {
    /** A room in which so much time passes between two looks at the clock, and `other` asks for a page whenever somebody does. */
    const hasteRoom = async () => {
      const haste = { step: 0 };
      let at = 0;
      const stopwatch = (): number => {
        at += haste.step;
        return at;
      };
      const room = await openRoom(history, bundle, { stopwatch });
      const besideAnother = async (userId: UserId) => {
        const before = room.serving.home(other, { refresh: true });
        const slate = await room.serving.home(userId, { refresh: true });
        await before;
        return slate;
      };
      return Object.assign(room, { haste, besideAnother });
    };

    it('has where the listener was, their session and something new, says that it is short, and draws the same again', async () => {
      const room = await hasteRoom();
      const whole = await room.besideAnother(fan);
      expect(whole).toMatchObject({ fallback: null, notices: [] });
      room.haste.step = 100;
      const short = await room.besideAnother(fan);
      expect(short.fallback).toBe('busy');
      expect(short.notices).toEqual([expect.stringContaining('shorter than usual')]);
      const names = short.shelves.map(({ shelf }) => shelf);
      expect(names).toEqual(expect.arrayContaining(['jump_back_in', 'session', 'picked']));
      expect(names.length).toBeLessThan(whole.shelves.length);
      const logged = room.log.slates(fan).at(-1)!;
      expect(logged).toMatchObject({ slateId: short.slateId, fallback: 'busy' });
      expect(replays(logged)).toBe(true);
    });

    it('stands for a second, and is whole again after it', async () => {
      const room = await hasteRoom();
      await room.serving.home(fan);
      room.haste.step = 100;
      const short = await room.besideAnother(fan);
      const again = await room.serving.home(fan);
      expect(again).toMatchObject({ slateId: short.slateId, fallback: 'busy' });
      room.haste.step = 0;
      room.now += 999;
      expect((await room.serving.home(fan)).slateId).toBe(short.slateId);
      room.now += 1;
      const whole = await room.serving.home(fan);
      expect(whole).toMatchObject({ fallback: null, notices: [] });
      expect(whole.shelves.length).toBeGreaterThan(short.shelves.length);
    });

    it('is whole all the same where nobody else asks', async () => {
      const room = await hasteRoom();
      await room.serving.home(fan);
      room.haste.step = 100;
      expect(await room.serving.home(fan, { refresh: true })).toMatchObject({ fallback: null, notices: [] });
    });

    it('shows somebody new what others play, and what editors chose', async () => {
      const room = await hasteRoom();
      await room.serving.home(fan);
      room.haste.step = 100;
      const slate = await room.besideAnother('someone new' as UserId);
      const names = slate.shelves.map(({ shelf }) => shelf);
      expect(slate.notices).toContainEqual(expect.stringContaining('shorter than usual'));
      expect(names).toContain('popular');
      expect(names.filter((name) => name.startsWith('editors:'))).toHaveLength(3);
    });
  });

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

  it('goes on without the log: those in memory as always, others as strangers', async () => {
    const room = await openRoom(history, bundle);
    await room.serving.home(fan);
    room.log.failure = new EngineError('warehouse_unavailable', 'away');
    expect((await room.serving.home(fan, { refresh: true })).fallback).toBeNull();
    const other = [...byUser.keys()].find((user) => user !== fan)!;
    const stranger = await room.serving.home(other);
    expect(stranger.fallback).toBe('history_unavailable');
    room.log.failure = null;
    expect((await room.serving.home(other)).fallback).toBeNull();
  });

  it('refuses an unknown time zone and names the field', async () => {
    const room = await openRoom(history, bundle);
    await expect(room.serving.home(fan, { timeZone: 'Mars/Olympus' })).rejects.toMatchObject({
      code: 'invalid_request',
      fields: [{ field: 'time_zone' }],
    });
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

  it('forgets a listener altogether', async () => {
    const room = await openRoom(history, bundle);
    const slate = await room.serving.home(fan);
    const first = slate.shelves[0]!.cards[0]!.item.itemId;
    await room.serving.forget(fan);
    room.log.events.splice(0, room.log.events.length, ...room.log.events.filter((event) => event.userId !== fan));
    await expect(room.serving.profile(fan)).rejects.toMatchObject({ code: 'unknown_user' });
    await expect(room.serving.why(slate.slateId, first)).rejects.toMatchObject({ code: 'unknown_slate' });
    expect((await room.serving.home(fan)).fallback).toBe('cold_start');
  });

  it('loses no event that arrives while the past is read, and counts none twice', async () => {
    const room = await openRoom(history, bundle);
    const track = history.items.find((item) => item.type === 'track')!.itemId;
    let open: () => void = () => {};
    room.log.gate = new Promise((resolve) => {
      open = resolve;
    });
    const before = byUser.get(fan)!.length;
    // On record just before the past is read, told again just after.
    const doubled = room.play(fan, track);
    const answer = room.serving.profile(fan);
    await Promise.resolve();
    room.play(fan, track);
    room.serving.apply([doubled]);
    open();
    expect((await answer).plays).toBe(before + 2);
  });

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
