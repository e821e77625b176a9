import { expect, it } from 'vitest';
import { HOUR_MS, type ItemId, itemId, MINUTE_MS, type UserId } from '#domain';
import { extraOf } from './decision.ts';
import { fitBundle, type History, openRoom, type Room, worldHistory } from './made-up-world.contract.ts';

const made = worldHistory({ listeners: 40, tracks: 200, days: 20 });
/** A tenth of the tracks are for sleep, a tenth for parties. */
const isFor = (n: number): string | null => (n % 10 === 0 ? 'sleep' : n % 10 === 1 ? 'party' : null);
const history: History = {
  ...made,
  items: made.items.map((item, n) => {
    const tag = isFor(n);
    return tag === null ? item : { ...item, tags: [tag] };
  }),
};
const bundle = await fitBundle(history);
const taggedWith = (tag: string): readonly ItemId[] =>
  history.items.filter(({ type, tags }) => type === 'track' && tags?.includes(tag)).map((item) => item.itemId);
const [sleepers, dancers] = [taggedWith('sleep'), taggedWith('party')];
const ada = 'ada' as UserId;

const playAll = (room: Room, items: readonly ItemId[]): void => {
  for (const item of items) {
    room.now += 3 * MINUTE_MS;
    room.play(ada, item, { at: room.now - 3 * MINUTE_MS, receivedAt: room.now });
  }
};
/** Ten in the evening: by day the rules believe less in sleep. */
const openEvening = async (): Promise<Room> => {
  const room = await openRoom(history, bundle);
  room.now += 10 * HOUR_MS;
  return room;
};
const lastSlate = (room: Room) => room.log.slates(ada).at(-1)!;

it('stands in the slate on record: what is believed of the listener before, while and after they play', async () => {
  const room = await openEvening();
  await room.serving.home(ada, { device: 'mobile' });
  const { intents } = lastSlate(room).context;
  // Nothing was played: the moment alone says little, and the probabilities are there all the same.
  expect(Object.values(intents).reduce((sum, share) => sum + (share ?? 0), 0)).toBeGreaterThan(0.9);
  expect(intents.sleep ?? 0).toBeLessThan(0.4);
  playAll(room, sleepers.slice(0, 3));
  await room.serving.home(ada, { device: 'mobile' });
  expect(lastSlate(room).context.intents.sleep).toBeGreaterThan(0.5);
  expect(extraOf(lastSlate(room))).not.toHaveProperty('intent_since');
});

it('turns with the listener: two plays for something else, and radio is led by those alone', async () => {
  const room = await openEvening();
  playAll(room, sleepers.slice(0, 6));
  await room.serving.radio(ada, {});
  expect(lastSlate(room).context.intents.sleep).toBeGreaterThan(0.5);
  const turned = room.now;
  playAll(room, dancers.slice(0, 2));
  const slate = await room.serving.radio(ada, {});
  const { context, extra } = lastSlate(room);
  expect(extra['intent_since']).toBe(turned);
  expect(context.intents.party ?? 0).toBeGreaterThan(context.intents.sleep ?? 0);
  // What was played to fall asleep is named as a reason no more.
  const led = slate.shelves.flatMap(({ cards }) =>
    cards.flatMap(({ explanation }) => explanation?.evidence['item'] ?? []),
  );
  expect(led.filter((id) => sleepers.slice(0, 6).includes(id as ItemId))).toEqual([]);

  // The same is believed after a restart, from the log.
  const again = await openRoom({ items: history.items, events: [...room.log.events] }, bundle);
  again.now = room.now;
  await again.serving.radio(ada, {});
  expect(lastSlate(again).context.intents).toEqual(context.intents);
  expect(lastSlate(again).extra['intent_since']).toBe(turned);
});

it('takes an item to be for what the pool it was played from is for', async () => {
  const room = await openRoom(history, bundle);
  const plain = history.items
    .filter((item, n) => item.type === 'track' && isFor(n) === null && !item.tags?.includes('ambient'))
    .slice(0, 3);
  const pool = { kind: 'editor', poolId: 'legs', change: 'put', title: 'Legs', purpose: 'To run to' } as const;
  const base = { eventId: 'pool' as never, userId: 'editor' as UserId, at: room.now, receivedAt: room.now, extra: {} };
  room.send({ ...base, ...pool, items: plain.map((item) => item.itemId) });
  for (const source of ['user_collection', 'editorial'] as const) {
    room.now += 60 * MINUTE_MS;
    for (const { itemId: id } of plain) {
      room.now += 3 * MINUTE_MS;
      room.play(ada, itemId('track', id.slice('track:'.length)), { at: room.now - 3 * MINUTE_MS, source });
    }
    await room.serving.radio(ada, {});
    const { workout = 0 } = lastSlate(room).context.intents;
    if (source === 'editorial') expect(workout).toBeGreaterThan(0.5);
    else expect(workout).toBeLessThan(0.1);
  }
});
