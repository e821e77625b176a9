/** One logged slate under another policy: the shelves that can be judged, or why there are none. */

import { DAY_MS, type EventOf, fromRow, type ItemId } from '#domain';
import {
  changePolicy,
  type ItemTraits,
  massOutside,
  type PolicyChange,
  type PolicyInput,
  propensityOf,
  type SlotLaw,
  slotLaws,
} from '#policy';
import { CANDIDATES_PER_SLOT, loggedInput } from '#serving';
import { namedIntent } from '#units';
import type { CatalogueItem, ItemOf } from '../success/catalogue-items.ts';
import type { PolicyLogRow, SlateRewards } from './slate-rewards.ts';

/** A shelf, card by card. */
export interface ReplayedShelf {
  readonly device: string;
  readonly intent: string;
  readonly slateId: string;
  readonly userId: string;
  readonly rewards: readonly number[];
  readonly logged: readonly number[];
  readonly target: readonly number[];
  /** Probability that the judged policy, going down the logged cards, places one that the log's policy never could. */
  readonly outside: number;
}

/** Why a slate takes no part, in the order in which it is found out. */
export const LEFT_OUT = [
  'no_units',
  'unreadable',
  'inexact',
  'unlogged_candidates',
  'other_page',
  'too_young',
] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

export const replaySlate = (
  row: PolicyLogRow,
  change: PolicyChange,
  rewards: SlateRewards,
  itemOf: ItemOf,
): readonly ReplayedShelf[] | LeftOut => {
  const slate = fromRow('slate', { ...row }) as EventOf<'slate'>;
  const exact = exactLaws(slate);
  if (typeof exact === 'string') return exact;
  const { input, laws: logged, propensities } = exact;
  if (input.shelves.some((shelf) => lacksCandidates(shelf, change))) return 'unlogged_candidates';
  const traitsOf = (item: ItemId): ItemTraits => traitsAt(itemOf(item), slate.at);
  const target = slotLaws(changePolicy(input, change, traitsOf), slate.cards);
  if (target === undefined) return 'other_page';
  const earned = slate.cards.map(({ itemId }) => rewards.of(row.slate_id, itemId));
  if (earned.includes(undefined)) return 'too_young';
  const last = slate.cards.length - 1;
  return placesByRow(slate.cards).map((places) => ({
    device: slate.device ?? 'unknown',
    // As sessions are counted: unknown when nothing was believed firmly enough, or nothing at all.
    intent: namedIntent(slate.context.intents),
    slateId: row.slate_id,
    userId: row.user_id,
    rewards: places.map((n) => earned[n]! + (n === last ? rewards.ofWhole(row.slate_id) : 0)),
    logged: places.map((n) => propensities[n]!),
    target: places.map((n) => propensityOf(target[n]!, slate.cards[n]!.itemId)),
    outside: 1 - places.reduce((inside, n) => inside * (1 - massOutside(target[n]!, logged[n]!)), 1),
  }));
};

export interface ExactLaws {
  readonly input: PolicyInput;
  /** Of each card. */
  readonly laws: readonly SlotLaw[];
  readonly propensities: readonly number[];
}

/** What could have stood at each slot, where the logged propensities come out of the logged candidates again. */
export const exactLaws = (
  slate: Pick<EventOf<'slate'>, 'candidates' | 'cards'>,
): ExactLaws | 'unreadable' | 'inexact' => {
  const input = loggedInput(slate);
  if (input === null || slate.cards.length === 0) return 'unreadable';
  const laws = slotLaws(input, slate.cards);
  const propensities = laws?.map((law, n) => propensityOf(law, slate.cards[n]!.itemId));
  const isExact = propensities?.every((own, n) => Math.abs(own / slate.cards[n]!.propensity - 1) < 1e-9);
  return laws === undefined || propensities === undefined || isExact !== true
    ? 'inexact'
    : { input, laws, propensities };
};

/** The log keeps the best few candidates of a shelf: a wider band would reach below them. */
const lacksCandidates = (
  { candidates, asked }: { readonly candidates: readonly unknown[]; readonly asked: number },
  { bandFactor }: PolicyChange,
): boolean =>
  bandFactor !== undefined &&
  candidates.length < Math.ceil(bandFactor * asked) &&
  candidates.length >= CANDIDATES_PER_SLOT * asked;

const YEAR_MS = 365.25 * DAY_MS;

const traitsAt = (known: CatalogueItem | undefined, at: number): ItemTraits => {
  const released = known?.released_on ? Date.parse(known.released_on) : Number.NaN;
  return { tags: known?.tags ?? [], years: Number.isNaN(released) ? undefined : (at - released) / YEAR_MS };
};

/** Places of the cards of each row. */
const placesByRow = (cards: readonly { readonly row: number }[]): readonly (readonly number[])[] =>
  [...new Set(cards.map(({ row }) => row))].map((row) => cards.flatMap((card, n) => (card.row === row ? [n] : [])));
