/**
 * Analyses in a thread of its own: what somebody wants to know holds up neither listeners nor their events, and an analysis for
 * which there is not enough memory ends that thread and not the server. It is started with the first that is asked of it; another
 * one takes its place when it is gone.
 */

import type { Worker, WorkerOptions } from 'node:worker_threads';
import { EngineError } from '#domain';
import { callsOf, startThread, type ThreadCalls } from '#threads';
import { lendRows, type WarehouseRows } from '#warehouse';
import type { OnProgress } from '../watched.ts';
import { type Analyses, type AnalysisName, analysesBy } from './analyses.ts';
import type { AnalysesStarterFace, AnalysesThreadData, AnalysesThreadFace } from './messages.ts';

const THREAD = new URL('./analyses-thread.ts', import.meta.url);

export interface AnalysesBesideDeps {
  readonly warehouse: WarehouseRows;
  /** Runs a part while nobody else writes to the warehouse or erases from it. */
  readonly exclusive: <Result>(part: () => Promise<Result>) => Promise<Result>;
  /** Journal sequence up to which the warehouse has every event. */
  readonly carried: () => number;
  /** To those that answer listeners; not for what others wait for, as `exclusive` has them do. */
  readonly givesWay: boolean;
  /** The thread has ended by itself. */
  readonly onEnd: (reason: string) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly calls: ThreadCalls<AnalysesThreadFace, AnalysesStarterFace>;
}

const startAnalysesThread = (options: WorkerOptions): Worker => startThread(THREAD, options);

export class AnalysesBeside {
  readonly analyses: Analyses = analysesBy((name, request, onProgress) => this.#analyze(name, request, onProgress));
  readonly #deps: AnalysesBesideDeps;
  readonly #startWorker: typeof startAnalysesThread;
  readonly #starter: AnalysesStarterFace;
  /** Of questions that are not answered yet. */
  readonly #asking = new Map<number, OnProgress>();
  /** Of a thread that is gone, too. */
  readonly #inserts = new Set<Promise<void>>();
  #questions = 0;
  #thread: Thread | null = null;
  #isClosed = false;

  constructor(deps: AnalysesBesideDeps, start = startAnalysesThread) {
    this.#deps = deps;
    this.#startWorker = start;
    const lent = lendRows(deps.warehouse);
    this.#starter = {
      ...lent,
      insertLines: (table, lines) => this.#inserting(lent.insertLines(table, lines)),
      progress: (question, progress) => this.#asking.get(question)?.(progress),
      exclusive: () => turnOf(deps.exclusive, () => Promise.allSettled(this.#inserts)),
      carried: deps.carried,
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#thread?.calls.fail(new EngineError('unavailable', 'the engine is stopping'));
    await this.#thread?.worker.terminate();
  }

  async #analyze(name: AnalysisName, request: never, onProgress: OnProgress): Promise<unknown> {
    if (this.#isClosed) throw new EngineError('unavailable', 'the engine is stopping');
    this.#thread ??= this.#start();
    const { worker, calls } = this.#thread;
    const question = ++this.#questions;
    // The process lives until it is answered; of itself a thread that is idle does not keep it.
    if (this.#asking.size === 0) worker.ref();
    this.#asking.set(question, onProgress);
    try {
      return await calls.ask('analyze', question, name, request);
    } finally {
      this.#asking.delete(question);
      if (this.#asking.size === 0) worker.unref();
    }
  }

  #inserting(insert: Promise<void>): Promise<void> {
    this.#inserts.add(insert);
    return insert.finally(() => this.#inserts.delete(insert));
  }

  #start(): Thread {
    const workerData: AnalysesThreadData = { givesWay: this.#deps.givesWay };
    const worker = this.#startWorker({ name: 'analyses', workerData });
    const calls: Thread['calls'] = callsOf(worker, this.#starter, (reason) => {
      if (this.#isClosed) return;
      this.#thread = null;
      calls.fail(new EngineError('unavailable', `the thread that analyses is gone: ${reason}`));
      this.#deps.onEnd(reason);
    });
    return { worker, calls };
  }
}

/** A turn of `exclusive` that lasts as long as it is gone through, and until what was begun in it is done. */
async function* turnOf(
  exclusive: AnalysesBesideDeps['exclusive'],
  begun: () => Promise<unknown>,
): AsyncGenerator<true> {
  let end = (): void => undefined;
  const isOver = new Promise<void>((resolve) => {
    end = resolve;
  });
  let turn: Promise<void> | undefined;
  await new Promise<void>((begin, refuse) => {
    turn = exclusive(async () => {
      begin();
      await isOver;
      await begun();
    });
    turn.catch(refuse);
  });
  try {
    yield true;
  } finally {
    end();
    await turn;
  }
}
