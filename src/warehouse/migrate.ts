/** Brings the schema up to date: schema/*.sql in the order of their numbers, each once, recorded in `schema_migration`. */

import { readdirSync, readFileSync } from 'node:fs';
import type { EngineLink } from './engine-link.ts';

// Beside this file in src/ and, copied by the build, in dist/.
const FOLDER = new URL('./schema/', import.meta.url);

const RECORD = `
CREATE TABLE IF NOT EXISTS schema_migration
(
    name String COMMENT 'File of the migration',
    applied_at DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When it was applied here'
)
ENGINE = MergeTree
ORDER BY name
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`;

/** Names of the migrations that were applied now. A migration that was cut off runs again: each statement allows that. */
export const migrate = async (link: EngineLink): Promise<readonly string[]> => {
  await link.command(RECORD, {});
  const done = await link.query<{ name: string }>('SELECT name FROM schema_migration', {});
  const applied = new Set(done.map(({ name }) => name));
  const pending = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql') && !applied.has(name))
    .sort();
  for (const name of pending) {
    for (const statement of statementsOf(readFileSync(new URL(name, FOLDER), 'utf8'))) {
      await link.command(statement, {});
    }
    await link.command('INSERT INTO schema_migration (name) SELECT {name:String}', { name });
  }
  return pending;
};

/** A semicolon ends a statement where it ends a line. */
const statementsOf = (text: string): string[] =>
  text
    .split(/;[ \t]*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/^--.*$/gm, '').trim() !== '');
