/** MAiSP: precision in seconds, interpolated over shares of the relevant seconds [Racca2015]. */

import type { Part, Span } from './parts.ts';

export interface SegmentPrecision {
  readonly relevantSeconds: number;
  readonly retrievedSeconds: number;
  readonly foundSeconds: number;
  /** Mean of the interpolated precision over the points of recall. */
  readonly average: number;
  /** Interpolated precision at the point of recall after this many hundredths, as the campaign had it; 0 beyond. */
  readonly afterHundredths: (hundredths: number) => number;
}

/**
 * Plays a ranking to a listener who hears each part, stays to the end of what is relevant in it, and does not hear again
 * what was heard. `relevant` holds disjoint parts by recording, in order; times are whole seconds. Points of recall are
 * each hundredth of the relevant seconds, or each second when there are no more than 100.
 */
export const segmentPrecision = (
  ranking: readonly Part[],
  relevant: ReadonlyMap<string, readonly Part[]>,
): SegmentPrecision => {
  const listener = new SegmentListener(relevant);
  for (const part of ranking) listener.hear(part);
  return listener.summary();
};

class SegmentListener {
  /** What is relevant and was not heard, by recording. */
  readonly #left: Map<string, readonly Span[]>;
  readonly #relevantSeconds: number;
  readonly #points: readonly number[];
  /** Precision at each point of recall after 0 that was passed, as it was when it was passed. */
  readonly #precisions: number[] = [];
  #retrieved = 0;
  #found = 0;

  constructor(relevant: ReadonlyMap<string, readonly Part[]>) {
    this.#left = new Map(
      [...relevant].map(([source, parts]) => [source, parts.map(({ start, end }): Span => [start, end])]),
    );
    this.#relevantSeconds = [...this.#left.values()].flat().reduce((sum, [start, end]) => sum + end - start, 0);
    this.#points = recallPoints(this.#relevantSeconds);
  }

  hear({ source, start, end }: Part): void {
    const spans = this.#left.get(source) ?? [];
    const rest: Span[] = [];
    let heard = 0;
    let from = start;
    for (const span of spans) {
      if (!touch(span, [from, end])) {
        rest.push(span);
        continue;
      }
      const entry = Math.max(span[0], from);
      const gained = Math.max(0, span[1] - entry);
      heard += entry - from + gained;
      this.#gain(gained, this.#retrieved + heard);
      // What is left of it ends a second before the entry.
      if (entry - 1 > span[0]) rest.push([span[0], entry - 1]);
      from += heard;
    }
    this.#retrieved += Math.max(heard, end - start, 0);
    if (spans.length > 0) this.#left.set(source, rest);
  }

  #gain(seconds: number, heardSeconds: number): void {
    this.#found += seconds;
    for (;;) {
      const point = this.#points[this.#precisions.length + 1];
      if (point === undefined || point > this.#found) return;
      // Relevant seconds come last: those beyond the point were heard after it.
      this.#precisions.push(point / (heardSeconds - (this.#found - point)));
    }
  }

  summary(): SegmentPrecision {
    const best = this.#precisions.slice();
    for (let n = best.length - 2; n >= 0; n--) best[n] = Math.max(best[n]!, best[n + 1]!);
    // At no recall nothing has been heard: precision 1, unless nothing ever was found.
    const sum = best.reduce((total, value) => total + value, best.length > 0 ? 1 : 0);
    return {
      relevantSeconds: this.#relevantSeconds,
      retrievedSeconds: this.#retrieved,
      foundSeconds: this.#found,
      average: sum / this.#points.length,
      afterHundredths: (hundredths) => best[hundredths] ?? 0,
    };
  }
}

const touch = (a: Span, b: Span): boolean => (b[0] <= a[0] && a[0] <= b[1]) || (a[0] <= b[0] && b[0] <= a[1]);

const HUNDRED = 100;

/** From 0 up; the last one is moved by the seconds that do not divide. */
const recallPoints = (seconds: number): number[] => {
  if (seconds <= HUNDRED) return Array.from({ length: seconds + 1 }, (_, n) => n);
  const over = seconds % HUNDRED;
  const step = over <= HUNDRED / 2 ? Math.floor(seconds / HUNDRED) : Math.ceil(seconds / HUNDRED);
  const points = Array.from({ length: Math.ceil(seconds / step) }, (_, n) => n * step);
  points[points.length - 1]! += over;
  return points;
};
