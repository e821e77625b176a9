/** What everything else stands on: the stores, the way in, and the writer between them. */

import { join } from 'node:path';
import type { ArtifactStore } from '#artifacts';
import { type Clock, reasonOf } from '#domain';
import {
  createIntake,
  createWarehouseWriter,
  type DeadLetters,
  type Intake,
  openDeadLetters,
  type WarehouseWriter,
} from '#ingest';
import type { Journal, JournalBeside } from '#journal';
import type { Warehouse } from '#warehouse';
import type { Log } from './log.ts';
import { machineClock } from './machine-clock.ts';
import type { Config } from './settings.ts';
import { closeStores, openStores, type Stores } from './stores.ts';

export interface Foundation<Kept extends Journal = Journal> {
  readonly journal: Kept;
  readonly warehouse: Warehouse;
  readonly artifacts: ArtifactStore;
  readonly deadLetters: DeadLetters;
  readonly intake: Intake;
  readonly writer: WarehouseWriter;
  readonly clock: Clock;
  /** Carries what is acknowledged to the warehouse and closes the stores. */
  close(): Promise<void>;
}

/** What an event goes through until it is acknowledged. */
export type WayIn = Pick<Foundation, 'deadLetters' | 'intake' | 'clock'>;

export interface WayInOptions {
  readonly config: Config;
  readonly log: Log;
  /** Intake pauses while more than this waits for the warehouse. */
  readonly maxJournalBytes?: number;
}

export const openWayIn = async (journal: Journal, options: WayInOptions): Promise<WayIn> => {
  const { config, log, maxJournalBytes } = options;
  const clock = machineClock;
  const deadLetters = await openDeadLetters({ path: join(config.data, 'dead-letters'), clock });
  const intake = createIntake({
    journal,
    clock,
    deadLetters,
    onError: (error) => log('intake.follower_failed', { error: reasonOf(error) }),
    ...(maxJournalBytes !== undefined && { maxJournalBytes }),
  });
  return { deadLetters, intake, clock };
};

/** Of a journal that others may be ahead of. */
type MaybeSettling = Journal & Partial<Pick<JournalBeside, 'settled'>>;

export const openFoundation = async <Kept extends MaybeSettling>(
  config: Config,
  log: Log,
  open: (config: Config) => Promise<Kept>,
): Promise<Foundation<Kept>> => {
  const stores = await openStores(config, open);
  try {
    return await build(config, log, stores);
  } catch (error) {
    await closeStores(stores);
    throw error;
  }
};

const build = async <Kept extends MaybeSettling>(
  config: Config,
  log: Log,
  stores: Stores<Kept>,
): Promise<Foundation<Kept>> => {
  const { journal, warehouse } = stores;
  const { deadLetters, intake, clock } = await openWayIn(journal, { config, log });
  const writer = createWarehouseWriter({
    journal,
    warehouse,
    deadLetters,
    clock,
    settled: async () => journal.settled?.(),
    onRetry: (error, pauseMs) => log('writer.failed', { error: reasonOf(error), pause_ms: pauseMs }),
  });
  return { ...stores, deadLetters, intake, writer, clock, close: () => close(stores, writer, log) };
};

const close = async (stores: Stores, writer: WarehouseWriter, log: Log): Promise<void> => {
  await writer.stop();
  // With the warehouse away the rest waits in the journal for the next start.
  await writer.flush().catch((error: unknown) => log('writer.failed', { error: reasonOf(error), pause_ms: 0 }));
  await closeStores(stores);
};
