/** What was shown, and what was clicked: the data of click models. */

/** Sessions × slots, row-major. An item is what attraction is learned of: a document for a query, a card for a need. */
export interface ClickSessions {
  readonly size: number;
  readonly slots: number;
  readonly items: Uint32Array;
  readonly itemCount: number;
  /** 1 clicked (or played), 0 not. */
  readonly clicks: Uint8Array;
  /** What a viewport saw of each card: 1 in view, 0 never in view, 2 not known. Undefined when nothing is known. */
  readonly seen?: Uint8Array | undefined;
}

export const SEEN_UNKNOWN = 2;

/**
 * Checks the shapes.
 * @throws {RangeError} for arrays of other lengths than size · slots, an item of `itemCount` or more, clicks that are not 0
 * or 1, seen that is not 0, 1 or 2, and a click on a card that was never in view.
 */
export const checkSessions = ({ size, slots, items, itemCount, clicks, seen }: ClickSessions): void => {
  const cards = size * slots;
  for (const [name, length] of [
    ['items', items.length],
    ['clicks', clicks.length],
    ['seen', seen?.length ?? cards],
  ] as const) {
    if (length !== cards) throw new RangeError(`${length} ${name}: expected ${size} sessions of ${slots} slots`);
  }
  for (let card = 0; card < cards; card++) {
    if (items[card]! >= itemCount) throw new RangeError(`item ${items[card]}: expected one below ${itemCount}`);
    if (clicks[card]! > 1) throw new RangeError(`clicks ${clicks[card]}: expected 0 or 1`);
    if (seen !== undefined && seen[card]! > SEEN_UNKNOWN)
      throw new RangeError(`seen ${seen[card]}: expected 0, 1 or 2`);
    if (seen?.[card] === 0 && clicks[card] === 1) throw new RangeError('a click on a card that was never in view');
  }
};

/** How EM went: `logLikelihood` after each sweep, in nats over all cards; it never falls. */
export interface EmReport {
  readonly converged: boolean;
  readonly sweeps: number;
  readonly logLikelihood: readonly number[];
}

export interface EmOptions {
  /** 200 unless given. */
  readonly mostSweeps?: number;
  /** Gain a card below which EM has converged, in nats; 1e-9 unless given. */
  readonly tolerance?: number;
}

/** Runs sweeps until the log-likelihood gains less than the tolerance a card. `sweep` improves in place and returns it. */
export const runEm = (
  cards: number,
  sweep: () => number,
  { mostSweeps = 200, tolerance = 1e-9 }: EmOptions,
): EmReport => {
  const logLikelihood: number[] = [];
  while (logLikelihood.length < mostSweeps) {
    const reached = sweep();
    const before = logLikelihood.at(-1);
    logLikelihood.push(reached);
    if (before !== undefined && reached - before < tolerance * cards) {
      return { converged: true, sweeps: logLikelihood.length, logLikelihood };
    }
  }
  return { converged: false, sweeps: logLikelihood.length, logLikelihood };
};
