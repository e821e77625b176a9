/** What cards led to, by three rules: the last touch, shares by place, and what chance alone tells. */

import type { EpochMs, Estimate, EventOf } from '#domain';
import type { ChanceCards } from '#policy';
import { type LevelOption, PairMoments, ratioEstimate, weightedDifference } from '#stats';
import { type ActsToward, type CreditedAct, DOWNSTREAM_ACTS, type DownstreamAct, isExamined } from '#units';

/** Fewer cards that chance placed, or listeners who had one, tell nothing. */
export const LEAST_CARDS = 50;
export const LEAST_LISTENERS = 10;
/** Fewer acts, seen or to be expected without the cards, have no normal distribution. */
export const LEAST_ACTS = 5;

export interface ActFigures {
  readonly act: DownstreamAct;
  /** Acts a card that chance placed, credited to the last impression. */
  readonly lastTouch: Estimate;
  /** The same, shared among all impressions in time by their place. */
  readonly byPlace: Estimate;
  /** Acts toward the items of cards that chance placed, and toward those it passed over, whatever led to them. */
  readonly placed: Estimate;
  readonly passedOver: Estimate;
  /** Their difference: what the cards added. Reasons also `few_chance_cards`, `few_acts`. */
  readonly incremental: Estimate;
}

export interface DownstreamFigures {
  /** Cards that chance alone placed; of these, looked at. */
  readonly cards: number;
  readonly lookedAt: number;
  /** Listeners who had one. */
  readonly listeners: number;
  /** Items that were passed over, once a slate. */
  readonly passedOver: number;
  readonly acts: readonly ActFigures[];
}

export interface TalliedSlate {
  readonly slateId: string;
  readonly at: EpochMs;
  readonly cards: readonly { readonly itemId: string }[];
  readonly chance: ChanceCards;
}

interface Sums {
  placed: number;
  lookedAt: number;
  /** Items passed over, and their weights. */
  passed: number;
  weight: number;
  readonly lastTouch: Float64Array;
  readonly byPlace: Float64Array;
  readonly shown: Float64Array;
  readonly notShown: Float64Array;
}

const zeros = (): Float64Array => new Float64Array(DOWNSTREAM_ACTS.length);

export class DownstreamTally {
  readonly #users = new Map<string, Sums>();

  /** A listener's slates, what they did, and the acts that were credited to their impressions. O(candidates). */
  add(
    userId: string,
    slates: readonly TalliedSlate[],
    toward: ActsToward,
    credited: readonly CreditedAct[],
    impressions: readonly EventOf<'impression'>[],
  ): void {
    const sums = this.#of(userId);
    const placed = new Set<string>();
    for (const { slateId, at, cards, chance } of slates) {
      for (const place of chance.placed) {
        const { itemId } = cards[place]!;
        placed.add(cardKey(slateId, itemId));
        sums.placed++;
        addActs(sums.shown, toward, itemId, at, 1);
      }
      for (const [itemId, weight] of chance.passedOver) {
        sums.passed++;
        sums.weight += weight;
        addActs(sums.notShown, toward, itemId, at, weight);
      }
    }
    const seen = new Set<string>();
    for (const impression of impressions) {
      const key = cardKey(impression.slateId, impression.itemId);
      if (placed.has(key) && isExamined(impression) === true) seen.add(key);
    }
    sums.lookedAt += seen.size;
    for (const { impression, act, isLastTouch, credit } of credited) {
      if (!placed.has(cardKey(impression.slateId, impression.itemId))) continue;
      const n = DOWNSTREAM_ACTS.indexOf(act);
      if (isLastTouch) sums.lastTouch[n]!++;
      sums.byPlace[n]! += credit;
    }
  }

  figures(options: LevelOption = {}): DownstreamFigures {
    const all = [...this.#users.values()].filter(({ placed, weight }) => placed > 0 || weight > 0);
    const total = (of: (sums: Sums) => number): number => all.reduce((sum, each) => sum + of(each), 0);
    const cards = total(({ placed }) => placed);
    const listeners = all.filter(({ placed }) => placed > 0).length;
    return {
      cards,
      lookedAt: total(({ lookedAt }) => lookedAt),
      listeners,
      passedOver: total(({ passed }) => passed),
      acts: DOWNSTREAM_ACTS.map((act, n) => {
        if (cards < LEAST_CARDS || listeners < LEAST_LISTENERS) return untold(act, 'few_chance_cards');
        const onPlaced = (of: (sums: Sums) => number): Estimate =>
          ratioOf(all, ({ placed }) => placed, of, cards, options);
        const placed = onPlaced(({ shown }) => shown[n]!);
        const passedOver = ratioOf(
          all,
          ({ weight }) => weight,
          ({ notShown }) => notShown[n]!,
          cards,
          options,
        );
        return {
          act,
          lastTouch: onPlaced(({ lastTouch }) => lastTouch[n]!),
          byPlace: onPlaced(({ byPlace }) => byPlace[n]!),
          placed,
          passedOver,
          // Where one side is told there are enough acts, though the other may have none.
          incremental: placed.ok || passedOver.ok ? differenceOf(n, all, options) : { ok: false, reason: 'few_acts' },
        };
      }),
    };
  }

  #of(userId: string): Sums {
    const held = this.#users.get(userId) ?? {
      placed: 0,
      lookedAt: 0,
      passed: 0,
      weight: 0,
      lastTouch: zeros(),
      byPlace: zeros(),
      shown: zeros(),
      notShown: zeros(),
    };
    this.#users.set(userId, held);
    return held;
  }
}

const untold = (act: DownstreamAct, reason: string): ActFigures => {
  const none = { ok: false, reason } as const;
  return { act, lastTouch: none, byPlace: none, placed: none, passedOver: none, incremental: none };
};

/** Acts a card; `few_acts` where as many as the cards would have fewer than `LEAST_ACTS`. */
const ratioOf = (
  all: readonly Sums[],
  weightOf: (sums: Sums) => number,
  of: (sums: Sums) => number,
  cards: number,
  options: LevelOption,
): Estimate => {
  const pairs = new PairMoments();
  for (const sums of all) if (weightOf(sums) > 0) pairs.add(weightOf(sums), of(sums));
  const estimate = ratioEstimate(pairs, options);
  return estimate.ok && estimate.value * cards < LEAST_ACTS ? { ok: false, reason: 'few_acts' } : estimate;
};

const differenceOf = (n: number, all: readonly Sums[], options: LevelOption): Estimate =>
  weightedDifference(
    all.map((sums) => ({
      treated: { weight: sums.placed, outcome: sums.shown[n]! },
      control: { weight: sums.weight, outcome: sums.notShown[n]! },
    })),
    options,
  );

/** Neither occurs in an id that the engine makes. */
const cardKey = (slateId: string, itemId: string): string => `${slateId}\n${itemId}`;

const addActs = (sums: Float64Array, toward: ActsToward, itemId: string, at: EpochMs, weight: number): void => {
  const acts = toward.after(itemId, at);
  if (acts === undefined) return;
  for (const [n, act] of DOWNSTREAM_ACTS.entries()) sums[n]! += weight * acts[act];
};
