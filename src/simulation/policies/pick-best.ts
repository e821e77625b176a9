/** From scored candidates to a list: best first, each slot explored with the same probability, propensities exact. */

import type { Choosing, Picks } from './policy.ts';

export interface PickRules {
  /** Probability that a slot is drawn evenly from all candidates left. */
  readonly exploration: number;
  readonly mostOfAnArtist: number;
}

/**
 * `candidates` are different tracks; those that are not out, hidden, or the seed are left out here. `scoreOf` is told the
 * track and its place among the candidates.
 */
export const pickBest = (
  candidates: ArrayLike<number>,
  scoreOf: (track: number, place: number) => number,
  choosing: Choosing,
  rules: PickRules,
): Picks => {
  const { request, frame } = choosing;
  const { releasedAt } = frame.catalogue.columns;
  const { hidden } = request.life.memory;
  const isHiding = hidden.size > 0;
  desk.clear(candidates.length);
  for (let n = 0; n < candidates.length; n++) {
    const track = candidates[n]!;
    if (releasedAt[track]! > request.at || track === request.seed || (isHiding && hidden.has(track))) continue;
    desk.add(track, scoreOf(track, n));
  }
  return desk.pick(choosing, rules);
};

/** Of so many times the cards that are wanted the best are considered. */
const CONSIDERED = 4;

/** The candidates of one decision; the arrays are used again for the next one. */
class Desk {
  #tracks = new Uint32Array(0);
  #scores = new Float64Array(0);
  #isTaken = new Uint8Array(0);
  /** Places of candidates, the best at the root; equal scores by place. */
  #heap = new Uint32Array(0);
  #count = 0;
  #waiting = 0;

  clear(most: number): void {
    this.#count = 0;
    if (most <= this.#tracks.length) return;
    this.#tracks = new Uint32Array(2 * most);
    this.#scores = new Float64Array(2 * most);
    this.#isTaken = new Uint8Array(2 * most);
    this.#heap = new Uint32Array(2 * most);
  }

  add(track: number, score: number): void {
    const place = this.#count++;
    this.#tracks[place] = track;
    this.#scores[place] = score;
    this.#isTaken[place] = 0;
    this.#heap[place] = place;
  }

  /** A list of as many as are wanted, or as there are. */
  pick({ request, frame, rng }: Choosing, { exploration, mostOfAnArtist }: PickRules): Picks {
    const picks: Picks = { tracks: [], scores: [], propensities: [], explored: [] };
    const { artist } = frame.catalogue.columns;
    const take = (place: number, propensity: number, isExplored: boolean): void => {
      this.#isTaken[place] = 1;
      picks.tracks.push(this.#tracks[place]!);
      picks.scores.push(this.#scores[place]!);
      picks.propensities.push(propensity);
      picks.explored.push(isExplored);
    };
    const isEnough = (place: number): boolean => {
      const who = artist[this.#tracks[place]!]!;
      let shown = 0;
      for (const track of picks.tracks) if (artist[track] === who) shown++;
      return shown >= mostOfAnArtist;
    };
    this.#build();
    let best = -1;
    let considered = 0;
    for (let n = 0; n < request.count; n++) {
      while (best === -1 || this.#isTaken[best] === 1 || isEnough(best)) {
        if (this.#waiting === 0 || considered++ === CONSIDERED * request.count) return picks;
        best = this.#next();
      }
      const left = this.#count - n;
      const share = exploration / left;
      if (exploration === 0 || rng.next() >= exploration) {
        take(best, 1 - exploration + share, false);
        continue;
      }
      const drawn = this.#nthLeft(rng.int(left));
      take(drawn, drawn === best ? 1 - exploration + share : share, drawn !== best);
    }
    return picks;
  }

  #build(): void {
    this.#waiting = this.#count;
    for (let at = (this.#count >> 1) - 1; at >= 0; at--) this.#sink(at);
  }

  /** The best that waits leaves the heap. */
  #next(): number {
    const best = this.#heap[0]!;
    this.#heap[0] = this.#heap[--this.#waiting]!;
    this.#sink(0);
    return best;
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const scores = this.#scores;
    const size = this.#waiting;
    const place = heap[from]!;
    const score = scores[place]!;
    let at = from;
    for (let child = 2 * at + 1; child < size; child = 2 * at + 1) {
      let other = heap[child]!;
      if (child + 1 < size) {
        const right = heap[child + 1]!;
        const gain = scores[right]! - scores[other]!;
        if (gain > 0 || (gain === 0 && right < other)) {
          child++;
          other = right;
        }
      }
      const gain = scores[other]! - score;
      if (gain < 0 || (gain === 0 && other > place)) break;
      heap[at] = other;
      at = child;
    }
    heap[at] = place;
  }

  #nthLeft(n: number): number {
    let skip = n;
    for (let place = 0; place < this.#count; place++) {
      if (this.#isTaken[place] === 0 && skip-- === 0) return place;
    }
    throw new RangeError(`candidate ${n} of those left: there are fewer`);
  }
}

const desk = new Desk();
