/** The k best so far, as a heap with the worst at its root; equal scores by lower item. */

/** Takes (item, score) into the heap of `filled` out of `k`; returns how many there are then. */
export function push(items: usize, scores: usize, filled: i32, k: i32, item: u32, score: f32): i32 {
  if (filled < k) {
    let at = filled;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isWorse(score, item, scoreAt(scores, parent), itemAt(items, parent))) break;
      put(items, scores, at, itemAt(items, parent), scoreAt(scores, parent));
      at = parent;
    }
    put(items, scores, at, item, score);
    return filled + 1;
  }
  sink(items, scores, k, item, score);
  return k;
}

/** What a newcomer has to beat: -Infinity until there are k. */
export function floorOf(scores: usize, filled: i32, k: i32): f32 {
  return filled < k ? -f32.MAX_VALUE : f32.load(scores);
}

/** Turns the heap into a list, best first. */
export function sort(items: usize, scores: usize, filled: i32): void {
  for (let left = filled - 1; left > 0; left--) {
    const item = itemAt(items, left);
    const score = scoreAt(scores, left);
    put(items, scores, left, itemAt(items, 0), scoreAt(scores, 0));
    sink(items, scores, left, item, score);
  }
}

/** Puts (item, score) in place of the root of a heap of `size` and lets it sink. */
function sink(items: usize, scores: usize, size: i32, item: u32, score: f32): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    if (
      child + 1 < size &&
      isWorse(scoreAt(scores, child + 1), itemAt(items, child + 1), scoreAt(scores, child), itemAt(items, child))
    ) {
      child++;
    }
    if (!isWorse(scoreAt(scores, child), itemAt(items, child), score, item)) break;
    put(items, scores, at, itemAt(items, child), scoreAt(scores, child));
    at = child;
  }
  put(items, scores, at, item, score);
}

function isWorse(score: f32, item: u32, than: f32, thanItem: u32): bool {
  return score < than || (score === than && item > thanItem);
}

function itemAt(items: usize, n: i32): u32 {
  return load<u32>(items + ((<usize>n) << 2));
}

function scoreAt(scores: usize, n: i32): f32 {
  return f32.load(scores + ((<usize>n) << 2));
}

function put(items: usize, scores: usize, n: i32, item: u32, score: f32): void {
  store<u32>(items + ((<usize>n) << 2), item);
  f32.store(scores + ((<usize>n) << 2), score);
}
