/** Imports of this run: one at a time, each followed by learning, each to be looked at while it runs and afterwards. */

import { EngineError, type ItemType, reasonOf, type UserId } from '#domain';
import type { Answers, ImportRequest } from '#http';
import type { Log } from './log.ts';
import { receiveFile, type Upload } from './upload.ts';

type Format = Answers.ImportJob['format'];

export interface PathImport {
  readonly format: Format;
  readonly path: string;
  readonly userId: UserId;
  readonly map?: Readonly<Record<string, string>>;
  readonly itemType?: ItemType;
  readonly timeZone?: string;
  readonly onProgress?: (progress: Answers.Progress) => void;
}

export interface ImportJobsDeps {
  /** Tells the format from the file. @throws {EngineError} unknown_format */
  readonly detect: (path: string) => Promise<Format>;
  /** Makes room, imports and resolves when the warehouse has all of it. */
  readonly run: (request: PathImport, signal: AbortSignal) => Promise<Answers.ImportReport>;
  readonly learn: () => Promise<unknown>;
  readonly newId: () => string;
  readonly folder: string;
  readonly log: Log;
}

/** How many ended imports are remembered. */
const REMEMBERED = 50;
const NOT_BEGUN: Answers.Progress = { done: 0, total: null, unit: 'rows' };

export class ImportJobs {
  readonly #deps: ImportJobsDeps;
  readonly #jobs = new Map<string, Answers.ImportJob>();
  readonly #abort = new AbortController();
  #running: Promise<unknown> | null = null;

  constructor(deps: ImportJobsDeps) {
    this.#deps = deps;
  }

  /** Newest first. */
  list(): readonly Answers.ImportJob[] {
    return [...this.#jobs.values()].reverse();
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Reads the file to its end and starts. @throws {EngineError} conflict, unknown_format, disk_full */
  async start(body: AsyncIterable<Uint8Array>, request: ImportRequest): Promise<Answers.ImportJob> {
    this.#assertIdle();
    const upload = await receiveFile(body, request.fileName, this.#deps.folder);
    try {
      const format = request.format ?? (await this.#deps.detect(upload.path));
      this.#assertIdle();
      return this.#begin(format, upload, request);
    } catch (error) {
      await upload.remove();
      throw error;
    }
  }

  /** An import in the foreground, without learning: whoever calls it waits for the report. */
  async runHere(request: PathImport): Promise<Answers.ImportReport> {
    this.#assertIdle();
    const work = this.#import(request);
    this.#running = work;
    try {
      return await work;
    } finally {
      this.#running = null;
    }
  }

  /** Breaks off what is under way. What was acknowledged of it stays, and a second import goes on from there. */
  async stop(): Promise<void> {
    this.#abort.abort(new EngineError('unavailable', 'the engine is stopping'));
    await this.#running?.catch(() => undefined);
  }

  /** Tells nothing more of a user's imports; one under way goes on. */
  forget(userId: UserId): void {
    for (const [id, job] of this.#jobs) if (job.userId === userId) this.#jobs.delete(id);
  }

  #begin(format: Format, upload: Upload, request: ImportRequest): Answers.ImportJob {
    const importId = this.#deps.newId();
    const { fileName, userId } = request;
    const job: Answers.ImportJob = {
      importId,
      format,
      fileName,
      userId,
      state: 'running',
      progress: NOT_BEGUN,
      report: null,
      error: null,
    };
    this.#jobs.set(importId, job);
    const change = (part: Partial<Answers.ImportJob>): void => {
      const known = this.#jobs.get(importId);
      if (known !== undefined) this.#jobs.set(importId, { ...known, ...part });
    };
    this.#running = this.#work({ format, path: upload.path, userId }, upload, change).finally(() => {
      this.#running = null;
      this.#forgetOld();
    });
    return job;
  }

  async #work(request: PathImport, upload: Upload, change: (part: Partial<Answers.ImportJob>) => void): Promise<void> {
    try {
      const report = await this.#importApart({ ...request, onProgress: (progress) => change({ progress }) });
      change({ state: 'learning', report });
      await this.#deps.learn();
      change({ state: 'done' });
    } catch (error) {
      change({ state: 'failed', error: reasonOf(error) });
    } finally {
      await upload.remove();
    }
  }

  async #import(request: PathImport): Promise<Answers.ImportReport> {
    const { log, run } = this.#deps;
    const { format } = request;
    log('import.started', { format });
    const report = await run(request, this.#abort.signal);
    const dropped = Object.values(report.dropped).reduce((sum, count) => sum + count, 0);
    log('import.done', { format, taken: report.taken, repeated: report.repeated, dropped, seconds: report.seconds });
    return report;
  }

  /** With nobody waiting for it, so that a failure goes to the log as well. */
  async #importApart(request: PathImport): Promise<Answers.ImportReport> {
    try {
      return await this.#import(request);
    } catch (error) {
      this.#deps.log('import.failed', { format: request.format, error: reasonOf(error) });
      throw error;
    }
  }

  #assertIdle(): void {
    this.#abort.signal.throwIfAborted();
    if (this.#running !== null) throw new EngineError('conflict', 'another import is under way');
  }

  #forgetOld(): void {
    for (const id of this.#jobs.keys()) {
      if (this.#jobs.size <= REMEMBERED) return;
      this.#jobs.delete(id);
    }
  }
}
