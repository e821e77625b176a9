/** The home page: shelves of familiar and new things, each for a need. */

import { EngineError, type EpochMs, type EventOf, type ItemId, localTime, type SlateId, type UserId } from '#domain';
import { signatureOf } from './acting-arms.ts';
import type { ServedSlate } from './answers.ts';
import type { DecisionRequest } from './decision.ts';
import type { Learned } from './learned.ts';
import type { Listener } from './listener.ts';
import { factsOf } from './listener-facts.ts';
import type { ServingMemory } from './memory.ts';
import { BUSY_NOTICE, noticesFor } from './notices.ts';
import { planPage } from './plan-page.ts';
import { servedSlate } from './served-slate.ts';
import type { HomeRequest } from './serving.ts';
import type { Taste } from './taste.ts';

/** A page with shelves left out stands for so long: two requests at once get one page, and a later one may find all of it. */
const SHORT_STANDS_MS = 1000;

/** The page that stands, and what it stands on. */
interface StandingPage {
  readonly slateId: SlateId;
  readonly places: Int32Array;
  readonly learned: Learned | null;
  readonly changes: number;
  readonly poolsVersion: number;
  /** The moment from which on it stands no more. */
  readonly until: EpochMs;
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
      const moment = `${day} ${memory.daypartOf(listener, now)}`;
      const { device, sessionId, cluster } = request;
      const unit = { userId, device, sessionId, cluster };
      const acting = memory.armsOf(unit, 'home', now);
      const arms = signatureOf(acting);
      const isAsked = request.refresh || standing?.arms !== arms;
      const { learned, catalogue } = memory;
      if (standing !== undefined && !isAsked && this.#stands(standing, taste, moment)) {
        const slate = await this.#recall(standing.slateId);
        // Once more: the log may have been long in answering.
        if (slate !== null && this.#stands(standing, taste, moment)) {
          return servedSlate(slate, { catalogue, facts: factsOf(taste.anew(), now), fresh: false });
        }
      }
      const { made, context, shelves, isShort } = await memory.brownout.page((time) =>
        memory.alone(async () => {
          // Not before: a page may have to wait, and it is made of what is acknowledged meanwhile too; what comes later makes the next.
          const made = { changes: listener.changes, poolsVersion: catalogue.poolsVersion };
          const context = memory.contextFor(taste.anew(), now, 'home', userId, day, refreshes);
          return { made, context, ...(await planPage(context, time)) };
        }),
      );
      const slateId = memory.deps.newSlateId();
      const { slate, served } = await memory.serve({
        ...unit,
        arms: acting,
        slateId,
        surface: 'home',
        seed: slateId,
        context,
        plans: shelves,
        timeZone: request.timeZone,
        ...saidOf(memory, context.taste, isShort),
      });
      const places = Int32Array.from(slate.cards, (card) => catalogue.place(card.itemId as ItemId));
      const until = isShort ? now + SHORT_STANDS_MS : Number.POSITIVE_INFINITY;
      this.#standing.set(listener, { slateId, places, learned, ...made, until, moment, refreshes, arms });
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
      taste.madeAt < page.until &&
      page.moment === moment &&
      page.learned === learned &&
      page.changes === taste.listener.changes &&
      page.poolsVersion === catalogue.poolsVersion &&
      page.places.every((place) => taste.refusal(place) === null)
    );
  }
}

/** What the slate says that is missing. */
const saidOf = (
  memory: ServingMemory,
  taste: Taste,
  isShort: boolean,
): Pick<DecisionRequest, 'fallback' | 'notices'> => ({
  fallback: memory.fallbackOf(taste) ?? (isShort ? 'busy' : null),
  notices: (cards) => [...noticesFor(memory, taste, cards === 0), ...(isShort ? [BUSY_NOTICE] : [])],
});
