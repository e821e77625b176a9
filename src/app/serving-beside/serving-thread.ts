/** The thread that answers listeners. Started by `ServingBeside`; ends with it. */

import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { type ListenerEvent, PackedIds, type SlateId, toRow, type UserId } from '#domain';
import { AheadLine, assertRoom, type JournalEntry } from '#journal';
import { openSharedModel } from '#models';
import { createServing, type ModelBundle, modelsByName, type ServedSlate } from '#serving';
import { handOver, ThreadCalls } from '#threads';
import { type SlateAnswer, slateAnswer } from '#wire';
import { ActingExperiments } from '../acting-experiments.ts';
import { machineClock } from '../machine-clock.ts';
import type { ServingThreadData, SharedBundle, StarterFace, ThreadFace } from './messages.ts';

if (parentPort === null) throw new Error('serving-thread.ts is the file of a thread');

const experiments = new ActingExperiments();

const RESOLUTION_MS = 1;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();

const opened = ({ items, models, ...bundle }: SharedBundle): ModelBundle => ({
  ...bundle,
  items: PackedIds.open(items),
  models: modelsByName(models.map(({ shared }) => openSharedModel(shared))),
});

const entryOf = ({ kind, userId, eventId }: ListenerEvent, row: string): JournalEntry => ({
  kind,
  userId,
  eventId,
  row,
});

/** Slates that are written out before they may leave. */
const written = new WeakMap<ServedSlate, SlateAnswer>();
const writtenOut = (slate: ServedSlate): SlateAnswer => {
  const answer = written.get(slate) ?? slateAnswer(slate);
  // Once: its bytes are gone here after that.
  written.delete(slate);
  return handOver(answer, answer.json.buffer as ArrayBuffer);
};

const face: ThreadFace = {
  start: async () => {
    // What the thread before left; where there is no room for it in the journal it stays in its file.
    await journal.settled().catch(() => undefined);
    await serving.start();
  },
  home: async (userId, request) => writtenOut(await serving.home(userId, request)),
  weekly: async (userId, request) => writtenOut(await serving.weekly(userId, request)),
  radio: async (userId, request) => writtenOut(await serving.radio(userId, request)),
  why: (slateId, itemId) => serving.why(slateId, itemId),
  loggedSlate: (slateId) => serving.loggedSlate(slateId),
  profile: (userId) => serving.profile(userId),
  itemPage: (itemId, userId) => serving.itemPage(itemId, userId),
  apply: (events) => serving.apply(events),
  applyItems: (items) => serving.applyItems(items),
  forget: async (userId) => {
    await journal.wipe();
    await serving.forget(userId);
  },
  clear: () => serving.clear(),
  state: () => serving.state(),
  useModels: (bundle) => serving.useModels(bundle === null ? null : opened(bundle)),
  useExperiments: (acting) => experiments.use(acting),
  loopDelay: async () => {
    const [p99, longest] = [delays.percentile(99), delays.max].map((ns) => Math.max(0, ns / 1e6 - RESOLUTION_MS));
    delays.reset();
    return { p99: p99!, longest: longest! };
  },
};

/** With what was decided just before, should they have been let go since. */
async function* pastOf(userId: UserId): AsyncGenerator<readonly ListenerEvent[]> {
  // Where the journal refuses, what it lacks is not known for now.
  await journal.settledFor(userId).catch(() => undefined);
  yield* starter.each('past', userId);
}

const journal = new AheadLine((workerData as ServingThreadData).journal);
const starter = new ThreadCalls<StarterFace, ThreadFace>(parentPort, face);

const serving = createServing({
  clock: machineClock,
  newSlateId: () => randomUUID() as SlateId,
  log: {
    past: (userId) => pastOf(userId),
    slate: (slateId) => starter.ask('slate', slateId),
    itemCounts: (itemId) => starter.ask('itemCounts', itemId),
    catalogue: () => starter.each('catalogue'),
    pools: () => starter.ask('pools'),
  },
  record: async (slate, exposures, row) => {
    const entries = exposures.map((exposure) => entryOf(exposure, toRow(exposure)));
    assertRoom(journal.status());
    await journal.append([...entries, entryOf(slate, row)]);
    serving.apply([...exposures, slate]);
  },
  prepare: (slate) => written.set(slate, slateAnswer(slate)),
  stopwatch: () => performance.now(),
  experiments,
});
