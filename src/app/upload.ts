/** A file that comes over HTTP, on disk under its own name: formats look at names, and zip archives need to be sought in. */

import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EngineError } from '#domain';
import type { Config } from './settings.ts';

export const uploadsFolder = (config: Config): string => join(config.data, 'uploads');

export interface Upload {
  readonly path: string;
  /** Removes the file; it may be called again. */
  remove(): Promise<void>;
}

/** @throws what broke the body off, or {EngineError} disk_full; nothing is left on disk then. */
export const receiveFile = async (
  body: AsyncIterable<Uint8Array>,
  fileName: string,
  folder: string,
): Promise<Upload> => {
  await mkdir(folder, { recursive: true });
  const own = await mkdtemp(join(folder, 'upload-'));
  const path = join(own, safeName(fileName));
  const remove = () => rm(own, { recursive: true, force: true });
  try {
    await pipeline(Readable.from(body, { objectMode: false }), createWriteStream(path, { mode: 0o600 }));
  } catch (cause) {
    await remove();
    const isFull = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
    throw isFull
      ? new EngineError('disk_full', 'the file does not fit on the disk; nothing was imported', { cause })
      : cause;
  }
  return { path, remove };
};

/** Drops what earlier runs left behind. */
export const removeUploads = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** The last part of the name, without anything that a path could be made of. */
const safeName = (fileName: string): string => {
  const last = fileName.split(/[/\\]/).pop() ?? '';
  const plain = last
    .replace(/[^\w. -]/g, '_')
    .replace(/^\.+/, '')
    .slice(-120);
  return plain === '' ? 'file' : plain;
};
