/** The version of this package. A module of its own, so that asking for it loads nothing else. */

import { readFileSync } from 'node:fs';

/** The version in this package's own package.json, two folders up from src/version and dist/version alike. */
export const readVersion = (): string => {
  const manifest = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
};
