/** One reference policy in one world, from the first day to the last, into files or into counts alone. */

import { availableParallelism } from 'node:os';
import {
  daysOf,
  type PolicyName,
  type ShardCounts,
  type ShardRunOptions,
  type Stretch,
  type WorldDocument,
} from '#simulation';
import { fingerprint, RunFiles } from './run-files.ts';
import { openShards } from './shards.ts';

/** Who looks on while a world lives. */
export type Watch = NonNullable<ShardRunOptions['watch']>;

export interface RunOptions {
  readonly document: WorldDocument;
  readonly stretch: Stretch;
  readonly policy: PolicyName;
  /** Where lines go; null counts alone. */
  readonly folder: string | null;
  /** Shards in threads of their own; by default one a core from a thousand listeners on. */
  readonly shards?: number;
  /** Days between two places where the run can go on. */
  readonly checkpointDays?: number;
  readonly onDay?: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
  readonly watch?: Watch | undefined;
}

export interface RunResult {
  readonly counts: ShardCounts;
  readonly events: number;
  /** Days that were there already; null when it began at the beginning. */
  readonly resumedAfter: number | null;
}

const CHECKPOINT_DAYS = 10;
/** With fewer listeners a thread costs more than it brings. */
const THREAD_LISTENERS = 1000;

/** @throws the signal's reason when it is aborted; what is on disk stays, and the same call goes on from it. */
export const runReference = async (options: RunOptions): Promise<RunResult> => {
  const { document, stretch, policy, folder, checkpointDays = CHECKPOINT_DAYS, signal, watch } = options;
  const shards = options.shards ?? standardShards(document.rules['listeners.count']);
  const asked = fingerprint({ document, stretch, policy, shards });
  const output = folder === null ? null : RunFiles.open(folder, asked);
  const world = openShards({ document, stretch, policy, lines: folder !== null, ...(watch && { watch }) }, shards);
  try {
    const { first, last } = daysOf(stretch);
    const checkpoint = output?.checkpoint ?? null;
    if (checkpoint !== null) await world.restore(checkpoint.states, checkpoint.day);
    let events = checkpoint?.events ?? 0;
    for (let day = checkpoint === null ? first : checkpoint.day + 1; day <= last; day++) {
      signal?.throwIfAborted();
      const lived = await world.liveDay(day);
      events += lived.events;
      output?.files.writeAll('events', lived.eventLines);
      output?.files.writeAll('oracle', lived.truthLines);
      const isPlaceToGoOn = day === last || (day - first) % checkpointDays === checkpointDays - 1;
      if (isPlaceToGoOn) output?.files.checkpoint({ asked, day, events, states: await world.toState() });
      options.onDay?.(day - first + 1, last - first + 1);
    }
    const resumedAfter = checkpoint === null ? null : checkpoint.day - first + 1;
    return { counts: await world.toCounts(), events, resumedAfter };
  } finally {
    output?.files.close();
    await world.close();
  }
};

const standardShards = (listeners: number): number =>
  listeners < THREAD_LISTENERS ? 1 : Math.min(8, availableParallelism());
