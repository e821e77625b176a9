/**
 * The environment in which RIPS was published: ten tracks a context with appeals from Beta(0.3, 1), and a listener who,
 * once a track has pleased, is pleased by all that follow. Policies place tracks without replacement: the best or the
 * worst first, nine times of ten, or all in random order. Written from its description.
 */

import {
  type ChainData,
  drawPolicySlates,
  expectSlots,
  fitRewardChain,
  type PolicyDraws,
  predictLoggedSlots,
  type Rng,
  type SlateRounds,
  toSlateRounds,
} from '#evaluation';

export const CONTEXTS = 10;
const ITEMS = 10;
export const SLATES = 5000;

export const POLICIES = ['best', 'random', 'worst'] as const;
export type PolicyName = (typeof POLICIES)[number];

export interface SlateWorld {
  /** contexts × items, appeals ascending in the item. */
  readonly appeals: Float64Array;
}

export const createSlateWorld = (rng: Rng): SlateWorld => {
  const appeals = new Float64Array(CONTEXTS * ITEMS);
  for (let context = 0; context < CONTEXTS; context++) {
    // The inverse of Beta(0.3, 1)'s distribution function x^0.3.
    const own = Float64Array.from({ length: ITEMS }, () => rng.next() ** (1 / 0.3)).sort();
    appeals.set(own, context * ITEMS);
  }
  return { appeals };
};

const EPSILON: Readonly<Record<PolicyName, number>> = { best: 0.1, random: 1, worst: 0.1 };

/** Place in `left` (items not yet placed, ascending) of the policy's first choice. */
const favourite = (policy: PolicyName, left: readonly number[]): number => (policy === 'worst' ? 0 : left.length - 1);

const drawSlate = (policy: PolicyName, into: Uint32Array, rng: Rng): void => {
  const left = Array.from({ length: ITEMS }, (_, item) => item);
  for (let slot = 0; slot < into.length; slot++) {
    const explores = rng.next() < EPSILON[policy];
    const place = explores ? rng.int(left.length) : favourite(policy, left);
    into[slot] = left[place]!;
    left.splice(place, 1);
  }
};

/** Probability of each item given those above it. */
const probabilities = (policy: PolicyName, items: Uint32Array, slots: number): Float64Array => {
  const out = new Float64Array(items.length);
  for (let from = 0; from < items.length; from += slots) {
    const left = Array.from({ length: ITEMS }, (_, item) => item);
    for (let at = from; at < from + slots; at++) {
      const place = left.indexOf(items[at]!);
      const greedy = place === favourite(policy, left) ? 1 - EPSILON[policy] : 0;
      out[at] = greedy + EPSILON[policy] / left.length;
      left.splice(place, 1);
    }
  }
  return out;
};

export interface SlateLog extends ChainData {
  readonly logged: Float64Array;
  /** Of the judged policy; empty until `aimAt`. */
  readonly target: Float64Array;
}

/** The log with the probabilities of a policy that is to be judged. */
export const aimAt = (log: SlateLog, policy: PolicyName): SlateLog => ({
  ...log,
  target: probabilities(policy, log.items, log.slots),
});

export const logSlates = (world: SlateWorld, policy: PolicyName, slots: number, rng: Rng): SlateLog => {
  const contexts = Uint32Array.from({ length: SLATES }, () => rng.int(CONTEXTS));
  const items = new Uint32Array(SLATES * slots);
  const rewards = new Float64Array(SLATES * slots);
  for (let n = 0; n < SLATES; n++) {
    drawSlate(policy, items.subarray(n * slots, (n + 1) * slots), rng);
    let pleased = false;
    for (let at = n * slots; at < (n + 1) * slots; at++) {
      pleased ||= rng.next() < world.appeals[contexts[n]! * ITEMS + items[at]!]!;
      rewards[at] = pleased ? 1 : 0;
    }
  }
  const logged = probabilities(policy, items, slots);
  return {
    slots,
    contexts,
    contextCount: CONTEXTS,
    items,
    itemCount: ITEMS,
    rewards,
    logged,
    target: new Float64Array(0),
  };
};

export const drawsOf = (policy: PolicyName, slots: number, draws: number, rng: Rng): PolicyDraws =>
  drawPolicySlates({ contextCount: CONTEXTS, draws, slots }, (_, into, own) => drawSlate(policy, into, own), rng);

const SETS = 1 << ITEMS;
const itemsOf = (set: number): readonly number[] =>
  Array.from({ length: ITEMS }, (_, item) => item).filter((item) => (set >> item) & 1);

/** Probability that a policy's first slots hold this set of items, whatever their order; sets are bits. */
const chancesOfSets = (policy: PolicyName): Float64Array => {
  const chances = new Float64Array(SETS);
  chances[0] = 1;
  // A set is larger as a number than each set it is made from.
  for (let set = 0; set < SETS - 1; set++) {
    const left = itemsOf(SETS - 1 - set);
    const first = left[favourite(policy, left)]!;
    for (const item of left) {
      const greedy = item === first ? 1 - EPSILON[policy] : 0;
      chances[set | (1 << item)]! += chances[set]! * (greedy + EPSILON[policy] / left.length);
    }
  }
  return chances;
};

/**
 * Mean reward of a slate of all items under a policy, exactly: a slot goes unrewarded when nothing down to it has pleased,
 * which depends on the set of items down to it and not on their order.
 */
export const truthOf = ({ appeals }: SlateWorld, policy: PolicyName): number => {
  const chances = chancesOfSets(policy);
  let unrewarded = 0;
  for (let context = 0; context < CONTEXTS; context++) {
    for (let set = 1; set < SETS; set++) {
      const missed = itemsOf(set).reduce((product, item) => product * (1 - appeals[context * ITEMS + item]!), 1);
      unrewarded += chances[set]! * missed;
    }
  }
  return ITEMS - unrewarded / CONTEXTS;
};

/** Slates with weights and the predictions of a reward chain fitted to them. */
export const roundsOf = (log: SlateLog, draws: PolicyDraws): SlateRounds => {
  const chain = fitRewardChain(log);
  const byContext = expectSlots(chain, draws);
  const expected = new Float64Array(log.items.length);
  for (let n = 0; n < log.contexts.length; n++) {
    const from = log.contexts[n]! * log.slots;
    expected.set(byContext.subarray(from, from + log.slots), n * log.slots);
  }
  return toSlateRounds({
    slots: log.slots,
    rewards: log.rewards,
    loggedProbabilities: log.logged,
    targetProbabilities: log.target,
    slotModel: { logged: predictLoggedSlots(chain, log), expected },
  });
};

/** The slates of the log at these places. */
export const keepSlates = (log: SlateLog, places: Uint32Array): SlateLog => {
  const { slots } = log;
  const take = <Kind extends Uint32Array | Float64Array>(values: Kind, into: Kind): Kind => {
    places.forEach((n, place) => {
      into.set(values.subarray(n * slots, (n + 1) * slots), place * slots);
    });
    return into;
  };
  const size = places.length * slots;
  return {
    ...log,
    contexts: Uint32Array.from(places, (n) => log.contexts[n]!),
    items: take(log.items, new Uint32Array(size)),
    rewards: take(log.rewards, new Float64Array(size)),
    logged: take(log.logged, new Float64Array(size)),
    target: take(log.target, new Float64Array(size)),
  };
};
