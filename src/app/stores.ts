/** The one place that picks adapters: which journal, which warehouse, which store of artifacts. */

import { join } from 'node:path';
import { type ArtifactStore, openFileArtifacts } from '#artifacts';
import { type Journal, type JournalBeside, openLmdbJournal, openLmdbJournalBeside } from '#journal';
import { openChdbWarehouse, openClickhouseWarehouse, type Warehouse } from '#warehouse';
import type { Config } from './settings.ts';

const EMBEDDED = 'chdb:';

export interface Stores<Kept extends Journal = Journal> {
  readonly journal: Kept;
  readonly warehouse: Warehouse;
  readonly artifacts: ArtifactStore;
}

const journalFolder = (config: Config): string => join(config.data, 'journal');

/** The journal in this thread: for a process that answers nobody, and shall be small. */
export const openJournal = (config: Config): Promise<Journal> => openLmdbJournal({ path: journalFolder(config) });

/** The journal in a thread of its own. */
export const openJournalBeside = (config: Config): Promise<JournalBeside> =>
  openLmdbJournalBeside({ path: journalFolder(config) });

/**
 * Opens all three, or none: what was opened is closed again when another one fails. At once: while the thread of the journal
 * comes up, this one opens the engine.
 */
export const openStores = async <Kept extends Journal>(
  config: Config,
  open: (config: Config) => Promise<Kept>,
): Promise<Stores<Kept>> => {
  const opening = [
    open(config),
    openWarehouse(config),
    openFileArtifacts({ path: join(config.data, 'artifacts') }),
  ] as const;
  try {
    const [journal, warehouse, artifacts] = await Promise.all(opening);
    return { journal, warehouse, artifacts };
  } catch (error) {
    const [journal, warehouse] = await Promise.allSettled(opening);
    if (warehouse.status === 'fulfilled') await warehouse.value.close();
    if (journal.status === 'fulfilled') await journal.value.close();
    throw error;
  }
};

/** `clickhouse://user:password@host:8123/database` → http, `clickhouses://` → https; `chdb:` may name a folder. */
const openWarehouse = ({ warehouse, data }: Config): Promise<Warehouse> =>
  warehouse.startsWith(EMBEDDED)
    ? openChdbWarehouse({ path: warehouse.slice(EMBEDDED.length) || join(data, 'warehouse') })
    : openClickhouseWarehouse({ url: warehouse.replace(/^clickhouse/, 'http') });

/** In the order in which nothing is lost: the warehouse is filled from the journal. */
export const closeStores = async ({ journal, warehouse }: Stores): Promise<void> => {
  await warehouse.close();
  await journal.close();
};
