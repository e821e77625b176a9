import { describe, expect, it } from 'vitest';
import { HOUR_MS, type ListenerEvent, MINUTE_MS } from '#domain';
import { Catalogue } from './catalogue.ts';
import { listen, play, skip, slate, song, user } from './listener-events.contract.ts';
import { Listeners } from './listeners.ts';
import { MemoryLog, NOW } from './made-up-world.contract.ts';

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
