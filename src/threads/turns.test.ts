import { expect, it, vi } from 'vitest';
import { createTurns } from './turns.ts';

it('lets others go first once the steps have taken their time, and not before', async () => {
  const now = vi.spyOn(performance, 'now');
  let others = 0;
  const step = async (turn: () => Promise<void>, at: number): Promise<number> => {
    now.mockReturnValue(at);
    const before = others;
    setImmediate(() => others++);
    await turn();
    return others - before;
  };
  now.mockReturnValue(1000);
  const turn = createTurns();
  const went: number[] = [];
  for (const at of [1001, 1004.9, 1005, 1009.9, 1010, 1011]) went.push(await step(turn, at));
  now.mockRestore();
  // Those that were put off go with the one whose turn it is.
  expect(went).toEqual([0, 0, 3, 0, 2, 0]);
});
