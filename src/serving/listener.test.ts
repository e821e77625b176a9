import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  DAY_MS,
  EngineError,
  type EventId,
  type EventOf,
  HOUR_MS,
  type ItemId,
  itemId,
  type ListenerEvent,
  MINUTE_MS,
  type Surface,
  type UserId,
} from '#domain';
import { Catalogue } from './catalogue.ts';
import { Listener } from './listener.ts';
import { Listeners } from './listeners.ts';
import { LocalClock } from './local-clock.ts';
import { MemoryLog, NOW } from './made-up-world.contract.ts';

const user = 'u' as UserId;
const song = (name: number | string): ItemId => itemId('track', String(name));
const base = (id: string, at: number) => ({ eventId: id as EventId, userId: user, at, receivedAt: at, extra: {} });
const play = (id: string, item: ItemId, at: number, fields: object = {}): ListenerEvent => ({
  ...base(id, at),
  kind: 'play',
  itemId: item,
  msPlayed: 60_000,
  ...fields,
});
const act = (id: string, action: 'like' | 'unlike' | 'dislike' | 'hide' | 'unhide', at: number): ListenerEvent => ({
  ...base(id, at),
  kind: 'action',
  action,
  itemId: song('a'),
});

const slate = (id: string, at: number, items: readonly ItemId[], surface: Surface = 'home'): ListenerEvent => ({
  ...base(id, at),
  kind: 'slate',
  slateId: id,
  surface,
  context: {} as EventOf<'slate'>['context'],
  policy: 'test',
  model: 'none',
  seed: id,
  exploration: 0.1,
  logPropensity: 0,
  fallback: null,
  shelves: [],
  cards: items.map((item, slot) => ({
    shelf: 'picked',
    row: 0,
    slot,
    itemId: item,
    score: 1,
    propensity: 1,
    explored: true,
    source: 'similar_users',
    stage: 'als',
    claim: null,
  })),
  candidates: null,
  filtered: {},
});
const skip = (id: string, item: ItemId, at: number, fields: object = {}): ListenerEvent =>
  play(id, item, at, { msPlayed: 4000, skipped: true, ...fields });

const listen = (events: readonly ListenerEvent[]) => {
  const catalogue = new Catalogue();
  const listener = new Listener(catalogue, new LocalClock());
  for (const event of events) listener.apply(event);
  return { listener, place: (item: ItemId) => catalogue.place(item) };
};

describe('a listener', () => {
  it('is the same in whatever order the events arrive', () => {
    const actions = ['like', 'unlike', 'dislike', 'hide', 'unhide'] as const;
    const anyEvent = fc.oneof(
      fc.record({ item: fc.integer({ min: 0, max: 4 }), ms: fc.constantFrom(5000, 90_000), tally: fc.boolean() }),
      fc.record({ action: fc.constantFrom(...actions) }),
    );
    const shuffled = fc.array(anyEvent, { minLength: 1, maxLength: 30 }).chain((made) =>
      fc.tuple(
        fc.constant(made),
        fc.shuffledSubarray(
          made.map((_, n) => n),
          { minLength: made.length },
        ),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([made, order]) => {
        const events = made.map((each, n): ListenerEvent => {
          const at = NOW - n * 7 * HOUR_MS;
          if ('action' in each) return act(`e${n}`, each.action, at);
          if (each.tally) return { ...base(`e${n}`, at), kind: 'tally', itemId: song(each.item), plays: 3 };
          return play(`e${n}`, song(each.item), at, { msPlayed: each.ms });
        });
        const seen = (list: readonly ListenerEvent[]) => {
          const { listener, place } = listen(list);
          const items = [0, 1, 2, 3, 4, 'a'].map((name) => {
            const at = place(song(name));
            return [
              listener.playsOf(at),
              listener.lastListenAt(at),
              listener.firstListenAt(at),
              listener.opinions.bars(at),
            ];
          });
          const session = listener.recent.lastSession().map((each) => each.at);
          return {
            items,
            session,
            months: [...listener.months].sort(),
            dayparts: listener.dayparts,
            plays: listener.plays,
          };
        };
        expect(seen(order.map((n) => events[n]!))).toEqual(seen(events));
      }),
      { seed: 8 },
    );
  });

  it('counts an event once, also when it comes again', () => {
    const event = play('one', song('a'), NOW);
    const { listener, place } = listen([event, event]);
    expect([listener.plays, listener.playsOf(place(song('a')))]).toEqual([1, 1]);
  });

  it('counts a play of under half a minute as a skip, unless it was nearly the whole', () => {
    const { listener, place } = listen([
      play('short', song('a'), NOW, { msPlayed: 29_999 }),
      play('whole', song('b'), NOW, { msPlayed: 20_000, durationMs: 21_000 }),
      play('unknown', song('c'), NOW, { msPlayed: undefined }),
    ]);
    expect(['a', 'b', 'c'].map((name) => listener.playsOf(place(song(name))))).toEqual([0, 1, 1]);
    expect(listener.hasMet(place(song('a')))).toBe(true);
  });

  it('knows no time of a count, and no last time where a count is later than the last play', () => {
    const tally: ListenerEvent = { ...base('t', NOW), kind: 'tally', itemId: song('a'), plays: 9 };
    const { listener, place } = listen([tally, play('before', song('a'), NOW - DAY_MS)]);
    expect([listener.playsOf(place(song('a'))), listener.lastListenAt(place(song('a')))]).toEqual([10, null]);
    listener.apply(play('after', song('a'), NOW + DAY_MS));
    expect(listener.lastListenAt(place(song('a')))).toBe(NOW + DAY_MS);
    expect(listener.firstListenAt(place(song('a')))).toBeNull();
  });

  it('ends a session after half an hour of silence, counted from the end of the last play', () => {
    const long = { msPlayed: 50 * MINUTE_MS };
    const { listener } = listen([
      play('1', song('a'), NOW),
      play('2', song('b'), NOW + 20 * MINUTE_MS, long),
      play('3', song('c'), NOW + 90 * MINUTE_MS),
    ]);
    expect(listener.recent.lastSession()).toHaveLength(3);
    listener.apply(play('4', song('d'), NOW + 122 * MINUTE_MS));
    expect(listener.recent.lastSession()).toHaveLength(1);
    expect(listener.recent.runningSession(NOW + 150 * MINUTE_MS)).toHaveLength(1);
    expect(listener.recent.runningSession(NOW + 154 * MINUTE_MS)).toHaveLength(0);
  });

  it('does not stumble over a zone that does not exist', () => {
    const { listener } = listen([play('1', song('a'), NOW, { timeZone: 'Mars/Olympus', utcOffsetMin: 120 })]);
    expect(listener.place).toEqual({ utcOffsetMin: 120 });
  });

  it('stays where a zone says as long as offsets agree with it', () => {
    const { listener } = listen([
      play('1', song('a'), NOW, { timeZone: 'Europe/Berlin' }),
      play('2', song('a'), NOW + 1, { utcOffsetMin: 60 }),
    ]);
    expect(listener.place).toEqual({ timeZone: 'Europe/Berlin' });
    listener.apply(play('3', song('a'), NOW + 2, { utcOffsetMin: -300 }));
    expect(listener.place).toEqual({ utcOffsetMin: -300 });
  });
});

describe('a clock that is ahead', () => {
  const received = (at: number) => ({ receivedAt: at });

  it('does not make a session of the future: what is played after it goes on with the session', () => {
    const { listener } = listen([
      play('ahead', song('a'), NOW + 3 * HOUR_MS, received(NOW)),
      play('next', song('b'), NOW + 4 * MINUTE_MS),
    ]);
    expect(listener.recent.runningSession(NOW + 5 * MINUTE_MS)).toHaveLength(2);
    expect(listener.recent.runningSession(NOW + HOUR_MS)).toHaveLength(0);
    expect(listener.session.plays.map(({ at }) => at)).toEqual([NOW, NOW + 4 * MINUTE_MS]);
    expect(listener.session.isRunning(NOW + HOUR_MS)).toBe(false);
  });

  it('of a few seconds does not keep a rejection from the next answer', () => {
    const fast = (at: number): [number, object] => [at + 5000, received(at)];
    const { listener } = listen([
      slate('shown', NOW, [song('a'), song('b')]),
      skip('1', song('a'), ...fast(NOW + MINUTE_MS)),
      skip('2', song('b'), ...fast(NOW + 2 * MINUTE_MS)),
    ]);
    expect(listener.rejections(NOW + 2 * MINUTE_MS)).toBe(2);
    const hidden = { ...act('3', 'hide', NOW + 3 * MINUTE_MS + 5000), receivedAt: NOW + 3 * MINUTE_MS };
    const { listener: other } = listen([slate('shown', NOW, [song('a')]), hidden]);
    expect(other.rejections(NOW + 3 * MINUTE_MS)).toBe(1);
  });
});

describe('a listener read from the log', () => {
  const read = async (events: readonly ListenerEvent[], now: number) => {
    const log = new MemoryLog({ items: [], events });
    return new Listeners(log, new Catalogue(), { listeners: 10, items: 1000 }).find(user, now);
  };

  it('knows the last rejections and the last slates of many, as one who has been there all along', async () => {
    const events: ListenerEvent[] = [];
    for (let n = 0; n < 40; n++) {
      const at = NOW - (40 - n) * MINUTE_MS;
      events.push(slate(`s${n}`, at, [song(n)], n < 39 ? 'home' : 'radio'));
      events.push(skip(`p${n}`, song(n), at + 1000, { slateId: `s${n}` }));
    }
    const before = listen(events).listener;
    const after = await read(events, NOW);
    expect([before.rejections(NOW), after.rejections(NOW)]).toEqual([20, 20]);
    expect(after.session.plays).toEqual(before.session.plays);
    expect(after.session.plays.at(-1)!.surface).toBe('radio');
    const late = skip('late', song(39), NOW, { slateId: 's39' });
    after.apply(late);
    expect(after.session.plays.at(-1)!.surface).toBe('radio');
  });

  it('counts as rejected what was shown again later', async () => {
    const events = [
      slate('first', NOW - 9 * MINUTE_MS, [song('a')]),
      skip('skipped', song('a'), NOW - 8 * MINUTE_MS),
      slate('again', NOW - 7 * MINUTE_MS, [song('a')]),
    ];
    expect((await read(events, NOW)).rejections(NOW)).toBe(1);
  });

  it('is where the last event says that was not contradicted since', async () => {
    const events = [
      play('zone', song('a'), NOW - HOUR_MS, { timeZone: 'Europe/Berlin' }),
      play('offset', song('a'), NOW, { utcOffsetMin: 60 }),
    ];
    expect((await read(events, NOW)).place).toEqual({ timeZone: 'Europe/Berlin' });
  });
});

describe('listeners in memory', () => {
  const history = {
    items: [],
    events: Array.from({ length: 60 }, (_, n) => ({
      ...play(`e${n}`, song(n), NOW - n * HOUR_MS),
      userId: `u${n % 6}` as UserId,
    })),
  };
  const open = (bounds: { listeners: number; items: number }) => {
    const log = new MemoryLog(history);
    return { log, listeners: new Listeners(log, new Catalogue(), bounds) };
  };

  it('are bounded by number and by what is remembered; who was asked for last stays', async () => {
    for (const bounds of [
      { listeners: 3, items: 1000 },
      { listeners: 1000, items: 30 },
    ]) {
      const { listeners } = open(bounds);
      for (const id of ['u0', 'u1', 'u2', 'u0', 'u3']) await listeners.find(id as UserId, NOW);
      expect(listeners.size).toBe(3);
      expect(listeners.peek('u0' as UserId)).toBeDefined();
      expect(listeners.peek('u1' as UserId)).toBeUndefined();
      expect((await listeners.find('u1' as UserId, NOW)).plays).toBe(10);
    }
  });

  it('are read once when two ask at once, and again after an error', async () => {
    const { log, listeners } = open({ listeners: 10, items: 1000 });
    const [one, other] = await Promise.all([listeners.find(user, NOW), listeners.find(user, NOW)]);
    expect(one).toBe(other);
    log.failure = new Error('away');
    await expect(listeners.find('u2' as UserId, NOW)).rejects.toThrow('away');
    log.failure = null;
    expect((await listeners.find('u2' as UserId, NOW)).plays).toBe(10);
  });

  it('do not come back when they are forgotten while they are read', async () => {
    const { log, listeners } = open({ listeners: 10, items: 1000 });
    let go: () => void = () => undefined;
    log.gate = new Promise((resolve) => {
      go = resolve;
    });
    const reading = listeners.find('u1' as UserId, NOW);
    listeners.forget('u1' as UserId);
    go();
    await reading;
    expect(listeners.peek('u1' as UserId)).toBeUndefined();
  });

  describe('who turn up in another time zone', () => {
    const berlin = 'Europe/Berlin';

    it('are read again, and answer meanwhile; what happens meanwhile is counted once', async () => {
      const { log, listeners } = open({ listeners: 10, items: 1000 });
      const one = 'u1' as UserId;
      const before = await listeners.find(one, NOW);
      let go: () => void = () => undefined;
      log.gate = new Promise((resolve) => {
        go = resolve;
      });
      const moved = listeners.find(one, NOW, berlin);
      listeners.apply([{ ...play('meanwhile', song('new'), NOW), userId: one }]);
      expect(await listeners.find(one, NOW)).toBe(before);
      expect(before.plays).toBe(11);
      go();
      const after = await moved;
      expect(after).not.toBe(before);
      expect([after.plays, after.place.timeZone]).toEqual([11, berlin]);
      expect(await listeners.find(one, NOW)).toBe(after);
      expect(listeners.size).toBe(1);
    });

    it('stay who they are while the warehouse is away', async () => {
      const { log, listeners } = open({ listeners: 10, items: 1000 });
      const before = await listeners.find('u1' as UserId, NOW);
      log.failure = new EngineError('warehouse_unavailable', 'away');
      const after = await listeners.find('u1' as UserId, NOW, berlin);
      expect(after).toBe(before);
      expect([after.plays, after.place.timeZone]).toEqual([10, berlin]);
      // Once it is there again they are counted by the clock of the new place.
      log.failure = null;
      const again = await listeners.find('u1' as UserId, NOW, berlin);
      expect(again).not.toBe(before);
      expect(again.place.timeZone).toBe(berlin);
      expect(await listeners.find('u1' as UserId, NOW)).toBe(again);
      log.failure = new Error('broken');
      await expect(listeners.find('u1' as UserId, NOW, 'Asia/Tokyo')).rejects.toThrow('broken');
      expect(listeners.peek('u1' as UserId)).toBe(again);
    });

    it('are not read again where it is the same one by another name', async () => {
      const { log, listeners } = open({ listeners: 10, items: 1000 });
      const past = vi.spyOn(log, 'past');
      const first = await listeners.find('u1' as UserId, NOW, 'Asia/Kolkata');
      const alias = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Kolkata' }).resolvedOptions().timeZone;
      for (const name of [alias, 'asia/kolkata', 'ASIA/KOLKATA']) {
        expect(await listeners.find('u1' as UserId, NOW, name)).toBe(first);
      }
      expect(past).toHaveBeenCalledTimes(1);
    });

    it('do not come back when they are forgotten while they are read again in vain', async () => {
      const { log, listeners } = open({ listeners: 10, items: 1000 });
      await listeners.find('u1' as UserId, NOW);
      log.failure = new EngineError('warehouse_unavailable', 'away');
      const moved = listeners.find('u1' as UserId, NOW, berlin);
      listeners.forget('u1' as UserId);
      await expect(moved).rejects.toThrow('away');
      expect(listeners.peek('u1' as UserId)).toBeUndefined();
    });
  });
});
