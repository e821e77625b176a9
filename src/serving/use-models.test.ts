import { expect, it } from 'vitest';
import { fitBundle, openRoom, worldHistory } from './made-up-world.contract.ts';

const history = worldHistory({ listeners: 40, tracks: 300, days: 30 });
const listener = history.events[0]!.userId;

it('answers from the old models until the new ones are ready, and of two swaps at once keeps the later', async () => {
  const [first, second, third] = await Promise.all(
    ['first', 'second', 'third'].map((version) => fitBundle(history, 'collaborative', version)),
  );
  const { serving } = await openRoom(history, first!);
  const swaps = [serving.useModels(second!), serving.useModels(third!)];
  expect((await serving.state()).model).toBe('first');
  await Promise.all(swaps);
  expect((await serving.state()).model).toBe('third');
  expect((await serving.home(listener)).model).toBe('third');
});

it('takes up nothing that was being prepared when everything was dropped', async () => {
  const [old, late] = await Promise.all(['old', 'late'].map((version) => fitBundle(history, 'collaborative', version)));
  const { serving } = await openRoom(history, old!);
  const swap = serving.useModels(late!);
  serving.clear();
  await swap;
  expect((await serving.state()).model).toBeNull();
});
