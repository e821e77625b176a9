/** An artist's career: when there was something new, and how much of it. */

import { DAY_MS, type EpochMs } from '#domain';
import type { Rng } from '#math';

export interface Release {
  readonly at: EpochMs;
  /** Tracks. */
  readonly size: number;
}

export interface Career {
  readonly debutAt: EpochMs;
  /** Newest first. */
  readonly releases: readonly Release[];
}

const TRACKS_AN_ARTIST = 9;
const FEWEST_TRACKS = 3;
/** Share of artists who still release; the others have stopped. */
const ACTIVE_SHARE = 0.78;
/** Mean days between two releases of someone in their first years, before the gaps grow. */
const MEAN_GAP_DAYS = 55;
/** Mean days since the last release of those who have stopped. */
const MEAN_SILENCE_DAYS = 2500;

/** Releases back from the world's end, a renewal process whose gaps grow: catalogues are thick at the new end. */
export const drawCareer = (until: EpochMs, mostTracks: number, rng: Rng): Career => {
  const count = Math.min(mostTracks, FEWEST_TRACKS + rng.int(2 * (TRACKS_AN_ARTIST - FEWEST_TRACKS) + 1));
  let daysAgo = rng.next() < ACTIVE_SHARE ? 1 + waiting(MEAN_GAP_DAYS, rng) : 120 + waiting(MEAN_SILENCE_DAYS, rng);
  const releases: Release[] = [];
  for (let left = count; left > 0; ) {
    const isSingle = rng.next() < 0.6;
    const size = Math.min(left, isSingle ? 1 + rng.int(2) : 3 + rng.int(8));
    releases.push({ at: until - DAY_MS * Math.round(daysAgo), size });
    left -= size;
    daysAgo += 7 + waiting(MEAN_GAP_DAYS * (1 + 2 * releases.length), rng);
  }
  return { debutAt: releases.at(-1)?.at ?? until, releases };
};

/** Exponential with that mean. */
const waiting = (mean: number, rng: Rng): number => -mean * Math.log(1 - rng.next());
