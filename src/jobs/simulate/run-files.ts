/** The files of one run, day by day, and where it can go on after it was ended. */

import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { ShardState } from '#simulation';

export interface Checkpoint {
  /** What was asked for: a run goes on only with the same. */
  readonly asked: string;
  /** Last day that is complete. */
  readonly day: number;
  readonly bytes: { readonly events: number; readonly oracle: number };
  readonly events: number;
  readonly states: readonly ShardState[];
}

/** Events in the engine's own form; the truth apart, in a file that nothing but reports reads. */
export const EVENTS_FILE = 'events.ndjson';
export const ORACLE_FILE = 'oracle.ndjson';
const CHECKPOINT_FILE = 'checkpoint.bin';

export class RunFiles {
  readonly #folder: string;
  readonly #files: { readonly events: number; readonly oracle: number };
  readonly #bytes = { events: 0, oracle: 0 };

  private constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    // Opened for reading and writing and made if need be; never emptied before the checkpoint is known.
    this.#files = { events: open(join(folder, EVENTS_FILE)), oracle: open(join(folder, ORACLE_FILE)) };
  }

  /** Opens the folder; with a checkpoint of the same question the files are cut to it, otherwise emptied. */
  static open(folder: string, asked: string): { readonly files: RunFiles; readonly checkpoint: Checkpoint | null } {
    const files = new RunFiles(folder);
    const checkpoint = readCheckpoint(folder, asked);
    // One of another question must not outlive the files that it is of.
    if (checkpoint === null) rmSync(join(folder, CHECKPOINT_FILE), { force: true });
    files.#cut(checkpoint?.bytes ?? { events: 0, oracle: 0 });
    return { files, checkpoint };
  }

  /** Text in UTF-8, or as it is. */
  write(file: 'events' | 'oracle', text: Uint8Array | string): void {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    for (let from = 0; from < bytes.length; ) {
      from += writeSync(this.#files[file], bytes, from, bytes.length - from, this.#bytes[file] + from);
    }
    this.#bytes[file] += bytes.length;
  }

  /** One piece after the other. */
  writeAll(file: 'events' | 'oracle', pieces: readonly Uint8Array[]): void {
    for (const piece of pieces) this.write(file, piece);
  }

  /** From here on the run can go on. */
  checkpoint(point: Omit<Checkpoint, 'bytes'>): void {
    fsyncSync(this.#files.events);
    fsyncSync(this.#files.oracle);
    const path = join(this.#folder, CHECKPOINT_FILE);
    writeFileSync(`${path}.new`, serialize({ ...point, bytes: { ...this.#bytes } }), { flush: true });
    renameSync(`${path}.new`, path);
  }

  close(): void {
    closeSync(this.#files.events);
    closeSync(this.#files.oracle);
  }

  #cut(bytes: Checkpoint['bytes']): void {
    for (const file of ['events', 'oracle'] as const) {
      ftruncateSync(this.#files[file], bytes[file]);
      this.#bytes[file] = bytes[file];
    }
  }
}

const open = (path: string): number => openSync(path, existsSync(path) ? 'r+' : 'w+');

const readCheckpoint = (folder: string, asked: string): Checkpoint | null => {
  const path = join(folder, CHECKPOINT_FILE);
  if (!existsSync(path)) return null;
  const found = deserialize(readFileSync(path)) as Checkpoint;
  return found.asked === asked ? found : null;
};

/** A short name for what was asked, so that the answer to another question is not taken up. */
export const fingerprint = (question: unknown): string =>
  createHash('sha256').update(JSON.stringify(question)).digest('hex').slice(0, 32);
