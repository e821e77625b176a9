import { describe, expect, it } from 'vitest';
import { createOutbox } from './outbox.ts';
import type { WireEvent } from './wire-event.ts';

const event = (id: string): WireEvent => ({ type: 'impression', event_id: id });

const accepted = (events: readonly WireEvent[]) => ({
  accepted: events.length,
  repeated: 0,
  refused: 0,
  results: events.map((_, index) => ({ index, outcome: 'accepted' as const })),
});

const world = () => {
  const posted: { ids: string[]; outlive: boolean }[] = [];
  const timers: { ms: number; run: () => void }[] = [];
  const refusals: string[] = [];
  const server = { up: true, mayPass: true };
  const outbox = createOutbox({
    post: async (events, outlive) => {
      if (!server.up) throw new Error('away');
      posted.push({ ids: events.map((each) => each.event_id), outlive });
      return accepted(events);
    },
    later: (ms, run) => timers.push({ ms, run }),
    refused: (reason) => refusals.push(reason),
    mayPass: () => server.mayPass,
  });
  return { outbox, posted, timers, refusals, server };
};

describe('the outbox', () => {
  it('sends at once what is sent, and gathers what is gathered', async () => {
    const { outbox, posted, timers } = world();
    outbox.gather(event('i1'));
    outbox.gather(event('i2'));
    await outbox.send(event('like'));
    expect(posted).toEqual([{ ids: ['like'], outlive: true }]);
    expect(timers).toHaveLength(1);
    timers[0]?.run();
    expect(posted[1]).toEqual({ ids: ['i1', 'i2'], outlive: false });
  });

  it('tries again with the same ids after a failure', async () => {
    const { outbox, posted, timers, server } = world();
    server.up = false;
    await expect(outbox.send(event('like'))).rejects.toThrow('away');
    server.up = true;
    timers[0]?.run();
    expect(posted).toEqual([{ ids: ['like'], outlive: false }]);
  });

  it('does not try again what can never be taken', async () => {
    const { outbox, timers, refusals, server } = world();
    server.up = false;
    server.mayPass = false;
    await expect(outbox.send(event('like'))).rejects.toThrow('away');
    expect(timers).toEqual([]);
    expect(refusals).toEqual(['away']);
  });

  it('sends all that waits when the page is left', () => {
    const { outbox, posted } = world();
    for (let n = 0; n < 61; n++) outbox.gather(event(`i${n}`));
    outbox.leave();
    expect(posted.map(({ ids, outlive }) => [ids.length, outlive])).toEqual([
      [60, true],
      [1, true],
    ]);
  });

  it('forgets what waits when told to', () => {
    const { outbox, posted, timers } = world();
    outbox.gather(event('i1'));
    outbox.forget();
    timers[0]?.run();
    expect(posted).toEqual([]);
  });

  it('tells why an event was refused', async () => {
    const refusals: string[] = [];
    const outbox = createOutbox({
      post: async () => ({
        accepted: 0,
        repeated: 0,
        refused: 1,
        results: [{ index: 0, outcome: 'refused', errors: [{ field: 'item_id', reason: 'expected type:opaque' }] }],
      }),
      later: () => undefined,
      refused: (reason) => refusals.push(reason),
      mayPass: () => true,
    });
    await outbox.send(event('x'));
    expect(refusals).toEqual(['item_id: expected type:opaque']);
  });
});
