import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type ListenerEvent, MINUTE_MS } from '#domain';
import { act, base, listen, play, skip, slate, song } from './listener-events.contract.ts';
import { NOW } from './made-up-world.contract.ts';

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
