/** Weekly discovery: from Monday 06:00 of the listener's own clock, one list all week of what they have never played. */

import { type EpochMs, type EventOf, type ItemId, itemTypeOf, type UserId } from '#domain';
import type { ServedSlate } from './answers.ts';
import { extraOf } from './decision.ts';
import type { RankedPlaces } from './learned.ts';
import { factsOf } from './listener-facts.ts';
import type { ServingMemory } from './memory.ts';
import { noticesFor, shortNotice } from './notices.ts';
import { servedSlate } from './served-slate.ts';
import type { WeeklyRequest } from './serving.ts';
import { becausePlayed, rankingsFor } from './shelves/discovery.ts';
import { popularClaim } from './shelves/popular.ts';
import type { PageContext, ScoredPlace, ShelfPlan } from './shelves/shelf-plan.ts';
import { inTiers, planShelf } from './shelves/shelf-plan.ts';
import { weekStart } from './week.ts';

const LENGTH = 30;
/** The first five are the closest: nothing is explored before them. */
const CLOSEST = 5;

type Slate = EventOf<'slate'>;
type Card = Slate['cards'][number];

interface WeeklyPlan {
  readonly plan: ShelfPlan | null;
  /** Cards kept from the list that stood before. */
  readonly kept: number;
}

export class Weekly {
  readonly #memory: ServingMemory;

  constructor(memory: ServingMemory) {
    this.#memory = memory;
  }

  async answer(userId: UserId, { length = LENGTH, timeZone, ...unit }: WeeklyRequest): Promise<ServedSlate> {
    const memory = this.#memory;
    const now = memory.deps.clock.now();
    const listener = await memory.listener(userId, now, timeZone);
    return memory.inTurn(userId, async () => {
      const week = weekStart(now, listener.place);
      const lists = listener.served.weeklyOf(week);
      const last = lists.at(-1);
      const standing = last === undefined ? null : await memory.recall(last.slateId);
      const taste = memory.tasteOf(listener, now);
      const isFit = (card: Card) => taste.refusal(memory.catalogue.place(card.itemId as ItemId)) === null;
      const standingLength = standing === null ? 0 : askedOf(standing);
      if (standing !== null && standingLength >= length && standing.cards.slice(0, length).every(isFit)) {
        const facts = factsOf(taste, now);
        return servedSlate(firstOf(standing, length), { catalogue: memory.catalogue, facts, fresh: false });
      }
      // As long as whoever asks for most has it: a list that changed with each length would be none of the week.
      const made = Math.max(length, standingLength);
      const context = memory.contextFor(taste, now, 'weekly', userId, week);
      const { plan, kept } = planWeekly(context, { week, length: made, before: standing?.cards.filter(isFit) ?? [] });
      const asking = { userId, ...unit };
      const { slate, served } = await memory.serve({
        ...asking,
        arms: memory.armsOf(asking, 'weekly_discovery', now),
        slateId: memory.deps.newSlateId(),
        surface: 'weekly_discovery',
        seed: `weekly|${userId}|${new Date(week).toISOString()}|${lists.length}`,
        context,
        plans: plan === null ? [] : [plan],
        // Only what is new in the list can be explored, so only its share of the budget is spent.
        budget: (made - kept) / made,
        timeZone,
        fallback: memory.fallbackOf(taste),
        notices: (cards) => [...noticesFor(memory, taste, cards === 0), ...shortNotice(cards, made, taste.leftOut())],
        // What is made for a stranger is not the listener's list, and nothing is none.
        ...(memory.isStranger(listener) || plan === null ? {} : { week }),
      });
      return made === length
        ? served
        : servedSlate(firstOf(slate, length), { catalogue: memory.catalogue, facts: null, fresh: true });
    });
  }
}

const askedOf = (list: Slate): number => list.shelves[0]?.asked ?? 0;

/** The list as it is for somebody who asks for no more than its first cards. */
const firstOf = (list: Slate, length: number): Slate => {
  const asked = askedOf(list);
  if (asked === length) return list;
  const cards = list.cards.slice(0, length);
  const { notices, short } = extraOf(list);
  const counted = `${list.cards.length} of ${asked}:`;
  /** What says that cards are missing says it of these, or not at all. */
  const ofThese = (text: string): readonly string[] => {
    if (!text.includes(counted)) return [text];
    return cards.length === length ? [] : [text.replace(counted, `${cards.length} of ${length}:`)];
  };
  return {
    ...list,
    cards,
    shelves: list.shelves.map((shelf) => ({ ...shelf, asked: length })),
    logPropensity: cards.reduce((sum, { propensity }) => sum + Math.log(propensity), 0),
    extra: {
      ...list.extra,
      notices: notices.flatMap(ofThese),
      short: short.map((text) => (text === null ? null : (ofThese(text)[0] ?? null))),
    },
  };
};

/** The list: what is left of the one that stood, in its order, then the closest of what the listener has not met. */
const planWeekly = (
  context: PageContext,
  { week, length, before }: { week: EpochMs; length: number; before: readonly Card[] },
): WeeklyPlan => {
  const { taste } = context;
  const { listener, learned, catalogue } = taste;
  const lately = listener.served.weeklyBefore(week);
  const isFit = (place: number): boolean => {
    if (learned?.mainType !== itemTypeOf(catalogue.id(place))) return false;
    if (!lately.has(place)) return true;
    taste.leaveOut('last_four_lists', place);
    return false;
  };
  const kept = before
    .slice(0, length)
    .map(({ itemId, stage }) => ({ place: catalogue.place(itemId as ItemId), stage }));
  const rankings: RankedPlaces[] = [...rankingsFor(context, isFit, 4 * length)];
  if (learned !== null) rankings.push(onlyNews(learned.popular, taste.isNews.bind(taste)));
  const standing = new Set(kept.map(({ place }) => place));
  const found = inTiers(rankings, (place) => !standing.has(place) && isFit(place));
  // Kept cards stand above everything found, in their order.
  const above = rankings.length + kept.length;
  const scored: readonly ScoredPlace[] = [...kept.map((card, n) => ({ ...card, score: above - n })), ...found];
  const words = {
    shelf: 'weekly',
    title: 'Your weekly discovery',
    source: found[0]?.stage === 'popularity' ? 'popular' : 'similar_users',
    asked: length,
    exploreFrom: Math.max(CLOSEST, kept.length),
    fewest: 1,
  } as const;
  const plan = planShelf(context, words, scored, (place) => {
    return becausePlayed(context, place) ?? popularClaim(context, place);
  });
  return { plan, kept: kept.length };
};

const onlyNews = (ranked: RankedPlaces, isNews: (place: number) => boolean): RankedPlaces => {
  const fit = Array.from(ranked.places, isNews);
  return {
    places: ranked.places.filter((_, n) => fit[n]),
    scores: ranked.scores.filter((_, n) => fit[n]),
    stage: ranked.stage,
  };
};
