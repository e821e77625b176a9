/** When to learn: on request, after an import, and by itself when much is new. One training at a time. */

import { type Clock, DAY_MS, EngineError, MINUTE_MS, reasonOf, SECOND_MS } from '#domain';
import type { Answers } from '#http';
import type { ModelBundle } from '#serving';
import type { Log } from './log.ts';

/** Before this many new plays nothing is learned by itself. */
const LEAST_NEW = 200;
/** A tenth more than the models have seen. */
const NEW_SHARE = 0.1;
/** With anything new at all, models older than this are learned again. */
const STALE_MS = DAY_MS;
const QUIET_MS = 10 * SECOND_MS;
const LEAST_PAUSE_MS = MINUTE_MS;

export interface LearningDeps {
  /** Fits and stores; null when there is nothing to learn from. */
  readonly learn: (
    onProgress: (progress: Answers.Progress) => void,
    signal: AbortSignal,
  ) => Promise<ModelBundle | null>;
  readonly use: (bundle: ModelBundle | null) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether it may begin by itself. */
  readonly automatic: boolean;
}

export class Learning {
  readonly #deps: LearningDeps;
  #bundle: ModelBundle | null = null;
  #running: Promise<ModelBundle | null> | null = null;
  #failed = false;
  #progress: Answers.Progress | null = null;
  #newPlays = 0;
  #lastEnd = 0;
  #timer: NodeJS.Timeout | null = null;
  /** Why it will begin then. */
  #scheduled: string | null = null;
  #holds = 0;
  /** Why to learn when work that holds it back has ended. */
  #wish: string | null = null;
  readonly #abort = new AbortController();

  constructor(deps: LearningDeps) {
    this.#deps = deps;
  }

  get bundle(): ModelBundle | null {
    return this.#bundle;
  }

  get state(): 'idle' | 'running' | 'failed' {
    if (this.#running !== null) return 'running';
    return this.#failed ? 'failed' : 'idle';
  }

  get progress(): Answers.Progress | null {
    return this.#progress;
  }

  /** Takes models that were learned earlier. */
  async adopt(bundle: ModelBundle | null): Promise<void> {
    this.#bundle = bundle;
    await this.#deps.use(bundle);
  }

  /** Starts now. @throws {EngineError} conflict when a training is under way. */
  start(reason: string): Promise<ModelBundle | null> {
    if (this.#running !== null) throw new EngineError('conflict', 'training is under way already');
    if (this.#abort.signal.aborted) throw new EngineError('unavailable', 'the engine is stopping');
    this.#cancelTimer();
    this.#wish = null;
    const running = this.#learn(reason).finally(() => {
      this.#running = null;
      this.#progress = null;
    });
    this.#running = running;
    return running;
  }

  /** Learns from what is there now: after the training under way, if there is one. */
  async afterwards(reason: string): Promise<ModelBundle | null> {
    // Looked at and begun in one go: of several who wait, one begins and the others wait for that one too.
    while (this.#running !== null) await this.#running.catch(() => null);
    return this.start(reason);
  }

  /** Resolves when no training is under way. */
  async settled(): Promise<void> {
    while (this.#running !== null) await this.#running.catch(() => null);
  }

  /** Counts plays as they come; learns when there are enough and it has been quiet for a while. */
  notice(plays: number): void {
    this.#newPlays += plays;
    if (this.#holds > 0) return;
    const enough = Math.max(LEAST_NEW, NEW_SHARE * (this.#bundle?.interactions ?? 0));
    const age = this.#bundle === null ? 0 : this.#deps.clock.now() - this.#bundle.trainedAt;
    if (this.#newPlays >= enough) this.schedule('much is new');
    else if (this.#newPlays > 0 && age >= STALE_MS) this.schedule('the models are a day old');
  }

  /** Takes note of plays that came while nobody learned; without any models it begins at once. */
  catchUp(plays: number): void {
    if (this.#bundle !== null || !this.#deps.automatic || plays === 0) this.notice(plays);
    else this.#startUnawaited('there are plays and no models');
  }

  /** Does work that brings much and is learned from afterwards: meanwhile nothing is learned by itself. */
  async holdDuring<T>(work: () => Promise<T>): Promise<T> {
    this.#holds++;
    // What was to be learned soon is learned afterwards, whatever becomes of the work.
    if (this.#timer !== null) this.#wish ??= this.#scheduled;
    this.#cancelTimer();
    try {
      return await work();
    } finally {
      this.#holds--;
      if (this.#holds === 0 && this.#wish !== null) this.schedule(this.#wish);
    }
  }

  /** Learns soon, or when work that holds it back has ended, unless it already will. */
  schedule(reason: string): void {
    if (!this.#deps.automatic || this.#abort.signal.aborted || this.#timer !== null) return;
    if (this.#holds > 0) {
      this.#wish = reason;
      return;
    }
    const pause = Math.max(QUIET_MS, this.#lastEnd + LEAST_PAUSE_MS - this.#deps.clock.now());
    this.#scheduled = reason;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#startUnawaited(reason);
    }, pause).unref();
  }

  /** Begins nothing more and breaks off what is under way. */
  async stop(): Promise<void> {
    this.#abort.abort(new EngineError('unavailable', 'the engine is stopping'));
    this.#cancelTimer();
    await this.#running?.catch(() => null);
  }

  async #learn(reason: string): Promise<ModelBundle | null> {
    const { learn, log, clock } = this.#deps;
    log('training.started', { reason });
    this.#newPlays = 0;
    try {
      const bundle = await learn((progress) => {
        this.#progress = progress;
      }, this.#abort.signal);
      this.#failed = false;
      await this.adopt(bundle);
      if (bundle === null) log('training.skipped', { reason: 'there is nothing to learn from' });
      else {
        const { version, seconds, users, basis, items } = bundle;
        log('training.done', { version, seconds, users, items: items.length, basis });
      }
      return bundle;
    } catch (error) {
      if (!this.#abort.signal.aborted) {
        this.#failed = true;
        log('training.failed', { error: reasonOf(error) });
      }
      throw error;
    } finally {
      this.#lastEnd = clock.now();
    }
  }

  #startUnawaited(reason: string): void {
    // A failure has been logged and stands in the state.
    this.afterwards(reason).catch(() => undefined);
  }

  #cancelTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
