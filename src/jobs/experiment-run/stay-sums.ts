/** Sums over what listeners did in their units, and in the days before. */

import type { EpochMs } from '#domain';
import type { Pair } from './unit-windows.ts';

/** A unit of an experiment: from its exposure until it ends, for one of its users. */
export interface Stay {
  readonly userId: string;
  /** Of the days before it. */
  readonly before: EpochMs;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

export interface StayOutcomes {
  readonly after: Pair;
  readonly before: Pair;
}

interface Sums {
  numerator: number;
  denominator: number;
}

/** One pair a stay and one of the days before it. */
export class StaySums {
  readonly outcomes: readonly { readonly after: Sums; readonly before: Sums }[];
  /** Places of the stays of each user. */
  readonly byUser: ReadonlyMap<string, readonly number[]>;

  readonly #stays: readonly Stay[];

  constructor(stays: readonly Stay[]) {
    this.#stays = stays;
    this.outcomes = stays.map(() => ({
      after: { numerator: 0, denominator: 0 },
      before: { numerator: 0, denominator: 0 },
    }));
    this.byUser = placesByUser(stays);
  }

  /** The first moment that is asked for. */
  get from(): EpochMs {
    return this.#stays.reduce((least, { before }) => Math.min(least, before), Number.POSITIVE_INFINITY);
  }

  /** The last one. */
  get to(): EpochMs {
    return this.#stays.reduce((most, { to }) => Math.max(most, to), 0);
  }

  /**
   * Something of a user that began at `start`: it is of the stay it began in, or of the days before one when it was known
   * after `horizonMs`, before the exposure, so that no exposure can have moved it.
   */
  add(userId: string, start: EpochMs, horizonMs: number, numerator: number, denominator: number): void {
    for (const place of this.byUser.get(userId) ?? []) {
      const side = sideOf(this.#stays[place]!, start, horizonMs);
      if (side === null) continue;
      const sums = this.outcomes[place]![side];
      sums.numerator += numerator;
      sums.denominator += denominator;
    }
  }
}

const placesByUser = (stays: readonly Stay[]): ReadonlyMap<string, readonly number[]> => {
  const byUser = new Map<string, number[]>();
  for (const [place, { userId }] of stays.entries()) {
    const held = byUser.get(userId);
    if (held === undefined) byUser.set(userId, [place]);
    else held.push(place);
  }
  return byUser;
};

const sideOf = ({ before, from, to }: Stay, start: EpochMs, horizonMs: number): 'after' | 'before' | null => {
  if (start >= from && start < to) return 'after';
  return start >= before && start + horizonMs <= from ? 'before' : null;
};
