/** Opens the path a person named: a zip archive by its first bytes, a folder with all below it, or a single file. */

import { createReadStream, type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { EngineError } from '#domain';
import {
  inNaturalOrder,
  peek,
  SOURCE_LIMITS,
  type Source,
  type SourceFile,
  type SourceLimits,
  unreadable,
} from './source-file.ts';
import { openZip } from './zip-source.ts';

const fileAt = async (path: string, name: string): Promise<SourceFile> => {
  const { size, mtimeMs } = await stat(path);
  return { name, size, modifiedAt: Math.floor(mtimeMs), path, open: async () => createReadStream(path) };
};

/** Links are not followed: a folder says what is in it. Dot files are the system's. */
const isPlainFile = (entry: Dirent): boolean => entry.isFile() && !entry.name.startsWith('.');

const openFolder = async (folder: string, limits: SourceLimits): Promise<Source> => {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(isPlainFile);
  if (entries.length > limits.maxFiles) {
    throw unreadable(`the folder holds ${entries.length} files: at most ${limits.maxFiles} are read`);
  }
  const files = await Promise.all(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return fileAt(path, relative(folder, path).split(sep).join('/'));
    }),
  );
  return { files: inNaturalOrder(files), close: () => undefined };
};

const statOf = async (path: string) => {
  try {
    return await stat(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw unreadable(code === 'ENOENT' ? `there is no file or folder ${path}` : `${path}: ${message}`, cause);
  }
};

/**
 * The files at `path` in natural order of their names.
 * @throws {EngineError} unreadable_file nothing there, a broken archive, or one beyond the limits.
 */
export const openSource = async (path: string, limits: SourceLimits = SOURCE_LIMITS): Promise<Source> => {
  const found = await statOf(path);
  try {
    if (found.isDirectory()) return await openFolder(path, limits);
    if (!found.isFile()) throw unreadable(`${path} is neither a file nor a folder`);
    const file = await fileAt(path, basename(path));
    const head = await peek(file, 4);
    if (head.toString('latin1', 0, 2) === 'PK') return await openZip(path, limits);
    return { files: [file], close: () => undefined };
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw unreadable(`${path} cannot be read: ${(cause as Error).message}`, cause);
  }
};
