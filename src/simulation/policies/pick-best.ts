/** From scored candidates to a list: best first, each slot explored with the same probability, propensities exact. */

import { topK } from '#math';
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
  const places = possibleOf(candidates, choosing);
  const possible = new Uint32Array(places.length);
  const scores = new Float64Array(places.length);
  for (let n = 0; n < places.length; n++) {
    const track = candidates[places[n]!]!;
    possible[n] = track;
    scores[n] = scoreOf(track, places[n]!);
  }
  const list = new PickList(possible, scores, choosing, rules);
  for (let n = 0; n < choosing.request.count; n++) if (!list.pick()) break;
  return list.picks;
};

/** Places of candidates that may be shown. */
const possibleOf = (candidates: ArrayLike<number>, { request, frame }: Choosing): number[] => {
  const { tracks } = frame.catalogue;
  const { hidden } = request.life.memory;
  const places: number[] = [];
  for (let n = 0; n < candidates.length; n++) {
    const track = candidates[n]!;
    if (tracks[track]!.releasedAt <= request.at && track !== request.seed && !hidden.has(track)) places.push(n);
  }
  return places;
};

class PickList {
  readonly picks: Picks = { tracks: [], scores: [], propensities: [], explored: [] };
  readonly #possible: Uint32Array;
  readonly #scores: Float64Array;
  readonly #choosing: Choosing;
  readonly #rules: PickRules;
  readonly #order: Uint32Array;
  readonly #isTaken: Uint8Array;
  readonly #perArtist = new Map<number, number>();
  #place = 0;
  #left: number;

  constructor(possible: Uint32Array, scores: Float64Array, choosing: Choosing, rules: PickRules) {
    this.#possible = possible;
    this.#scores = scores;
    this.#choosing = choosing;
    this.#rules = rules;
    this.#order = topK(scores, Math.min(possible.length, 4 * choosing.request.count));
    this.#isTaken = new Uint8Array(possible.length);
    this.#left = possible.length;
  }

  /** Fills the next slot; false when nothing is left that may stand there. */
  pick(): boolean {
    const best = this.#best();
    if (best === -1) return false;
    const { exploration } = this.#rules;
    const share = exploration / this.#left;
    if (exploration === 0 || this.#choosing.rng.next() >= exploration) {
      this.#take(best, 1 - exploration + share, false);
      return true;
    }
    const drawn = this.#nthLeft(this.#choosing.rng.int(this.#left));
    this.#take(drawn, drawn === best ? 1 - exploration + share : share, drawn !== best);
    return true;
  }

  /** The best that is left and whose artist is not shown enough; −1 when there is none among the first. */
  #best(): number {
    for (; this.#place < this.#order.length; this.#place++) {
      const n = this.#order[this.#place]!;
      if (this.#isTaken[n] === 0 && (this.#perArtist.get(this.#artist(n)) ?? 0) < this.#rules.mostOfAnArtist) return n;
    }
    return -1;
  }

  #artist(n: number): number {
    return this.#choosing.frame.catalogue.tracks[this.#possible[n]!]!.artist;
  }

  #take(n: number, propensity: number, isExplored: boolean): void {
    const artist = this.#artist(n);
    this.#isTaken[n] = 1;
    this.#left--;
    this.#perArtist.set(artist, (this.#perArtist.get(artist) ?? 0) + 1);
    this.picks.tracks.push(this.#possible[n]!);
    this.picks.scores.push(this.#scores[n]!);
    this.picks.propensities.push(propensity);
    this.picks.explored.push(isExplored);
  }

  #nthLeft(n: number): number {
    let skip = n;
    for (let at = 0; at < this.#isTaken.length; at++) {
      if (this.#isTaken[at] === 0 && skip-- === 0) return at;
    }
    throw new RangeError(`candidate ${n} of ${this.#left} left: there are fewer`);
  }
}
