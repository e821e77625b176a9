/**
 * Serving in a thread of its own: while a page is planned nobody waits here who brings events, and no page waits for what is
 * done with them here. Events reach the thread in the order in which they are told, and what was told before a call is known
 * to its answer.
 */

import type { ResourceLimits, Worker } from 'node:worker_threads';
import { EngineError, type Item, type ItemId, type ListenerEvent, type SlateId, type UserId } from '#domain';
import type { LoopDelay } from '#http';
import type { JournalLineEnd } from '#journal';
import type { HomeRequest, ListenerLog, ModelBundle, RadioRequest, ServingState, WeeklyRequest } from '#serving';
import { callsOf, handOverEach, startThread, type ThreadCalls, UnderWay } from '#threads';
import type { Acting } from '../acting-experiments.ts';
import type { Answering, ServingThreadData, SharedBundle, StarterFace, ThreadFace } from './messages.ts';

const THREAD = new URL('./serving-thread.ts', import.meta.url);

/** An answer makes some megabytes that nothing holds on to: with room for many of them little is copied when it is collected. */
const HEAP: ResourceLimits = { maxYoungGenerationSizeMb: 192 };

/** Events that are copied to the thread in one go: about a millisecond. */
const A_PIECE = 500;

export interface ServingBesideDeps {
  readonly log: ListenerLog;
  /** A line to the journal for each thread: slates go over it. */
  readonly line: () => JournalLineEnd;
  /** The thread has ended by itself; another one takes its place, unless this one never came up. */
  readonly onEnd: (reason: string) => void;
}

type Calls = ThreadCalls<ThreadFace, StarterFace>;

const startServingThread = (journal: JournalLineEnd): Worker => {
  const workerData: ServingThreadData = { journal };
  return startThread(THREAD, { name: 'serving', workerData, transferList: [journal.port], resourceLimits: HEAP });
};

export class ServingBeside implements Answering {
  readonly #deps: ServingBesideDeps;
  readonly #startWorker: typeof startServingThread;
  readonly #starter: StarterFace;
  #worker: Worker;
  #calls: Calls;
  /** Resolves when the thread that is there now can be asked; null where it could not come up. */
  #isUp: Promise<void> | null = Promise.resolve();
  /** What is asked or comes up now. */
  readonly #underWay = new UnderWay();
  #hasStarted = false;
  #isClosed = false;
  /** Given last, or to be given as soon as the thread can be asked. */
  #bundle: ModelBundle | null = null;
  #acting: Acting = { documents: [], values: new Map() };

  constructor(deps: ServingBesideDeps, start = startServingThread) {
    this.#deps = deps;
    this.#startWorker = start;
    const { log } = deps;
    this.#starter = {
      past: (userId) => inPieces(log.past(userId)),
      catalogue: () => handOverEach(log.catalogue()),
      slate: (slateId) => log.slate(slateId),
      itemCounts: (itemId) => log.itemCounts(itemId),
      pools: () => log.pools(),
    };
    [this.#worker, this.#calls] = this.#open();
  }

  /** Of an `UnderWay`: what is asked now and not yet answered. */
  get underWay(): SharedArrayBuffer {
    return this.#underWay.memory;
  }

  async start(): Promise<void> {
    await this.#ask((calls) => calls.ask('start'));
    this.#hasStarted = true;
  }

  home(userId: UserId, request: HomeRequest = {}) {
    return this.#ask((calls) => calls.ask('home', userId, request));
  }

  weekly(userId: UserId, request: WeeklyRequest = {}) {
    return this.#ask((calls) => calls.ask('weekly', userId, request));
  }

  radio(userId: UserId, request: RadioRequest = {}) {
    return this.#ask((calls) => calls.ask('radio', userId, request));
  }

  why(slateId: SlateId, itemId: ItemId) {
    return this.#ask((calls) => calls.ask('why', slateId, itemId));
  }

  loggedSlate(slateId: SlateId) {
    return this.#ask((calls) => calls.ask('loggedSlate', slateId));
  }

  profile(userId: UserId) {
    return this.#ask((calls) => calls.ask('profile', userId));
  }

  itemPage(itemId: ItemId, userId: UserId | null) {
    return this.#ask((calls) => calls.ask('itemPage', itemId, userId));
  }

  apply(events: readonly ListenerEvent[]): void {
    this.#calls.tell('apply', events);
  }

  applyItems(items: readonly Item[]): void {
    this.#calls.tell('applyItems', items);
  }

  async useModels(bundle: ModelBundle | null): Promise<void> {
    // The thread takes listeners who are erased out of the counts; the one that takes its place finds them without.
    const given = bundle === null ? null : { ...bundle, listeners: sharedCopy(bundle.listeners) };
    this.#bundle = given;
    await this.#ask(async (calls) => {
      // Others are to be given by now, or everything was dropped.
      if (given === this.#bundle) await this.#giveModels(calls);
    });
  }

  useExperiments(acting: Acting): void {
    this.#acting = acting;
    this.#calls.tell('useExperiments', acting);
  }

  forget(userId: UserId): Promise<void> {
    return this.#ask((calls) => calls.ask('forget', userId));
  }

  clear(): void {
    this.#bundle = null;
    this.#calls.tell('clear');
  }

  state(): Promise<ServingState> {
    return this.#ask((calls) => calls.ask('state'));
  }

  /** Of the thread's event loop since the last call. */
  loopDelay(): Promise<LoopDelay> {
    return this.#ask((calls) => calls.ask('loopDelay'));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#calls.fail(new EngineError('unavailable', 'the engine is stopping'));
    await this.#worker.terminate();
  }

  #ask<Answer>(ask: (calls: Calls) => Promise<Answer>): Promise<Answer> {
    return this.#inProcess(async () => {
      await (this.#isUp ?? this.#comeUp());
      return ask(this.#calls);
    });
  }

  /** The process lives until this is done; of itself a thread that is idle does not keep it. */
  async #inProcess<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#underWay.count === 0) this.#worker.ref();
    this.#underWay.begin();
    try {
      return await work();
    } finally {
      this.#underWay.end();
      if (this.#underWay.count === 0) this.#worker.unref();
    }
  }

  #open(): [Worker, Calls] {
    const worker = this.#startWorker(this.#deps.line());
    const calls: Calls = callsOf(worker, this.#starter, (reason) => this.#takeEnd(reason));
    return [worker, calls];
  }

  /** What was asked fails; what is asked next is answered by another thread, unless this one never could. */
  #takeEnd(reason: string): void {
    if (this.#isClosed) return;
    this.#calls.fail(new EngineError('unavailable', `the thread that answers is gone: ${reason}`));
    this.#deps.onEnd(reason);
    if (!this.#hasStarted) return;
    this.#hasStarted = false;
    [this.#worker, this.#calls] = this.#open();
    this.#comeUp().catch(() => undefined);
  }

  /** A thread that could not come up, as the warehouse was away, say, tries again with the next call. */
  #comeUp(): Promise<void> {
    const isUp = this.#inProcess(() => this.#restart(this.#calls));
    this.#isUp = isUp;
    isUp.catch(() => {
      if (this.#isUp === isUp) this.#isUp = null;
    });
    return isUp;
  }

  async #restart(calls: Calls): Promise<void> {
    calls.tell('useExperiments', this.#acting);
    await calls.ask('start');
    await this.#giveModels(calls);
    this.#hasStarted = true;
  }

  /** Ids, models and counts of listeners are not copied: the thread works on the same memory. */
  async #giveModels(calls: Calls): Promise<void> {
    if (this.#bundle === null) return calls.ask('useModels', null);
    const { items, models, ...rest } = this.#bundle;
    const shared: SharedBundle = {
      ...rest,
      items: items.share(),
      models: Object.values(models).map((model) => ({ name: model.name, shared: model.share() })),
    };
    return calls.ask('useModels', shared);
  }
}

const sharedCopy = (counts: Uint32Array): Uint32Array => {
  const copy = new Uint32Array(new SharedArrayBuffer(counts.byteLength));
  copy.set(counts);
  return copy;
};

async function* inPieces<Value>(batches: AsyncIterable<readonly Value[]>): AsyncGenerator<readonly Value[]> {
  for await (const batch of batches) {
    for (let from = 0; from < batch.length; from += A_PIECE) yield batch.slice(from, from + A_PIECE);
  }
}
