import { expect, it } from 'vitest';
import { EngineError, type UserId } from '#domain';
import { SILENT } from './log.ts';
import { createPeople, type PeopleDeps } from './people.ts';

const ADA = 'ada' as UserId;

/** Erasing of somebody with one play, whose journal has room from the second time on. */
const openPeople = () => {
  let plays = 1;
  let hasRoom = false;
  let isOwed = false;
  const scheduled: string[] = [];
  const deps = {
    stores: {
      writer: { exclusive: (work: () => Promise<unknown>) => work() },
      warehouse: {
        eraseUser: async () => {
          const removed = { play: plays };
          plays = 0;
          return removed;
        },
        query: async () => [],
      },
      deadLetters: { eraseUser: async () => 0 },
      journal: {
        eraseUsers: async () => {
          if (hasRoom) return 0;
          hasRoom = true;
          throw new EngineError('disk_full', 'erase again');
        },
        status: () => ({ first: 1, next: 1, bytes: 0 }),
        read: async () => [],
      },
    },
    serving: { forget: async () => undefined },
    state: { forget: async () => undefined },
    imports: { forget: () => undefined },
    learning: { schedule: (reason: string) => scheduled.push(reason) },
    unlearned: {
      get isOwed() {
        return isOwed;
      },
      mark: () => {
        isOwed = true;
      },
      begin: () => async () => {
        isOwed = false;
      },
    },
    log: SILENT,
  };
  return { people: createPeople(deps as unknown as PeopleDeps), scheduled, isOwed: () => isOwed };
};

it('is learned from when it is repeated after it broke off, though nothing is left to remove', async () => {
  const { people, scheduled, isOwed } = openPeople();
  await expect(people.eraseUser(ADA)).rejects.toMatchObject({ code: 'disk_full' });
  expect([scheduled, isOwed()]).toEqual([[], true]);
  expect(await people.eraseUser(ADA)).toEqual({ userId: ADA, removed: {}, left: 0 });
  expect([scheduled, isOwed()]).toEqual([['a listener was erased'], true]);
});
