/** The Lab's one run: started, followed, cancelled, looked at until the next one; and the worlds of one's own. */

import { EngineError, reasonOf } from '#domain';
import type { Answers, LabFace } from '#http';
import {
  checkLab,
  type LabRequest,
  type LabResult,
  type LabWork,
  type LabWorld,
  labChoices,
  lifeOf,
  ownWorld,
} from '#jobs';
import type { LabFiles } from './lab-files.ts';
import type { Log } from './log.ts';

export interface LabDeps {
  /** Lives the worlds beside this thread. */
  readonly run: (
    work: LabWork,
    onDay: (done: number, total: number) => void,
    signal: AbortSignal,
  ) => Promise<LabResult>;
  readonly files: LabFiles;
  readonly log: Log;
}

const MOST_WORLDS = 50;

export class Lab implements LabFace {
  readonly #deps: LabDeps;
  #worlds: readonly LabWorld[];
  #run: Answers.LabRun | null;
  #abort: AbortController | null = null;
  #running: Promise<void> | null = null;
  #kept: Promise<void> = Promise.resolve();
  #isStopping = false;

  /** What cannot be read of earlier is logged and left where it is. */
  constructor(deps: LabDeps) {
    this.#deps = deps;
    this.#worlds = this.#tried(
      () => deps.files.worlds().flatMap((text) => this.#tried(() => [ownWorld(text)], [])),
      [],
    );
    this.#run = this.#tried(() => lastRun(deps.files), null);
  }

  state(): Answers.LabState {
    return { choices: labChoices(this.#worlds), run: this.#run };
  }

  start(request: LabRequest): Answers.LabState {
    if (this.#isStopping) throw new EngineError('unavailable', 'the engine is stopping');
    if (this.#abort !== null)
      throw new EngineError('conflict', 'a run of the Lab is under way: wait for it or cancel it');
    const document = checkLab(request, labChoices(this.#worlds));
    const abort = new AbortController();
    this.#abort = abort;
    this.#run = {
      request,
      state: 'running',
      progress: { done: 0, total: null, unit: 'days' },
      result: null,
      error: null,
    };
    this.#running = this.#live({ request, document }, abort);
    return this.state();
  }

  cancel(): Answers.LabState {
    if (this.#abort === null) throw new EngineError('conflict', 'no run of the Lab is under way');
    this.#breakOff();
    this.#change({ state: 'cancelled' });
    this.#keep();
    return this.state();
  }

  keepWorld(text: string): Answers.LabState {
    const world = ownWorld(text);
    const others = this.#worlds.filter(({ name }) => name !== world.name);
    if (others.length >= MOST_WORLDS) {
      throw new EngineError('conflict', `the Lab keeps at most ${MOST_WORLDS} worlds: remove one first`);
    }
    this.#keepWorlds([...others, world]);
    return this.state();
  }

  removeWorld(name: string): Answers.LabState {
    const others = this.#worlds.filter((world) => world.name !== name);
    if (others.length === this.#worlds.length) {
      const known = this.#worlds.map((world) => world.name).join(', ') || 'none';
      throw new EngineError('not_found', `there is no world of your own named "${name}": there is ${known}`);
    }
    this.#keepWorlds(others);
    return this.state();
  }

  life(listener: number, week: number): Answers.LabLife {
    const { result = null, request } = this.#run ?? {};
    if (result === null || request === undefined)
      throw new EngineError('not_found', 'there is no finished run of the Lab');
    const person = result.people[listener];
    const first = lifeOf(result, 'first', listener);
    const second = lifeOf(result, 'second', listener);
    if (person === undefined || first === null || second === null) {
      const reason = `listener ${listener} was not followed: expected 0 to ${result.people.length - 1}`;
      throw new EngineError('not_found', reason, { fields: [{ field: 'listener', reason }] });
    }
    if (week < request.weeks) return { person, week, first, second };
    const reason = `week ${week} is after the end: expected 0 to ${request.weeks - 1}`;
    throw new EngineError('not_found', reason, { fields: [{ field: 'week', reason }] });
  }

  /** Begins nothing more and breaks off what is under way; the next start of the server tells of it. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#abort !== null) this.#breakOff();
    await this.#running;
    await this.#kept;
  }

  async #live(work: LabWork, abort: AbortController): Promise<void> {
    const { run, log } = this.#deps;
    const isCurrent = (): boolean => this.#abort === abort;
    this.#keep();
    try {
      const onDay = (done: number, total: number): void => {
        if (isCurrent()) this.#change({ progress: { done, total, unit: 'days' } });
      };
      const result = await run(work, onDay, abort.signal);
      if (isCurrent()) this.#change({ state: 'done', result });
    } catch (error) {
      // Cancelled says so already; another run may have begun since.
      if (isCurrent()) {
        this.#change({ state: 'failed', error: reasonOf(error) });
        log('lab.failed', { error: reasonOf(error) });
      }
    }
    if (!isCurrent()) return;
    this.#abort = null;
    this.#keep();
  }

  #breakOff(): void {
    this.#abort?.abort(new EngineError('conflict', 'cancelled'));
    this.#abort = null;
  }

  #keepWorlds(worlds: readonly LabWorld[]): void {
    this.#deps.files.keepWorlds(worlds.map(({ text }) => text));
    this.#worlds = worlds;
  }

  /** One after the other, in the order of what happened. A run that cannot be kept is shown all the same. */
  #keep(): void {
    const run = this.#run;
    if (run === null) return;
    this.#kept = this.#kept
      .then(() => this.#deps.files.keepRun(run))
      .catch((error: unknown) => this.#deps.log('lab.unkept', { error: reasonOf(error) }));
  }

  #change(part: Partial<Answers.LabRun>): void {
    if (this.#run !== null) this.#run = { ...this.#run, ...part };
  }

  #tried<Read>(read: () => Read, otherwise: Read): Read {
    try {
      return read();
    } catch (error) {
      const fields = error instanceof EngineError ? error.fields : [];
      const words = fields.map(({ field, reason }) => `${field}: ${reason}`);
      this.#deps.log('lab.unread', { error: [reasonOf(error), ...words].join('; ') });
      return otherwise;
    }
  }
}

/** What was under way when the server ended has been interrupted: nothing of it is there. */
const lastRun = (files: LabFiles): Answers.LabRun | null => {
  const run = files.run();
  if (run === null) return null;
  const state = run.state === 'running' ? 'interrupted' : run.state;
  return { ...run, state, progress: { done: 0, total: null, unit: 'days' } };
};
