/** What is on a home page, before the policy chooses: familiar ground first, then a step, then further away. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PageTime } from './brownout.ts';
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

/** With fewer shelves than this, known ground and what is popular here fill the page. */
const FEWEST_SHELVES = 8;
/** The same of a page for which there is no time. */
const FEWEST_IN_HASTE = 4;

/** Steps in a row may hold the loop so long before others get their turn; a step more, and it is still less than 10 ms. */
const HELD_MS = 3;

export interface PagePlan {
  readonly shelves: readonly ShelfPlan[];
  /** Shelves were left out, as others waited. */
  readonly isShort: boolean;
}

/**
 * In steps of a millisecond or two with room for others between them once they have held the loop for long: what the listener does meanwhile
 * makes the next page, and of this one what no longer holds by it is left out when all of it is decided (`decide`). What each page has is
 * planned first: where the listener was, what the session asks for, something new, and what editors chose. The rest only while there is time.
 */
export const planPage = async (context: PageContext, time: PageTime): Promise<PagePlan> => {
  await nextTurn();
  time.begin();
  const room = roomForOthers();
  let isShort = false;
  const inTime = async <Planned>(plan: () => Planned): Promise<Planned | null> => {
    await room();
    isShort ||= time.isLate();
    return isShort ? null : plan();
  };
  const recent = [jumpBackIn(context), daypartShelf(context)];
  await room();
  const found = picked(context);
  await room();
  const session = sessionShelf(context);
  const chosen = editorShelves(context);
  time.haveFirst();

  const [because, alsoBecause] = (await inTime(() => becauseShelves(context))) ?? [];
  const artists = await inTime(() => newArtists(context));
  const missed = await inTime(() => forgotten(context));
  const further = (await inTime(() => [favouritesMore(context), fresh(context)])) ?? [];

  const plans = [...recent, because, found, artists, session, missed, alsoBecause, ...further, ...chosen];
  const shelves = plans.filter((plan) => plan !== null && plan !== undefined);
  for (const more of [hardlyHeard, again, allTime, popular]) {
    const plan = shelves.length < (isShort ? FEWEST_IN_HASTE : FEWEST_SHELVES) ? more(context) : null;
    if (plan !== null) shelves.push(plan);
  }
  return { shelves, isShort };
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
