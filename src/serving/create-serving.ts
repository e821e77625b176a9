/** Puts the surfaces together behind one face. */

import { type ListenerEvent, readCatalogueLines, type UserId } from '#domain';
import { replays } from './compact-input.ts';
import { Home } from './home.ts';
import { itemPage } from './item-page.ts';
import { ServingMemory } from './memory.ts';
import { profile } from './profile.ts';
import { Radio } from './radio.ts';
import { servedSlate } from './served-slate.ts';
import type { Serving, ServingDeps } from './serving.ts';
import { Weekly } from './weekly.ts';
import { why } from './why.ts';

export const createServing = (deps: ServingDeps): Serving => {
  const memory = new ServingMemory(deps);
  const home = new Home(memory);
  const weekly = new Weekly(memory);
  const radio = new Radio(memory);
  const loadCatalogue = async (): Promise<void> => {
    for await (const block of deps.log.catalogue()) {
      for (const entries of readCatalogueLines(block)) {
        for (const entry of entries) memory.catalogue.take(entry);
      }
    }
    for (const change of await deps.log.pools()) memory.catalogue.edit(change);
  };
  return {
    start: loadCatalogue,
    home: (userId, request = {}) => home.answer(userId, request),
    weekly: (userId, request = {}) => weekly.answer(userId, request),
    radio: (userId, request = {}) => radio.answer(userId, request),
    why: (slateId, itemId) => why(memory, slateId, itemId),
    loggedSlate: async (slateId) => {
      const slate = await memory.slate(slateId);
      const served = servedSlate(slate, { catalogue: memory.catalogue, facts: null, fresh: false });
      return { slate: served, filtered: slate.filtered, replays: replays(slate) };
    },
    profile: (userId) => profile(memory, userId),
    itemPage: (itemId, userId) => itemPage(memory, itemId, userId),
    apply: (events) => {
      applyEdits(memory, events);
      memory.listeners.apply(events);
    },
    applyItems: (items) => {
      for (const item of items) memory.catalogue.put(item);
    },
    useModels: (bundle) => memory.useModels(bundle),
    forget: (userId) => forget(memory, userId),
    clear: () => memory.clear(),
    state: async () => ({
      model: memory.learned?.bundle.version ?? null,
      listenersInMemory: memory.listeners.size,
      catalogue: memory.catalogue.known,
      claimsDropped: memory.claimsDropped,
    }),
  };
};

const applyEdits = (memory: ServingMemory, events: readonly ListenerEvent[]): void => {
  for (const event of events) if (event.kind === 'editor') memory.catalogue.edit(event);
};

/** The counts behind "at least 12 listeners" must not go on counting someone who is gone. */
const forget = async (memory: ServingMemory, userId: UserId): Promise<void> => {
  const { learned, listeners } = memory;
  if (learned !== null) learned.forget(await listeners.find(userId, memory.deps.clock.now()));
  listeners.forget(userId);
  memory.slates.forget(userId);
};
