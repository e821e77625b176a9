import { describe, expect, it } from 'vitest';
import type { SlateId } from '#domain';
import { replays } from './compact-input.ts';
import { createServing } from './create-serving.ts';
import { bundle, byUser, fan, history, idsOf } from './home-world.contract.ts';
import { fitBundle, MemoryLog, NOW, openRoom } from './made-up-world.contract.ts';

describe('home on record', () => {
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
});
