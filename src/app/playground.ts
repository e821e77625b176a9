/** The playground's life: made on an empty start, beside the server's work, and removed with everything in it. */

import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError, reasonOf } from '#domain';
import type { Answers } from '#http';
import type { Log } from './log.ts';
import type { Config } from './settings.ts';

/** File that stands as long as the world is incomplete. */
export const playgroundMarker = ({ data }: Pick<Config, 'data'>): string => join(data, 'playground.incomplete');

type Report = (progress: Answers.Progress) => void;

export interface PlaygroundDeps {
  /** Fills the stores with the world, and learns from it. */
  readonly fill: (onProgress: Report, signal: AbortSignal) => Promise<void>;
  /** Takes the world out of everything, real data apart. */
  readonly empty: () => Promise<void>;
  /** Whether any of it is in the stores. */
  readonly isPresent: () => boolean;
  readonly hasLiveData: () => boolean;
  /** File that stands as long as the world is incomplete: after a kill the start knows. */
  readonly markerFile: string;
  readonly log: Log;
}

export class Playground {
  readonly #deps: PlaygroundDeps;
  #isMaking = false;
  #progress: Answers.Progress | null = null;
  #making: Promise<void> = Promise.resolve();
  #abort = new AbortController();

  constructor(deps: PlaygroundDeps) {
    this.#deps = deps;
  }

  get state(): 'absent' | 'making' | 'present' {
    if (this.#isMaking) return 'making';
    return this.#deps.isPresent() ? 'present' : 'absent';
  }

  get progress(): Answers.Progress | null {
    return this.#progress;
  }

  /** Whether an earlier run was ended while it made one. */
  get isHalfMade(): boolean {
    return !this.#isMaking && existsSync(this.#deps.markerFile);
  }

  /** Starts making it and resolves; `state` tells when it is there. @throws {EngineError} conflict */
  async make(): Promise<void> {
    if (this.state !== 'absent') throw new EngineError('conflict', `the playground is ${this.state} already`);
    if (this.#deps.hasLiveData()) {
      throw new EngineError('conflict', 'there are real data: the playground is for an empty start');
    }
    this.#isMaking = true;
    this.#abort = new AbortController();
    this.#making = this.#make(this.#abort.signal);
  }

  /** Removes all of it, also one that is being made; does nothing when there is none. */
  async remove(): Promise<void> {
    await this.stop();
    const { empty, markerFile, log } = this.#deps;
    if (this.state === 'present') {
      await empty();
      log('playground.removed', {});
    }
    await rm(markerFile, { force: true });
  }

  /** Breaks off what is being made and waits for its end. */
  async stop(): Promise<void> {
    this.#abort.abort(new EngineError('unavailable', 'the playground is not wanted any more'));
    await this.#making;
  }

  async #make(signal: AbortSignal): Promise<void> {
    const { fill, markerFile, log } = this.#deps;
    const started = performance.now();
    try {
      await writeFile(markerFile, '');
      const report: Report = (progress) => {
        this.#progress = progress;
      };
      await fill(report, signal);
      await rm(markerFile, { force: true });
      log('playground.made', { seconds: (performance.now() - started) / 1000 });
    } catch (error) {
      if (!signal.aborted) log('playground.failed', { error: reasonOf(error) });
    } finally {
      this.#isMaking = false;
      this.#progress = null;
    }
  }
}
