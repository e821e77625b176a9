import { describe, expect, it } from 'vitest';
import { DAY_MS, EngineError, HOUR_MS, type ItemId, localTime, MINUTE_MS, type UserId } from '#domain';
import type { ServedSlate } from './answers.ts';
import { Catalogue } from './catalogue.ts';
import { replays } from './compact-input.ts';
import { fitBundle, grouped, openRoom, worldHistory } from './made-up-world.contract.ts';
import { Served } from './served.ts';
import { nextWeekStart, weekStart } from './week.ts';

const history = worldHistory({ listeners: 80, tracks: 900, days: 45 });
const bundle = await fitBundle(history);
const plays = history.events.filter((event) => event.kind === 'play');
const byUser = grouped(plays, (event) => event.userId);
const fan = [...byUser].sort((a, b) => b[1].length - a[1].length)[0]![0];
const artistOf = new Map(history.items.map((item) => [item.itemId, item.artistId ?? item.itemId]));

const idsOf = (slate: ServedSlate): readonly ItemId[] =>
  slate.shelves.flatMap((shelf) => shelf.cards.map((card) => card.item.itemId));

describe('weekly', () => {
  it('is thirty tracks never played, at most two an artist, the closest five first', async () => {
    const room = await openRoom(history, bundle);
    for (const [userId, own] of [...byUser].slice(0, 40)) {
      const slate = await room.serving.weekly(userId);
      const met = new Set<string>(own.map((play) => play.itemId));
      const ids = idsOf(slate);
      expect(ids).toHaveLength(30);
      expect(new Set(ids).size).toBe(30);
      expect(ids.some((id) => met.has(id))).toBe(false);
      expect(ids.every((id) => id.startsWith('track:'))).toBe(true);
      for (const cards of grouped(ids, (id) => artistOf.get(id)).values()) expect(cards.length).toBeLessThanOrEqual(2);
      const cards = slate.shelves[0]!.cards;
      const scores = cards.map((card) => card.score);
      expect(cards.slice(0, 5).some((card) => card.explored)).toBe(false);
      expect(Math.min(...scores.slice(0, 5))).toBeGreaterThanOrEqual(Math.max(...scores.slice(5)));
      expect(replays(room.log.slates(userId).at(-1)!)).toBe(true);
    }
  });

  it('is the same list all week, and the same after a restart', async () => {
    const room = await openRoom(history, bundle);
    const timeZone = 'Europe/Berlin';
    const monday = await room.serving.weekly(fan, { timeZone });
    room.play(fan, idsOf(monday)[0]!);
    room.now += 2 * DAY_MS;
    const later = await room.serving.weekly(fan, { timeZone });
    expect([later.slateId, later.fresh, monday.fresh]).toEqual([monday.slateId, false, true]);
    expect(idsOf(later)).toEqual(idsOf(monday));
    const restarted = await openRoom({ items: history.items, events: room.log.events }, bundle);
    restarted.now = room.now;
    const again = await restarted.serving.weekly(fan);
    expect(again.slateId).toBe(monday.slateId);
  });

  it('is the same for whoever makes it: the draws hang on listener and week alone', async () => {
    const [one, other] = [await openRoom(history, bundle), await openRoom(history, bundle)];
    await other.serving.home(fan);
    other.now += 3 * HOUR_MS;
    expect(idsOf(await one.serving.weekly(fan))).toEqual(idsOf(await other.serving.weekly(fan)));
  });

  it('says of each card what is true on the day it is asked', async () => {
    const room = await openRoom(history, bundle);
    const slate = await room.serving.weekly(fan);
    const card = slate.shelves[0]!.cards.find((each) => each.explanation?.claim === 'because_played')!;
    const { item, plays: before } = card.explanation!.evidence as { item: ItemId; plays: number };
    room.play(fan, item);
    const again = (await room.serving.weekly(fan)).shelves[0]!.cards[card.slot]!;
    expect(again.explanation!.evidence).toEqual({ item, plays: before + 1 });
    expect(again.explanation!.text).toMatch(new RegExp(`${before + 1} times\\.$`));
  });

  it('begins anew on Monday at six of the own clock, with nothing from the last four lists', async () => {
    const room = await openRoom(history, bundle);
    const timeZone = 'America/New_York';
    const seen = new Map<ItemId, number>();
    const lists: string[] = [];
    for (let week = 0; week < 6; week++) {
      const slate = await room.serving.weekly(fan, { timeZone, length: 20 });
      lists.push(slate.slateId);
      for (const id of idsOf(slate)) {
        const last = seen.get(id);
        if (last !== undefined) expect(week - last).toBeGreaterThan(4);
        seen.set(id, week);
      }
      const next = nextWeekStart(room.now, { timeZone });
      room.now = next - MINUTE_MS;
      expect((await room.serving.weekly(fan, { length: 20 })).slateId).toBe(slate.slateId);
      room.now = next;
      expect(localTime(next, { timeZone })).toMatchObject({ weekday: 1, hour: 6, minute: 0 });
    }
    expect(new Set(lists).size).toBe(6);
  });

  it.each(['hide', 'dislike'] as const)(
    'drops what the listener chose to %s, keeps the rest, and fills up',
    async (action) => {
      const room = await openRoom(history, bundle);
      const before = idsOf(await room.serving.weekly(fan));
      room.act(fan, action, before[3]!);
      room.act(fan, action, before[17]!);
      const slate = await room.serving.weekly(fan);
      const after = idsOf(slate);
      expect(after).toHaveLength(30);
      expect(after.slice(0, 28)).toEqual(before.filter((_, n) => n !== 3 && n !== 17));
      expect(after).not.toContain(before[3]);
      expect(room.log.slates(fan)).toHaveLength(2);
      expect(replays(room.log.slates(fan).at(-1)!)).toBe(true);
      expect((await room.serving.weekly(fan)).slateId).toBe(slate.slateId);
    },
  );

  it('says why it is short when there is not enough', async () => {
    const few = { items: history.items.filter((item) => item.type === 'track').slice(0, 40), events: [] };
    const listened = { ...few, events: plays.filter((play) => few.items.some((item) => item.itemId === play.itemId)) };
    const room = await openRoom(listened, await fitBundle(listened));
    const slate = await room.serving.weekly(fan);
    const count = idsOf(slate).length;
    expect(count).toBeLessThan(30);
    expect(slate.shelves[0]?.shortBecause ?? slate.notices.join(' ')).toMatch(new RegExp(`${count} of 30|nothing`));
    expect(slate.notices.join(' ')).toMatch(count === 0 ? /nothing to show/ : /Only \d+ of 30/);
  });

  it('gives someone unknown what others play', async () => {
    const room = await openRoom(history, bundle);
    const slate = await room.serving.weekly('nobody' as UserId);
    expect(idsOf(slate)).toHaveLength(30);
    expect(slate.fallback).toBe('cold_start');
  });

  it('keeps the list of someone who travels', async () => {
    const room = await openRoom(history, bundle);
    const first = await room.serving.weekly(fan, { timeZone: 'Asia/Tokyo' });
    expect((await room.serving.weekly(fan, { timeZone: 'America/Los_Angeles' })).slateId).toBe(first.slateId);
  });

  it('is not replaced by what is shown while the history cannot be read', async () => {
    const room = await openRoom(history, bundle, { memory: { listeners: 1, items: 1_000_000 } });
    const real = await room.serving.weekly(fan);
    // Somebody else takes the one place in memory.
    await room.serving.weekly('nobody' as UserId);
    room.log.failure = new EngineError('warehouse_unavailable', 'away');
    room.now += HOUR_MS;
    const stranger = await room.serving.weekly(fan);
    expect(stranger.fallback).toBe('history_unavailable');
    expect(idsOf(stranger)).toHaveLength(30);
    expect(room.log.slates(fan).at(-1)!.extra).not.toHaveProperty('week_start');
    room.log.failure = null;
    const again = await room.serving.weekly(fan);
    expect([again.slateId, idsOf(again)]).toEqual([real.slateId, idsOf(real)]);
  });

  it('is there as soon as something has been learned; nothing is no list', async () => {
    const room = await openRoom(history, null);
    for (let n = 0; n < 3; n++) {
      const none = await room.serving.weekly(fan);
      expect(idsOf(none)).toEqual([]);
      expect(none.notices.join(' ')).toMatch(/Nothing has been learned yet/);
      expect(none.notices.join(' ')).not.toMatch(/met everything/);
    }
    for (const slate of room.log.slates(fan)) expect(slate.extra).not.toHaveProperty('week_start');
    await room.serving.useModels(bundle);
    const list = await room.serving.weekly(fan);
    expect(idsOf(list)).toHaveLength(30);
    expect((await room.serving.weekly(fan)).slateId).toBe(list.slateId);
  });

  it('does not count an empty slate of the week as its list', async () => {
    const room = await openRoom(history, null);
    await room.serving.weekly(fan);
    const week = weekStart(room.now, {});
    const [empty] = room.log.slates(fan);
    const served = new Served();
    served.note({ ...empty!, extra: { week_start: week } }, new Catalogue());
    expect(served.weeklyOf(week)).toEqual([]);
  });

  it('is one list for clients that ask for different lengths', async () => {
    const room = await openRoom(history, bundle);
    const ten = await room.serving.weekly(fan, { length: 10 });
    const thirty = await room.serving.weekly(fan);
    expect(idsOf(thirty)).toHaveLength(30);
    expect(idsOf(thirty).slice(0, 10)).toEqual(idsOf(ten));
    for (let n = 0; n < 3; n++) {
      const first = await room.serving.weekly(fan, { length: 10 });
      expect([first.slateId, first.fresh, idsOf(first)]).toEqual([thirty.slateId, false, idsOf(ten)]);
      expect(first.shelves[0]).toMatchObject({ asked: 10, shortBecause: null });
      const sum = first.shelves[0]!.cards.reduce((total, card) => total + Math.log(card.propensity), 0);
      expect(first.logPropensity).toBeCloseTo(sum, 9);
      expect((await room.serving.weekly(fan)).slateId).toBe(thirty.slateId);
    }
    expect(room.log.slates(fan)).toHaveLength(2);
  });

  it('stays as long as it was when whoever asks for less hides something', async () => {
    const room = await openRoom(history, bundle);
    const before = idsOf(await room.serving.weekly(fan));
    room.act(fan, 'hide', before[20]!);
    expect(idsOf(await room.serving.weekly(fan, { length: 10 }))).toEqual(before.slice(0, 10));
    expect(room.log.slates(fan)).toHaveLength(1);
    room.act(fan, 'hide', before[3]!);
    const kept = before.filter((_, n) => n !== 3 && n !== 20);
    expect(idsOf(await room.serving.weekly(fan, { length: 10 }))).toEqual(kept.slice(0, 10));
    const after = idsOf(await room.serving.weekly(fan));
    expect(after).toHaveLength(30);
    expect(after.slice(0, 28)).toEqual(kept);
    expect(room.log.slates(fan)).toHaveLength(2);
  });

  it('says of a short list how many there are of those asked for', async () => {
    const items = history.items.filter((item) => item.type === 'track').slice(0, 60);
    const ids = new Set<string>(items.map((item) => item.itemId));
    const few = { items, events: plays.filter((play) => ids.has(play.itemId) && play.userId !== fan) };
    const room = await openRoom(few, await fitBundle(few));
    const most = await room.serving.weekly('nobody' as UserId, { length: 100 });
    const count = idsOf(most).length;
    expect(most.notices.join(' ')).toContain(`Only ${count} of 100`);
    const more = await room.serving.weekly('nobody' as UserId, { length: count + 1 });
    expect(more.notices.join(' ')).toContain(`Only ${count} of ${count + 1}`);
    expect(more.shelves[0]!.shortBecause).toContain(`${count} of ${count + 1}`);
    const all = await room.serving.weekly('nobody' as UserId, { length: count });
    expect(all.notices.join(' ')).not.toContain('Only');
    expect(all.shelves[0]!.shortBecause).toBeNull();
    expect([more.slateId, all.slateId]).toEqual([most.slateId, most.slateId]);
  });

  it('says what everything is that is left out, and that it was met only where it was', async () => {
    const room = await openRoom(history, bundle);
    for (const artist of new Set(artistOf.values())) room.act(fan, 'hide', artist);
    const notices = (await room.serving.weekly(fan)).notices.join(' ');
    expect(notices).toMatch(/Nothing is left to show.*artists you hid/);
    expect(notices).not.toMatch(/met everything/);
  });
});
