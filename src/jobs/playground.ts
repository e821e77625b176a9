/** The playground: a small made-up world to try everything on, told by its ids from what is real. */

import { EngineError, type EpochMs, type Item, type ListenerEvent } from '#domain';
import { createWorld, PRESETS, parseWorld, toWireItem, type WorldOptions } from '#simulation';

/** Begins every id of the playground. */
export const PLAYGROUND_PREFIX = 'playground';

/** What making a playground does to the world. */
export interface PlaygroundIntake {
  acceptItems(wire: readonly unknown[]): Promise<readonly { readonly outcome: string }[]>;
  record(events: readonly ListenerEvent[]): Promise<void>;
}

export interface PlaygroundProgress {
  readonly done: number;
  readonly total: number;
  readonly unit: 'days';
}

export interface PlaygroundOptions {
  /** The world's present. */
  readonly now: EpochMs;
  readonly seed?: string | number;
  readonly size?: Pick<WorldOptions, 'listeners' | 'tracks' | 'days'>;
  readonly onProgress?: (progress: PlaygroundProgress) => void;
  readonly signal?: AbortSignal;
}

export interface PlaygroundReport {
  readonly listeners: number;
  readonly items: number;
  readonly events: number;
}

const SIZE = { listeners: 300, tracks: 3000, days: 60 };
const RULES = parseWorld(PRESETS['playground'] ?? '').rules;

/** The world of the first start: its size, and the rules of the preset of that name. */
export const PLAYGROUND: Readonly<typeof SIZE & { rules: typeof RULES }> = { ...SIZE, rules: RULES };
const ITEMS_A_BATCH = 500;

/**
 * Makes the world and sends it through the intake, a day at a time, so that the server goes on answering. Resolves when
 * all of it is acknowledged. Make it once: a second one with another `now` would mix with the first.
 * @throws {EngineError} internal when the intake refuses an item; the signal's reason when it is aborted.
 */
export const makePlayground = async (
  intake: PlaygroundIntake,
  options: PlaygroundOptions,
): Promise<PlaygroundReport> => {
  const { now, seed = 1, size = SIZE, onProgress = () => undefined, signal } = options;
  const world = createWorld({ ...size, seed, until: now, prefix: PLAYGROUND_PREFIX, rules: RULES });
  await sendItems(intake, world.items, signal);
  let events = 0;
  let days = 0;
  // The next day is made while the last one is on its way to the disk.
  let recorded: Promise<void> = Promise.resolve();
  for (const batch of world.batches()) {
    await recorded;
    signal?.throwIfAborted();
    recorded = intake.record(batch);
    // It is awaited above or below; until then a failure must not count as unhandled.
    recorded.catch(() => undefined);
    events += batch.length;
    days = Math.min(days + 1, size.days);
    onProgress({ done: days, total: size.days, unit: 'days' });
  }
  await recorded;
  return { listeners: size.listeners, items: world.items.length, events };
};

const sendItems = async (
  intake: PlaygroundIntake,
  items: readonly Item[],
  signal: AbortSignal | undefined,
): Promise<void> => {
  for (let from = 0; from < items.length; from += ITEMS_A_BATCH) {
    signal?.throwIfAborted();
    const receipts = await intake.acceptItems(items.slice(from, from + ITEMS_A_BATCH).map(toWireItem));
    const refused = receipts.findIndex((receipt) => receipt.outcome === 'refused');
    if (refused !== -1) throw new EngineError('internal', `the intake refuses ${items[from + refused]?.itemId}`);
  }
};
