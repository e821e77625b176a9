/** The home page: shelves of familiar and new things, each for a need. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { EngineError, type EventOf, type ItemId, localTime, type SlateId, type UserId } from '#domain';
import { signatureOf } from './acting-arms.ts';
import type { ServedSlate } from './answers.ts';
import { fallbackOf } from './decision.ts';
import type { Learned } from './learned.ts';
import type { Listener } from './listener.ts';
import { factsOf } from './listener-facts.ts';
import type { ServingMemory } from './memory.ts';
import { noticesFor } from './notices.ts';
import { servedSlate } from './served-slate.ts';
import type { HomeRequest } from './serving.ts';
import { becauseShelves } from './shelves/because.ts';
import { daypartShelf } from './shelves/daypart.ts';
import { favouritesMore, newArtists, picked } from './shelves/discovery.ts';
import { editorShelves } from './shelves/editors.ts';
import { allTime, forgotten, jumpBackIn } from './shelves/familiar.ts';
import { fresh } from './shelves/fresh.ts';
import { again, hardlyHeard } from './shelves/known-ground.ts';
import { popular } from './shelves/popular.ts';
import { sessionShelf } from './shelves/session-shelf.ts';
import type { PageContext, ShelfPlan } from './shelves/shelf-plan.ts';
import type { Taste } from './taste.ts';

/** With fewer shelves than this, known ground and what is popular here fill the page. */
const FEWEST_SHELVES = 8;

/** Steps in a row may hold the loop so long before others get their turn; a step more, and it is still less than 10 ms. */
const HELD_MS = 3;

/** The page that stands, and what it stands on. */
interface StandingPage {
  readonly slateId: SlateId;
  readonly places: Int32Array;
  readonly learned: Learned | null;
  readonly changes: number;
  readonly poolsVersion: number;
  /** Local day and part of it. */
  readonly moment: string;
  /** Pages asked for anew on this day. */
  readonly refreshes: number;
  /** Arms it was made under. */
  readonly arms: string;
}

export class Home {
  readonly #memory: ServingMemory;
  readonly #standing = new WeakMap<Listener, StandingPage>();

  constructor(memory: ServingMemory) {
    this.#memory = memory;
  }

  async answer(userId: UserId, request: HomeRequest): Promise<ServedSlate> {
    const memory = this.#memory;
    const now = memory.deps.clock.now();
    const listener = await memory.listener(userId, now, request.timeZone);
    return memory.inTurn(userId, async () => {
      const taste = memory.tasteOf(listener, now);
      const standing = this.#standing.get(listener);
      const day = localTime(now, listener.place).day;
      const refreshes = standing?.moment.startsWith(day) ? standing.refreshes + (request.refresh ? 1 : 0) : 0;
      const context = memory.contextFor(taste, now, 'home', userId, day, refreshes);
      const moment = `${day} ${context.daypart}`;
      const { device, sessionId, cluster } = request;
      const unit = { userId, device, sessionId, cluster };
      const acting = memory.armsOf(unit, 'home', now);
      const arms = signatureOf(acting);
      const isAsked = request.refresh || standing?.arms !== arms;
      // What the next page would stand on: events go on while the log is read and shelves are planned.
      const { changes } = listener;
      const { learned, catalogue } = memory;
      const { poolsVersion } = catalogue;
      if (standing !== undefined && !isAsked && this.#stands(standing, taste, moment)) {
        const slate = await this.#recall(standing.slateId);
        const facts = factsOf(taste, now);
        if (slate !== null) return servedSlate(slate, { catalogue, facts, fresh: false });
      }
      const plans = await memory.alone(() => planPage(context));
      const slateId = memory.deps.newSlateId();
      const { slate, served } = await memory.serve({
        ...unit,
        arms: acting,
        slateId,
        surface: 'home',
        seed: slateId,
        context,
        plans,
        timeZone: request.timeZone,
        fallback: memory.isStranger(listener) ? 'history_unavailable' : fallbackOf(taste),
        notices: (cards) => noticesFor(memory, taste, cards === 0),
      });
      const places = Int32Array.from(slate.cards, (card) => catalogue.place(card.itemId as ItemId));
      this.#standing.set(listener, { slateId, places, learned, changes, poolsVersion, moment, refreshes, arms });
      return served;
    });
  }

  /** Null where the log has lost it, or cannot be read now: then another page is made. */
  async #recall(slateId: SlateId): Promise<EventOf<'slate'> | null> {
    try {
      return await this.#memory.recall(slateId);
    } catch (error) {
      if (error instanceof EngineError && error.code === 'warehouse_unavailable') return null;
      throw error;
    }
  }

  #stands(page: StandingPage, taste: Taste, moment: string): boolean {
    const { catalogue, learned } = this.#memory;
    return (
      page.moment === moment &&
      page.learned === learned &&
      page.changes === taste.listener.changes &&
      page.poolsVersion === catalogue.poolsVersion &&
      page.places.every((place) => taste.refusal(place) === null)
    );
  }
}

/**
 * Familiar ground first, then a step, then further away. In steps of a millisecond or two with room for others between them once
 * they have held the loop for long: what happens meanwhile makes the next page, and claims are checked when all of it is decided.
 */
const planPage = async (context: PageContext): Promise<readonly ShelfPlan[]> => {
  await nextTurn();
  const room = roomForOthers();
  const [because, alsoBecause] = becauseShelves(context);
  const familiar = [jumpBackIn(context), daypartShelf(context), because];
  await room();
  const discoveries = [picked(context), newArtists(context)];
  await room();
  const session = [sessionShelf(context), forgotten(context), alsoBecause];
  const further = [favouritesMore(context), fresh(context), ...editorShelves(context)];
  await room();
  const found = [...familiar, ...discoveries, ...session, ...further];
  const plans = found.filter((plan) => plan !== null && plan !== undefined);
  for (const more of [hardlyHeard, again, allTime, popular]) {
    const plan = plans.length < FEWEST_SHELVES ? more(context) : null;
    if (plan !== null) plans.push(plan);
  }
  return plans;
};

/**
 * Waits for the next turn where steps in a row have held the loop for `HELD_MS`. Not after every step: a turn is as long as what all
 * others have to do in it, and while the machine is busy a page that waited for four of them kept all behind it waiting.
 */
const roomForOthers = (): (() => Promise<void>) => {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < HELD_MS) return;
    await nextTurn();
    since = performance.now();
  };
};
