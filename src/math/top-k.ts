/** Selection of the best few of many scores. */

import type { Vector } from './dense.ts';

/**
 * Indices of the k highest scores, best first; equal scores by lower index. NaN is never chosen; fewer than k come back
 * when fewer are left. `exclude` is asked only about indices that would enter the list, so a costly test is cheap.
 * O(n + m log k) with m entries into the list; ~k·ln(n/k) of them when scores come in random order.
 */
export const topK = (scores: Vector, k: number, exclude?: (index: number) => boolean): Uint32Array => {
  const size = Math.min(Math.max(0, Math.floor(k)), scores.length);
  if (size === 0) return new Uint32Array(0);
  // A heap with the worst of the chosen at its root: what a newcomer has to beat.
  const heap = new Uint32Array(size);
  let filled = 0;
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index]!;
    // Indices ascend, so at equal scores the newcomer loses. A comparison with NaN is false.
    const enters = filled < size ? !Number.isNaN(score) : score > scores[heap[0]!]!;
    if (!enters || exclude?.(index)) continue;
    if (filled < size) {
      heap[filled] = index;
      siftUp(heap, scores, filled++);
    } else {
      heap[0] = index;
      siftDown(heap, scores, size);
    }
  }
  return drain(heap, scores, filled);
};

/**
 * `topK` one score at a time, for scores that are costly: what is known not to be above `floor` need not be worked out.
 * Scores are above -Infinity, and rounded to f32 before they are compared.
 */
export class TopK {
  /** What a newcomer has to beat; -Infinity until there are k. It only rises. */
  floor: number;
  /** The chosen, by the place they were given; a newcomer takes the place of the one that leaves. */
  readonly #indices: Uint32Array;
  readonly #scores: Float32Array;
  /** Places, the worst at the root. */
  readonly #heap: Uint32Array;
  readonly #exclude: ((index: number) => boolean) | undefined;
  #filled = 0;

  /** Of indices below `count`. `exclude` is asked as by `topK`. */
  constructor(count: number, k: number, exclude?: (index: number) => boolean) {
    const size = Math.min(Math.max(0, Math.floor(k)), count);
    this.#heap = new Uint32Array(size);
    this.#indices = new Uint32Array(size);
    this.#scores = new Float32Array(size);
    this.#exclude = exclude;
    this.floor = size === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }

  /** Takes the score in if it is among the best so far, and returns the floor. Indices may come in any order, each once. */
  offer(index: number, score: number): number {
    const heap = this.#heap;
    const rounded = Math.fround(score);
    const isFull = this.#filled === heap.length;
    const enters = isFull ? this.#beatsWorst(index, rounded) : !Number.isNaN(rounded);
    if (!enters || this.#exclude?.(index)) return this.floor;
    const place = isFull ? heap[0]! : this.#filled;
    this.#indices[place] = index;
    this.#scores[place] = rounded;
    if (isFull) {
      this.#siftDown(heap.length);
    } else {
      heap[place] = place;
      this.#siftUp(this.#filled++);
    }
    if (this.#filled === heap.length) this.floor = this.#scores[heap[0]!]!;
    return this.floor;
  }

  /** The chosen, best first. Nothing can be offered after that. */
  finish(): { readonly indices: Uint32Array; readonly scores: Float32Array } {
    const indices = new Uint32Array(this.#filled);
    const scores = new Float32Array(this.#filled);
    for (let left = this.#filled; left > 0; left--) {
      const place = this.#heap[0]!;
      indices[left - 1] = this.#indices[place]!;
      scores[left - 1] = this.#scores[place]!;
      this.#heap[0] = this.#heap[left - 1]!;
      this.#siftDown(left - 1);
    }
    return { indices, scores };
  }

  #beatsWorst(index: number, score: number): boolean {
    return score > this.floor || (score === this.floor && index < this.#indices[this.#heap[0]!]!);
  }

  #isWorse(a: number, b: number): boolean {
    const scoreA = this.#scores[a]!;
    const scoreB = this.#scores[b]!;
    return scoreA < scoreB || (scoreA === scoreB && this.#indices[a]! > this.#indices[b]!);
  }

  #siftUp(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isWorse(this.#heap[at]!, this.#heap[parent]!)) return;
      swap(this.#heap, at, parent);
      at = parent;
    }
  }

  #siftDown(size: number): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let worst = at;
      const left = 2 * at + 1;
      if (left < size && this.#isWorse(heap[left]!, heap[worst]!)) worst = left;
      if (left + 1 < size && this.#isWorse(heap[left + 1]!, heap[worst]!)) worst = left + 1;
      if (worst === at) return;
      swap(heap, at, worst);
      at = worst;
    }
  }
}

const isWorse = (scores: Vector, a: number, b: number): boolean =>
  scores[a]! < scores[b]! || (scores[a] === scores[b] && a > b);

const siftUp = (heap: Uint32Array, scores: Vector, from: number): void => {
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isWorse(scores, heap[at]!, heap[parent]!)) return;
    swap(heap, at, parent);
    at = parent;
  }
};

const siftDown = (heap: Uint32Array, scores: Vector, size: number): void => {
  let at = 0;
  for (;;) {
    let worst = at;
    const left = 2 * at + 1;
    if (left < size && isWorse(scores, heap[left]!, heap[worst]!)) worst = left;
    if (left + 1 < size && isWorse(scores, heap[left + 1]!, heap[worst]!)) worst = left + 1;
    if (worst === at) return;
    swap(heap, at, worst);
    at = worst;
  }
};

const swap = (heap: Uint32Array, a: number, b: number): void => {
  const kept = heap[a]!;
  heap[a] = heap[b]!;
  heap[b] = kept;
};

/** Empties the heap from worst to best, so that what it was becomes a list from best to worst. */
const drain = (heap: Uint32Array, scores: Vector, filled: number): Uint32Array => {
  for (let left = filled - 1; left > 0; left--) {
    swap(heap, 0, left);
    siftDown(heap, scores, left);
  }
  return filled === heap.length ? heap : heap.slice(0, filled);
};
