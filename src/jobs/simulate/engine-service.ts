/** The engine's own serving, in this process and in the world's time, learning from what the world sends it. */

import {
  type EpochMs,
  type EventOf,
  type Item,
  type ListenerEvent,
  PackedIds,
  type SlateId,
  toCatalogueLines,
} from '#domain';
import { createServing, type ModelBundle } from '#serving';
import type { WorldFrame } from '#simulation';
import { toBundle, toParts } from '../train/bundle-parts.ts';
import { fitModels } from '../train/fit-models.ts';
import { toWorldSlate, trackPlaces } from './outside-slate.ts';
import type { OutsideService } from './served-run.ts';
import { trainingDataOf } from './training-data-of.ts';

export interface EngineServiceOptions {
  readonly seed: string | number;
  /** Told of each slate the engine puts on record. */
  readonly log: (event: ListenerEvent) => void;
  /** Days after which it learns, counted from the world's first; by default the first three, then weekly. */
  readonly learnsAfter?: (day: number) => boolean;
}

const usually = (day: number): boolean => day >= 0 && (day < 3 || day % 7 === 6);

export const createEngineService = (frame: WorldFrame, options: EngineServiceOptions): OutsideService => {
  const { seed, log, learnsAfter = usually } = options;
  const items: Item[] = [];
  const events = new Map<string, ListenerEvent[]>();
  const slates = new Map<string, EventOf<'slate'>>();
  const pools: EventOf<'editor'>[] = [];
  const placeOf = trackPlaces(frame);
  let now: EpochMs = frame.start;
  let ids = 0;
  const keep = (event: ListenerEvent): void => {
    const own = events.get(event.userId);
    if (own === undefined) events.set(event.userId, [event]);
    else own.push(event);
    if (event.kind === 'editor') pools.push(event);
    serving.apply([event]);
  };
  const serving = createServing({
    clock: { now: () => now },
    newSlateId: () => `${frame.prefix}:engine-${++ids}` as SlateId,
    log: {
      async *past(userId) {
        yield events.get(userId) ?? [];
      },
      slate: async (slateId) => slates.get(slateId) ?? null,
      itemCounts: async () => ({ listeners: 0, plays: 0 }),
      async *catalogue() {
        yield toCatalogueLines(items.map((item) => ({ item, addedAt: frame.start })));
      },
      pools: async () => pools,
    },
    record: async (slate) => {
      // What is only needed to draw again is left out: it is twenty times the rest.
      const kept = { ...slate, candidates: null };
      slates.set(slate.slateId, kept);
      log(kept);
      keep(kept);
    },
  });
  const started = serving.start();
  let models: ModelBundle | null = null;
  const learn = async (day: number): Promise<ModelBundle | null> => {
    const data = trainingDataOf(items, events);
    if (data.userIndex.length === 0) return null;
    const content = toParts({
      ...(await fitModels(data, { seed, now })),
      trainedAt: now,
      items: PackedIds.from(data.items),
      listeners: data.listeners,
      users: data.users,
      interactions: data.userIndex.length,
      seconds: 0,
    });
    return toBundle({ version: `world-day-${day}`, content });
  };
  return {
    putItems: async (added) => {
      await started;
      items.push(...added);
      serving.applyItems(added);
    },
    take: keep,
    answer: async ({ surface, life, at, device, seedItem, sessionId, count }) => {
      now = at;
      const { userId, zone } = life.listener;
      const { timeZone } = zone;
      const slate =
        surface === 'home'
          ? await serving.home(userId, { timeZone, device })
          : await serving.radio(userId, { timeZone, sessionId, count, ...(seedItem !== null && { seedItem }) });
      const cards = slate.shelves.flatMap((shelf) =>
        shelf.cards.map((card) => ({ ...card, itemId: card.item.itemId })),
      );
      return toWorldSlate(slate.slateId, cards, placeOf);
    },
    endDay: async (day, at) => {
      now = at;
      if (learnsAfter(day)) models = (await learn(day)) ?? models;
      await serving.useModels(models);
    },
    close: async () => undefined,
  };
};
