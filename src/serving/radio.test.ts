import { describe, expect, it, vi } from 'vitest';
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

// Much work, little time: a busy machine may need longer than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

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
});
