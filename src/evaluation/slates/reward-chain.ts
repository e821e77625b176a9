/** A model of rewards that influence each other: a reward depends on its item and on whether the slot above was rewarded. */

import type { Rng } from '#math';

/** Rewards are 0 or 1; matrices are slates × slots, row-major. */
export interface ChainData {
  readonly slots: number;
  /** Context of each slate, from 0. */
  readonly contexts: Uint32Array;
  readonly contextCount: number;
  /** Items by slot, from 0. */
  readonly items: Uint32Array;
  readonly itemCount: number;
  readonly rewards: Float64Array;
}

/**
 * P(r_k = 1 | context, item, r_{k−1}), by cell; before the first slot nothing was rewarded. A Markov chain along the
 * slate: it contains independent slots, cascades that end, and rewards that carry on.
 */
export interface RewardChain {
  readonly itemCount: number;
  /** contexts × items × 2 (slot above unrewarded, rewarded), row-major. */
  readonly probabilities: Float64Array;
}

/**
 * Observations of its item's rate that each cell is credited with, and of the rate over all that an item is: enough to
 * speak of cells never seen, too few to lift the many rates near 0, whose sum a slate adds up.
 */
const PRIOR = 0.1;

/**
 * Rates by cell, drawn a little towards those of the item in all contexts with the same r_{k−1}. O(slates · slots).
 */
export const fitRewardChain = (data: ChainData): RewardChain => {
  const { slots, contexts, contextCount, items, itemCount, rewards } = data;
  const hits = new Float64Array(contextCount * itemCount * 2);
  const seen = new Float64Array(contextCount * itemCount * 2);
  for (let n = 0; n < contexts.length; n++) {
    let before = 0;
    for (let at = n * slots; at < (n + 1) * slots; at++) {
      const cell = (contexts[n]! * itemCount + items[at]!) * 2 + before;
      before = rewards[at]! > 0 ? 1 : 0;
      hits[cell]! += before;
      seen[cell]!++;
    }
  }
  const rates = itemRates(hits, seen, itemCount);
  const probabilities = hits.map((hit, cell) => {
    const rate = rates[cell % (itemCount * 2)]!;
    return (hit + PRIOR * rate) / (seen[cell]! + PRIOR);
  });
  return { itemCount, probabilities };
};

/** Rates over all contexts: items × 2. */
const itemRates = (hits: Float64Array, seen: Float64Array, itemCount: number): Float64Array => {
  const hit = sumContexts(hits, itemCount);
  const all = sumContexts(seen, itemCount);
  const rates = [0, 1].map((state) => stateRate(hit, all, state));
  return hit.map((own, cell) => (own + PRIOR * rates[cell % 2]!) / (all[cell]! + PRIOR));
};

const sumContexts = (cells: Float64Array, itemCount: number): Float64Array => {
  const sums = new Float64Array(itemCount * 2);
  for (let cell = 0; cell < cells.length; cell++) sums[cell % sums.length]! += cells[cell]!;
  return sums;
};

/** Half a hit of one observation where nothing was seen. */
const stateRate = (hits: Float64Array, seen: Float64Array, state: number): number => {
  let hit = 0.5;
  let all = 1;
  for (let cell = state; cell < hits.length; cell += 2) {
    hit += hits[cell]!;
    all += seen[cell]!;
  }
  return hit / all;
};

/**
 * P(r_k = 1 | context, a_1 … a_k) for each slot, the rewards above summed out, into `into`. O(slots).
 */
export const predictSlots = (
  { itemCount, probabilities }: RewardChain,
  context: number,
  items: ArrayLike<number>,
  into: Float64Array,
): void => {
  let rewarded = 0;
  for (let slot = 0; slot < into.length; slot++) {
    const cell = (context * itemCount + items[slot]!) * 2;
    rewarded = (1 - rewarded) * probabilities[cell]! + rewarded * probabilities[cell + 1]!;
    into[slot] = rewarded;
  }
};

/** `predictSlots` of all logged slates: slates × slots. */
export const predictLoggedSlots = (chain: RewardChain, data: ChainData): Float64Array => {
  const predicted = new Float64Array(data.items.length);
  for (let n = 0; n < data.contexts.length; n++) {
    const [from, to] = [n * data.slots, (n + 1) * data.slots];
    predictSlots(chain, data.contexts[n]!, data.items.subarray(from, to), predicted.subarray(from, to));
  }
  return predicted;
};

/** Slates that the judged policy draws for each context, to take expectations over: contexts × draws × slots. */
export interface PolicyDraws {
  readonly draws: number;
  readonly slots: number;
  readonly items: Uint32Array;
}

/** Draws slates of the judged policy. `draw` fills `into` with the items of one slate. */
export const drawPolicySlates = (
  { contextCount, draws, slots }: { contextCount: number; draws: number; slots: number },
  draw: (context: number, into: Uint32Array, rng: Rng) => void,
  rng: Rng,
): PolicyDraws => {
  const items = new Uint32Array(contextCount * draws * slots);
  for (let context = 0; context < contextCount; context++) {
    for (let n = 0; n < draws; n++) {
      const from = (context * draws + n) * slots;
      draw(context, items.subarray(from, from + slots), rng);
    }
  }
  return { draws, slots, items };
};

/** The draws without every `groups`-th of each context, from `group` on: for `groupJackknife`. */
export const withoutDraws = ({ draws, slots, items }: PolicyDraws, group: number, groups: number): PolicyDraws => {
  const contextCount = items.length / draws / slots;
  const places = Array.from({ length: draws }, (_, n) => n).filter((n) => n % groups !== group);
  const kept = new Uint32Array(contextCount * places.length * slots);
  for (let context = 0; context < contextCount; context++) {
    places.forEach((n, place) => {
      const from = (context * draws + n) * slots;
      kept.set(items.subarray(from, from + slots), (context * places.length + place) * slots);
    });
  }
  return { draws: places.length, slots, items: kept };
};

/** Expected reward of each slot under the judged policy: contexts × slots. */
export const expectSlots = (chain: RewardChain, { draws, slots, items }: PolicyDraws): Float64Array => {
  const contextCount = items.length / draws / slots;
  const expected = new Float64Array(contextCount * slots);
  const predicted = new Float64Array(slots);
  for (let context = 0; context < contextCount; context++) {
    for (let n = 0; n < draws; n++) {
      const from = (context * draws + n) * slots;
      predictSlots(chain, context, items.subarray(from, from + slots), predicted);
      for (let slot = 0; slot < slots; slot++) expected[context * slots + slot]! += predicted[slot]! / draws;
    }
  }
  return expected;
};
