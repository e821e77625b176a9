/** What outcomes of one definition come to in one cell, user by user. */

import { type Cell, estimateShare, ratioMoments } from '#metrics';
import type { LevelOption } from '#stats';
import type { UnitOutcome } from '#success';
import type { FigureRow } from './figure-row.ts';

interface UserTally {
  achieved: number;
  failed: number;
  /** Mature outcomes with a value, and the sum of their values. */
  valued: number;
  value: number;
}

/** Immature outcomes count nowhere else: they may change. */
export class OutcomeTally {
  readonly #cell: Cell;
  readonly #users = new Map<string, UserTally>();
  #units = 0;
  #immature = 0;

  constructor(cell: Cell) {
    this.#cell = cell;
  }

  add({ user_id, label, value, mature }: UnitOutcome): void {
    this.#units++;
    if (!mature) {
      this.#immature++;
      return;
    }
    const user = this.#users.get(user_id) ?? { achieved: 0, failed: 0, valued: 0, value: 0 };
    this.#users.set(user_id, user);
    if (label !== 'unknown') user[label]++;
    if (value === null) return;
    user.valued++;
    user.value += value;
  }

  /**
   * `rate`: achieved of achieved and failed; `value`: mean value of those that have one, in [0, 1] too, so that the exact
   * interval of a share holds where it is 0 or 1 throughout. What is unknown is in neither.
   */
  toRow(of: 'rate' | 'value', options: LevelOption): FigureRow {
    const pairs = [...this.#users.values()]
      .map(({ achieved, failed, valued, value }) =>
        of === 'rate' ? { x: achieved + failed, y: achieved } : { x: valued, y: value },
      )
      .filter(({ x }) => x > 0);
    const events = pairs.reduce((sum, { x }) => sum + x, 0);
    const mature = this.#units - this.#immature;
    const beside = {
      cell: this.#cell,
      users: pairs.length,
      events,
      leftOut: this.#immature,
      unknown: mature - events,
    };
    if (events > 0) return { ...beside, ...estimateShare(ratioMoments(pairs), options) };
    const none = { ok: false, reason: mature === 0 ? 'all_immature' : 'all_unknown' } as const;
    return { ...beside, byEvents: none, byUsers: none };
  }
}
