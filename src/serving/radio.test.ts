import { describe, expect, it } from 'vitest';
import { HOUR_MS, type ItemId, itemId, MINUTE_MS, type UserId } from '#domain';
import type { ServedSlate } from './answers.ts';
import { replays } from './compact-input.ts';
import { fitBundle, grouped, openRoom, worldHistory } from './made-up-world.contract.ts';

const history = worldHistory({ listeners: 80, tracks: 900, days: 45 });
const bundle = await fitBundle(history);
const plays = history.events.filter((event) => event.kind === 'play');
const byUser = grouped(plays, (event) => event.userId);
const fan = [...byUser].sort((a, b) => b[1].length - a[1].length)[0]![0];
const listener = 'fresh-ears' as UserId;
const items = new Map(history.items.map((item) => [item.itemId, item]));
const artistOf = (id: ItemId) => items.get(id)?.artistId ?? id;
const trackCounts = [...grouped(plays, (play) => play.itemId)].filter(([id]) => id.startsWith('track:'));
/** Tracks by number of plays. */
const tracks = trackCounts.sort((a, b) => b[1].length - a[1].length).map(([id]) => id as ItemId);

const idsOf = (slate: ServedSlate): readonly ItemId[] =>
  slate.shelves.flatMap((shelf) => shelf.cards.map((card) => card.item.itemId));

describe('radio', () => {
  it('plays on from a seed, without the seed, artists spaced, on record', async () => {
    const room = await openRoom(history, bundle);
    for (const seedItem of tracks.slice(0, 30)) {
      const slate = await room.serving.radio(listener, { seedItem });
      const ids = idsOf(slate);
      expect(ids).toHaveLength(10);
      expect(ids).not.toContain(seedItem);
      for (let n = 1; n < ids.length; n++) expect(artistOf(ids[n]!)).not.toBe(artistOf(ids[n - 1]!));
      expect(replays(room.log.slates(listener).at(-1)!)).toBe(true);
    }
    await expect(room.serving.radio(listener, { seedItem: itemId('track', 'none') })).rejects.toMatchObject({
      code: 'unknown_item',
    });
  });

  it('is nearer to its seed than chance: more tracks that share a tag', async () => {
    const shares = (a: ItemId, b: ItemId) =>
      (items.get(a)?.tags ?? []).some((tag) => items.get(b)?.tags?.includes(tag));
    let near = 0;
    let chance = 0;
    for (const seedItem of tracks.slice(0, 40)) {
      // A room of its own for each seed: what was handed out before would not come again.
      const room = await openRoom(history, bundle);
      near += idsOf(await room.serving.radio(listener, { seedItem })).filter((id) => shares(seedItem, id)).length / 10;
      chance += tracks.filter((id) => shares(seedItem, id)).length / tracks.length;
    }
    expect(near).toBeGreaterThan(1.5 * chance);
  });

  it('repeats nothing of the session, and hands nothing out twice', async () => {
    const room = await openRoom(history, bundle);
    const seen = new Set<ItemId>();
    for (let round = 0; round < 8; round++) {
      const ids = idsOf(await room.serving.radio(fan, round === 0 ? { seedItem: tracks[0]! } : {}));
      expect(ids).toHaveLength(10);
      for (const id of ids) {
        expect(seen.has(id)).toBe(false);
        seen.add(id);
      }
      for (const id of ids.slice(0, 3)) {
        room.now += 3 * MINUTE_MS;
        room.play(fan, id);
      }
    }
  });

  it('turns away in the next answer from an artist who was skipped', async () => {
    let before = 0;
    let after = 0;
    for (const seedItem of tracks.slice(0, 40)) {
      const artist = artistOf(seedItem);
      const answer = async (skipped: boolean) => {
        const room = await openRoom(history, bundle);
        room.play(listener, tracks[50]!);
        room.now += 4 * MINUTE_MS;
        room.play(listener, seedItem, skipped ? { msPlayed: 4000, skipped: true } : {});
        room.now += MINUTE_MS;
        return idsOf(await room.serving.radio(listener)).filter((id) => artistOf(id) === artist).length;
      };
      before += await answer(false);
      after += await answer(true);
    }
    expect(before).toBeGreaterThan(10);
    expect(after).toBeLessThan(before / 3);
  });

  it('leads by the plays of a named session, else by the running one, else by what the listener likes', async () => {
    const room = await openRoom(history, bundle);
    room.play(listener, tracks[0]!, { sessionId: 'car' });
    const named = await room.serving.radio(listener, { sessionId: 'car' });
    expect(named.shelves[0]!.cards.some((card) => card.explanation?.claim === 'session_like')).toBe(true);
    expect(room.log.slates(listener).at(-1)!.sessionId).toBe('car');
    room.now += 5 * HOUR_MS;
    expect(idsOf(await room.serving.radio(listener))).toHaveLength(10);
    expect(idsOf(await room.serving.radio('nobody' as UserId))).toHaveLength(10);
  });

  it('plays no track that the listener hid, nor any by an artist they hid', async () => {
    const room = await openRoom(history, bundle);
    const [first, second] = idsOf(await room.serving.radio(listener, { seedItem: tracks[0]! }));
    room.now += 5 * HOUR_MS;
    room.act(listener, 'hide', first!);
    room.act(listener, 'hide', artistOf(second!));
    const ids = idsOf(await room.serving.radio(listener, { seedItem: tracks[0]! }));
    expect(ids).not.toContain(first);
    expect(ids.map(artistOf)).not.toContain(artistOf(second!));
  });

  it('gives one card when one is asked for, and says why it is short when all has been played', async () => {
    const room = await openRoom(history, bundle);
    expect(idsOf(await room.serving.radio(listener, { count: 1 }))).toHaveLength(1);
    const kept = new Set<string>(tracks.slice(0, 6));
    const small = {
      items: history.items.filter((item) => kept.has(item.itemId)),
      events: plays.filter((play) => kept.has(play.itemId)),
    };
    const smallRoom = await openRoom(small, await fitBundle(small));
    const slate = await smallRoom.serving.radio(listener, { seedItem: tracks[0]! });
    expect(idsOf(slate).length).toBeLessThanOrEqual(5);
    expect(slate.notices.join(' ')).toMatch(/Only \d of 10/);
  });

  describe('in a small library', () => {
    const kept = new Set<string>([...grouped(tracks, artistOf).values()].slice(0, 16).map((own) => own[0]!));
    const small = {
      items: history.items.filter((item) => kept.has(item.itemId)),
      events: plays.filter((play) => kept.has(play.itemId)),
    };

    it('hands out again what was not played, the longest ago first, when nothing else is left', async () => {
      const room = await openRoom(small, await fitBundle(small));
      const rows: (readonly ItemId[])[] = [];
      for (let round = 0; round < 4; round++) {
        const slate = await room.serving.radio(listener, { count: 6 });
        rows.push(idsOf(slate));
        expect(rows[round]).toHaveLength(6);
        expect(new Set(rows[round]).size).toBe(6);
        expect(slate.notices.some((notice) => notice.includes('comes again'))).toBe(round >= 2);
        expect(replays(room.log.slates(listener).at(-1)!)).toBe(true);
        room.now += MINUTE_MS;
      }
      // Of sixteen, four are left for the third row; what fills it and the fourth one is in order of time.
      expect(new Set(rows.slice(0, 3).flat()).size).toBe(16);
      expect(rows[2]!.filter((id) => rows[0]!.includes(id))).toHaveLength(2);
      expect(rows[2]!.filter((id) => rows[1]!.includes(id))).toHaveLength(0);
      const stillOfFirst = rows[0]!.filter((id) => !rows[2]!.includes(id));
      expect(rows[3]).toEqual(expect.arrayContaining(stillOfFirst));
    });

    it('fills a row by what an arm allows of one artist, not by what would be allowed without', async () => {
      const byArtist = [...grouped(tracks, artistOf).values()].sort((a, b) => b.length - a.length);
      const few = new Set<string>([...byArtist[0]!.slice(0, 6), ...byArtist.slice(1, 4).map((own) => own[0]!)]);
      const world = {
        items: history.items.filter((item) => few.has(item.itemId)),
        events: plays.filter((play) => few.has(play.itemId)),
      };
      const arm = { experiment: 'apart', arm: 'one', unit: listener, policy: { per_artist: 1 }, others: [{}] };
      const room = await openRoom(world, await fitBundle(world), {
        experiments: { arms: () => [arm], shelfValues: () => undefined },
      });
      for (let round = 0; round < 3; round++) {
        const slate = await room.serving.radio(listener, { count: 4 });
        expect(new Set(idsOf(slate).map(artistOf)).size).toBe(4);
        expect(slate.experiments).toHaveLength(1);
        room.now += MINUTE_MS;
      }
    });

    it('plays nothing of the session again, and says that this is why there is no more', async () => {
      const room = await openRoom(small, await fitBundle(small));
      const all = [...kept] as ItemId[];
      for (const id of all.slice(0, 12)) {
        room.play(listener, id);
        room.now += MINUTE_MS;
      }
      for (let round = 0; round < 2; round++) {
        const slate = await room.serving.radio(listener);
        expect([...idsOf(slate)].sort()).toEqual(all.slice(12).sort());
        expect(slate.notices.join(' ')).toMatch(/Only 4 of 10: the rest is played in this session/);
      }
      for (const id of all.slice(12)) room.play(listener, id);
      const none = await room.serving.radio(listener);
      expect(idsOf(none)).toEqual([]);
      expect(none.notices.join(' ')).toMatch(/What would fit is played in this session/);
      expect(none.notices.join(' ')).not.toMatch(/met everything/);
    });
  });

  describe('from something that nobody plays as a whole', () => {
    const artist = artistOf(tracks[0]!);
    const album = itemId('album', 'of-tracks');
    const playlist = itemId('playlist', 'of-somebody');
    const fields = { updatedAt: 0, extra: {} };
    const withAlbums = {
      ...history,
      items: [
        ...history.items,
        { itemId: album, type: 'album' as const, title: 'An album', artistId: artist, ...fields },
        { itemId: playlist, type: 'playlist' as const, title: 'A playlist', ...fields },
      ],
    };

    it('is led by the artist, as from the artist', async () => {
      const [one, other] = [await openRoom(withAlbums, bundle), await openRoom(withAlbums, bundle)];
      const fromAlbum = await one.serving.radio(listener, { seedItem: album });
      expect(fromAlbum.shelves[0]!.title).toBe('An album radio');
      expect(idsOf(fromAlbum)).toHaveLength(10);
      expect([...idsOf(fromAlbum)].sort()).toEqual(
        [...idsOf(await other.serving.radio(listener, { seedItem: artist }))].sort(),
      );
    });

    it('goes by what the listener plays where nothing is known to go with it, and says so', async () => {
      const room = await openRoom(withAlbums, bundle);
      const slate = await room.serving.radio(fan, { seedItem: playlist });
      expect(idsOf(slate)).toHaveLength(10);
      expect(idsOf(slate).every((id) => id.startsWith('track:'))).toBe(true);
      expect(slate.notices.join(' ')).toContain('Nothing here is known to go with "A playlist"');
    });
  });
});
