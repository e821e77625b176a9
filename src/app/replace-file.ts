/** Files that are replaced as a whole: a crash leaves the old one or the new one. */

import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** On disk when it returns; its folder is made. */
export const replaceFile = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  const next = `${path}.${process.pid}`;
  writeFileSync(next, text);
  const file = openSync(next, 'r');
  fsyncSync(file);
  closeSync(file);
  renameSync(next, path);
  // The new name is on disk when its folder is.
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
};
