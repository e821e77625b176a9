/** The Lab's one run: started, followed, cancelled, looked at until the next one or the end of the server. */

import { EngineError } from '#domain';
import type { Answers, LabFace } from '#http';
import { checkLab, LAB_CHOICES, type LabRequest, type LabResult } from '#jobs';
import { type Log, reasonOf } from './log.ts';

export interface LabDeps {
  /** Lives the worlds beside this thread. */
  readonly run: (
    request: LabRequest,
    onDay: (done: number, total: number) => void,
    signal: AbortSignal,
  ) => Promise<LabResult>;
  readonly log: Log;
}

export class Lab implements LabFace {
  readonly #deps: LabDeps;
  #run: Answers.LabRun | null = null;
  #abort: AbortController | null = null;
  #running: Promise<void> | null = null;
  #isStopping = false;

  constructor(deps: LabDeps) {
    this.#deps = deps;
  }

  state(): Answers.LabState {
    return { choices: LAB_CHOICES, run: this.#run };
  }

  start(request: LabRequest): Answers.LabState {
    if (this.#isStopping) throw new EngineError('unavailable', 'the engine is stopping');
    if (this.#abort !== null)
      throw new EngineError('conflict', 'a run of the Lab is under way: wait for it or cancel it');
    checkLab(request);
    const abort = new AbortController();
    this.#abort = abort;
    this.#run = {
      request,
      state: 'running',
      progress: { done: 0, total: null, unit: 'days' },
      result: null,
      error: null,
    };
    this.#running = this.#live(request, abort);
    return this.state();
  }

  cancel(): Answers.LabState {
    if (this.#abort === null) throw new EngineError('conflict', 'no run of the Lab is under way');
    this.#abort.abort(new EngineError('conflict', 'cancelled'));
    this.#abort = null;
    this.#change({ state: 'cancelled' });
    return this.state();
  }

  life(listener: number, week: number): Answers.LabLife {
    const { result = null, request } = this.#run ?? {};
    if (result === null || request === undefined)
      throw new EngineError('not_found', 'there is no finished run of the Lab');
    const person = result.people[listener];
    const first = result.life('first', listener);
    const second = result.life('second', listener);
    if (person === undefined || first === null || second === null) {
      const reason = `listener ${listener} was not followed: expected 0 to ${result.people.length - 1}`;
      throw new EngineError('not_found', reason, { fields: [{ field: 'listener', reason }] });
    }
    if (week < request.weeks) return { person, week, first, second };
    const reason = `week ${week} is after the end: expected 0 to ${request.weeks - 1}`;
    throw new EngineError('not_found', reason, { fields: [{ field: 'week', reason }] });
  }

  /** Begins nothing more and breaks off what is under way. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#abort !== null) this.cancel();
    await this.#running;
  }

  async #live(request: LabRequest, abort: AbortController): Promise<void> {
    const { run, log } = this.#deps;
    const isCurrent = (): boolean => this.#abort === abort;
    try {
      const onDay = (done: number, total: number): void => {
        if (isCurrent()) this.#change({ progress: { done, total, unit: 'days' } });
      };
      const result = await run(request, onDay, abort.signal);
      if (isCurrent()) this.#change({ state: 'done', result });
    } catch (error) {
      // Cancelled says so already; another run may have begun since.
      if (isCurrent()) {
        this.#change({ state: 'failed', error: reasonOf(error) });
        log('lab.failed', { error: reasonOf(error) });
      }
    } finally {
      if (isCurrent()) this.#abort = null;
    }
  }

  #change(part: Partial<Answers.LabRun>): void {
    if (this.#run !== null) this.#run = { ...this.#run, ...part };
  }
}
