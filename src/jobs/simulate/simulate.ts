/** Simulate a world under one or more services: logs, truth and a summary each. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, EngineError, type EpochMs } from '#domain';
import {
  catalogueItems,
  createFrame,
  isPolicyName,
  POLICY_NAMES,
  PRESET_NAMES,
  parseWorld,
  presetWorld,
  problemOf,
  type RunCounts,
  type Stretch,
  type Summary,
  summarize,
  toWireItem,
  type WorldDocument,
} from '#simulation';
import { createEngineService } from './engine-service.ts';
import { createHttpService } from './http-service.ts';
import { runReference, type Watch } from './run-reference.ts';
import { runServed } from './served-run.ts';

/** The engine's own serving, beside the reference policies. */
export const ENGINE_POLICY = 'engine';

export interface WorldChoice {
  /** Name of a preset, or a file with a world document. */
  readonly world: string;
  readonly listeners?: number | undefined;
  readonly seed?: string | number | undefined;
}

export interface SimulateOptions {
  readonly document: WorldDocument;
  readonly days: number;
  /** First moment of the world. */
  readonly start: EpochMs;
  readonly policy: string;
  /** Where lines go; null counts alone. */
  readonly folder: string | null;
  /** Address of a running server that serves instead of the engine in this process. */
  readonly throughHttp?: { readonly url: string; readonly key?: string | undefined } | null;
  readonly shards?: number | undefined;
  readonly onDay?: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
  /** Told of each event and truth as it happens; with one shard and without a folder. */
  readonly watch?: Watch | undefined;
}

export interface SimulateResult {
  readonly policy: string;
  readonly events: number;
  /** Days that were there already from an earlier run; null when there were none. */
  readonly resumedAfter: number | null;
  readonly counts: RunCounts & { readonly shown: Uint32Array };
  readonly summary: Summary;
}

/** The document of a preset or a file, with what was said over it. @throws {EngineError} invalid_data, unreadable_file */
export const chooseWorld = ({ world, listeners, seed }: WorldChoice): WorldDocument => {
  const document = presetWorld(world) ?? parseWorld(readWorld(world));
  const problem = listeners === undefined ? null : problemOf('listeners.count', listeners);
  if (problem !== null) refuse('users', problem);
  return {
    ...document,
    seed: seed ?? document.seed,
    rules: { ...document.rules, ...(listeners !== undefined && { 'listeners.count': listeners }) },
  };
};

const refuse = (field: string, reason: string): never => {
  throw new EngineError('invalid_request', 'no such world can be lived in', { fields: [{ field, reason }] });
};

const readWorld = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw new EngineError('unreadable_file', `${path} cannot be read: ${(cause as Error).message}`, { cause });
    }
    return refuse('world', `there is no "${path}": expected one of ${PRESET_NAMES.join(', ')}, or a file`);
  }
};

export const ID_PREFIX = 'sim';

/** @throws {EngineError} invalid_data for an unknown policy; unavailable, internal from a server; the signal's reason. */
export const simulate = async (options: SimulateOptions): Promise<SimulateResult> => {
  const { document, days, start, policy, folder, watch } = options;
  const stretch: Stretch = { start, until: start + days * DAY_MS, prefix: ID_PREFIX };
  const common = {
    document,
    stretch,
    folder,
    watch,
    onDay: options.onDay ?? (() => undefined),
    signal: options.signal,
  };
  if (folder !== null) writeCatalogue(folder, document, stretch);
  if (isPolicyName(policy)) {
    const { shards } = options;
    const { counts, events, resumedAfter } = await runReference({
      ...common,
      policy,
      ...(shards !== undefined && { shards }),
    });
    return { policy, events, resumedAfter, counts, summary: summarize(counts) };
  }
  if (policy !== ENGINE_POLICY) {
    throw new EngineError(
      'invalid_data',
      `policy "${policy}": expected ${[ENGINE_POLICY, ...POLICY_NAMES].join(', ')}`,
    );
  }
  const { throughHttp = null } = options;
  const { counts, events } = await runServed({
    ...common,
    serviceOf: (frame, log) =>
      throughHttp === null
        ? createEngineService(frame, { seed: document.seed, log })
        : createHttpService(frame, throughHttp),
  });
  return { policy, events, resumedAfter: null, counts, summary: summarize(counts) };
};

const writeCatalogue = (folder: string, document: WorldDocument, stretch: Stretch): void => {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new EngineError('unreadable_file', `no folder can be made at ${folder}: ${(cause as Error).message}`, {
      cause,
    });
  }
  const { catalogue, shows } = createFrame(document, stretch);
  const lines = catalogueItems(catalogue, shows, stretch.start).map((item) => JSON.stringify(toWireItem(item)));
  writeFileSync(join(folder, 'items.ndjson'), `${lines.join('\n')}\n`);
};
