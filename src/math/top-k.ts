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

/** Empties the heap from worst to best into a list from best to worst. */
const drain = (heap: Uint32Array, scores: Vector, filled: number): Uint32Array => {
  const best = new Uint32Array(filled);
  for (let left = filled; left > 0; left--) {
    best[left - 1] = heap[0]!;
    heap[0] = heap[left - 1]!;
    siftDown(heap, scores, left - 1);
  }
  return best;
};
