/** What a world is before anything happens in it: the same for everyone who builds it from the same document and seed. */

import { DAY_MS, type EpochMs } from '#domain';
import { createRng, type Rng } from '#math';
import { createCatalogue } from './catalogue.ts';
import { createFame } from './fame.ts';
import { createListener, createPeople, type Listener, type WorldFrame } from './listener.ts';
import { createNamer } from './names.ts';
import { createShows } from './shows.ts';
import type { WorldDocument } from './world-document.ts';

export interface Stretch {
  readonly start: EpochMs;
  readonly until: EpochMs;
  /** Begins every id of the world. */
  readonly prefix: string;
}

export const rootRng = (seed: string | number): Rng => createRng('world').derive(seed);

export const createFrame = (document: WorldDocument, stretch: Stretch): WorldFrame => {
  const { rules, shocks } = document;
  const { start, until, prefix } = stretch;
  const rng = rootRng(document.seed);
  const namer = createNamer();
  const options = { prefix, until, rng, namer };
  const catalogue = createCatalogue({
    ...options,
    tracks: rules['catalogue.tracks'],
    bait: rules['catalogue.bait'],
  });
  const base = {
    prefix,
    start,
    until,
    firstDay: Math.floor(start / DAY_MS),
    rules,
    shocks,
    listeners: rules['listeners.count'],
    catalogue,
    fame: createFame(catalogue, start, rng.derive('past')),
    shows: createShows({ ...options, start, shows: rules['catalogue.shows'] }),
    people: createPeople(),
  };
  const releases = Float64Array.from(catalogue.tracks, (track) => track.releasedAt).sort();
  const known = new Map<number, Listener>();
  const listenerAt = (n: number): Listener => {
    let listener = known.get(n);
    if (listener === undefined) {
      listener = createListener(n, base, rng.derive('listener', n));
      known.set(n, listener);
    }
    return listener;
  };
  return { ...base, listenerAt, releasedBy: (at) => countUpTo(releases, at) };
};

/** Makes those listeners and their company while fame is as it was before the world began. */
export const gather = (frame: WorldFrame, first: number, end: number): void => {
  for (let n = first; n < end; n++) for (const other of frame.listenerAt(n).companions) frame.listenerAt(other);
};

/** How many of the ascending values are at most x. */
const countUpTo = (ascending: Float64Array, x: number): number => {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
};
