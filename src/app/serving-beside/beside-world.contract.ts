/** What serving in a thread is tested with: a made-up world, small models of it, a log in memory, and rooms to serve from. */

import { randomUUID } from 'node:crypto';
import type { Worker } from 'node:worker_threads';
import type { Slate } from '#api';
import {
  type EventId,
  type EventOf,
  experimentSchema,
  fromRow,
  type Item,
  type ItemId,
  isListen,
  type ListenerEvent,
  PackedIds,
  type SlateId,
  toCatalogueLines,
  type UserId,
} from '#domain';
import { type JournalEntry, type JournalLineEnd, lineInto } from '#journal';
import { createRng, csrFromTriples } from '#math';
import { fitAls, fitItemKnn, fitPopularity, type Interactions } from '#models';
import { learnReadiness } from '#policy';
import { createServing, type ListenerLog, type ModelBundle, type Serving } from '#serving';
import { createWorld } from '#simulation';
import { startThread } from '#threads';
import { RULES_ALONE } from '#units';
import type { SlateAnswer } from '#wire';
import { type Acting, ActingExperiments } from '../acting-experiments.ts';
import { machineClock } from '../machine-clock.ts';
import { ServingBeside } from './serving-beside.ts';

const NOW = machineClock.now();

const world = createWorld({ seed: 11, listeners: 25, tracks: 700, days: 40, until: NOW });
const events: readonly ListenerEvent[] = [...world.batches()].flat();
export const ITEMS: readonly Item[] = world.items;

const listens = events.filter((event): event is EventOf<'play'> => event.kind === 'play' && isListen(event));
const users = [...new Set(listens.map(({ userId }) => userId))];
const playsOf = (user: UserId): readonly EventOf<'play'>[] => listens.filter(({ userId }) => userId === user);

/** Listeners, those with most listens first. */
export const LISTENERS: readonly UserId[] = users.toSorted((a, b) => playsOf(b).length - playsOf(a).length);

const index = new Map(ITEMS.map(({ itemId }, n) => [itemId, n]));
const data: Interactions = {
  users,
  items: [...index.keys()],
  counts: csrFromTriples(users.length, index.size, {
    rows: listens.map(({ userId }) => users.indexOf(userId)),
    columns: listens.map(({ itemId }) => index.get(itemId as ItemId)!),
    values: listens.map(() => 1),
  }),
};

export const fitBundle = async (version: string): Promise<ModelBundle> => {
  const listeners = new Uint32Array(index.size);
  for (const item of data.counts.indices) listeners[item]!++;
  return {
    version,
    trainedAt: NOW,
    basis: 'collaborative',
    items: PackedIds.from(index.keys()),
    listeners,
    models: {
      popularity: fitPopularity(data),
      'item-knn': await fitItemKnn(data),
      als: await fitAls(data, { factors: 8, epochs: 3 }, createRng('als')),
    },
    readiness: learnReadiness(users.map((user) => ({ plays: playsOf(user).length, artists: 10 }))),
    intents: RULES_ALONE,
    users: users.length,
    interactions: data.counts.indices.length,
    seconds: 0,
    notes: [],
  };
};

export const eventOf = ({ kind, row }: JournalEntry): ListenerEvent =>
  fromRow(kind as ListenerEvent['kind'], JSON.parse(row));

/** Items of a block of the catalogue. */
const BLOCK = 100;

/** The log as a list, and the journal that rows are kept in: both may be made to fail or to wait. */
export class MemoryLog implements ListenerLog {
  readonly events: ListenerEvent[] = [...events];
  /** The catalogue of who opens on it. */
  readonly items: Item[] = [...ITEMS];
  /** As they came over the line, those that were refused among them. */
  readonly rows: JournalEntry[] = [];
  /** Awaited before rows are kept. */
  keeping: () => Promise<void> = async () => undefined;
  /** Awaited before each block of the catalogue is given. */
  opening: (block: number) => Promise<void> = async () => undefined;
  /** Awaited before a past is given. */
  reading: () => Promise<void> = async () => undefined;

  /** File of what stands ahead of the journal; without one everything waits for the line. */
  ahead: string | undefined;

  /** A line that what is recorded comes over. */
  line(): JournalLineEnd {
    const end = lineInto(async (rows) => {
      this.rows.push(...rows);
      await this.keeping();
      this.events.push(...rows.map(eventOf));
      return rows.map((_, n) => ({ outcome: 'accepted', sequence: n + 1 }));
    });
    return this.ahead === undefined ? end : { ...end, ahead: this.ahead };
  }

  async *past(user: UserId): AsyncGenerator<readonly ListenerEvent[]> {
    const past = this.events.filter(({ userId }) => userId === user);
    await this.reading();
    yield past;
  }

  async slate(slateId: SlateId): Promise<EventOf<'slate'> | null> {
    const slates = this.events.filter((event) => event.kind === 'slate');
    return slates.find((slate) => slate.slateId === slateId) ?? null;
  }

  async itemCounts(itemId: ItemId): Promise<{ listeners: number; plays: number }> {
    const plays = this.events.filter((event) => event.kind === 'play' && event.itemId === itemId);
    return { listeners: new Set(plays.map(({ userId }) => userId)).size, plays: plays.length };
  }

  async *catalogue() {
    for (let from = 0; from < this.items.length; from += BLOCK) {
      await this.opening(from / BLOCK);
      const block = this.items.slice(from, from + BLOCK);
      yield toCatalogueLines(block.map((item) => ({ item, addedAt: item.updatedAt })));
    }
  }

  async pools(): Promise<readonly EventOf<'editor'>[]> {
    return this.events.filter((event) => event.kind === 'editor');
  }
}

export const startServingThread = (journal: JournalLineEnd): Worker =>
  startThread(new URL('./serving-thread.ts', import.meta.url), {
    workerData: { journal },
    transferList: [journal.port],
  });

export interface Room {
  readonly serving: ServingBeside;
  readonly log: MemoryLog;
  /** Those that were started so far. */
  readonly threads: readonly Worker[];
  /** What was told of threads that ended. */
  readonly ends: readonly string[];
  /** Acknowledges a play: on record, then told to serving. */
  play(userId: UserId): EventOf<'play'>;
}

/** Serving in threads that these start, one after the other; the last one as often as needed. */
export const openRoom = (...starts: ((journal: JournalLineEnd) => Worker)[]): Room =>
  openRoomOn(new MemoryLog(), ...starts);

export const openRoomOn = (log: MemoryLog, ...starts: ((journal: JournalLineEnd) => Worker)[]): Room => {
  const threads: Worker[] = [];
  const ends: string[] = [];
  const start = (journal: JournalLineEnd): Worker => {
    const worker = (starts[threads.length] ?? starts.at(-1) ?? startServingThread)(journal);
    threads.push(worker);
    return worker;
  };
  const serving = new ServingBeside({ log, line: () => log.line(), onEnd: (reason) => ends.push(reason) }, start);
  const play = (userId: UserId): EventOf<'play'> => {
    const at = machineClock.now();
    const eventId = randomUUID() as EventId;
    const { itemId } = ITEMS.find(({ type }) => type === 'track')!;
    const event = { kind: 'play', eventId, userId, at, receivedAt: at, itemId, msPlayed: 180_000, extra: {} } as const;
    log.events.push(event);
    serving.apply([event]);
    return event;
  };
  return { serving, log, threads, ends, play };
};

/** Serving in this thread on the same log, with models of its own. */
export const openHere = async (log: MemoryLog, experiments = new ActingExperiments()): Promise<Serving> => {
  const newSlateId = () => randomUUID() as SlateId;
  const here = createServing({
    clock: machineClock,
    newSlateId,
    log,
    experiments,
    record: async () => undefined,
  });
  await here.start();
  await here.useModels(await fitBundle('first'));
  return here;
};

/** Of an answer of the thread. */
export const slateIn = async (answer: Promise<SlateAnswer>): Promise<Slate> =>
  JSON.parse(Buffer.from((await answer).json).toString()) as Slate;

/** One experiment with an arm of each policy. */
export const actingOf = (control: object, other: object, values: Acting['values'] = new Map()): Acting => {
  const document = experimentSchema.parse({
    name: 'bolder',
    hypothesis: 'More to explore brings people back.',
    arms: [
      { name: 'control', policy: control },
      { name: 'other', policy: other },
    ],
    success: [{ metric: 'return_rate[7d]' }],
    horizon_days: 7,
    planned_units: 100,
  });
  return { documents: [document], values };
};

export const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};
