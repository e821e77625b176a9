/** Radio: what comes next, from a seed or from the running session. A skip turns the next answer away from what was skipped. */

import { EngineError, type ItemId, itemTypeOf, type UserId } from '#domain';
import type { Claim } from '#policy';
import type { ServedSlate } from './answers.ts';
import { SKIPS } from './item-counts.ts';
import type { ServingMemory } from './memory.ts';
import { noticesFor } from './notices.ts';
import type { RadioRequest } from './serving.ts';
import { becausePlayed } from './shelves/discovery.ts';
import { popularClaim } from './shelves/popular.ts';
import type { PageContext, ShelfPlan } from './shelves/shelf-plan.ts';
import { planShelf } from './shelves/shelf-plan.ts';
import { type Lead, leadsOf, radioScores, type Tuning } from './tuning.ts';

const COUNT = 10;
/** Cards between two of one artist, while there is a choice. */
const ARTIST_GAP = 2;

export class Radio {
  readonly #memory: ServingMemory;

  constructor(memory: ServingMemory) {
    this.#memory = memory;
  }

  async answer(userId: UserId, { count = COUNT, seedItem, timeZone, ...unit }: RadioRequest): Promise<ServedSlate> {
    const { sessionId } = unit;
    const memory = this.#memory;
    const now = memory.deps.clock.now();
    const seed = seedItem === undefined ? null : this.#seed(seedItem);
    const listener = await memory.listener(userId, now, timeZone);
    return memory.inTurn(userId, async () => {
      const taste = memory.tasteOf(listener, now);
      const context = memory.contextFor(taste, now, 'radio', userId);
      const named = sessionId === undefined ? [] : listener.recent.ofSession(sessionId);
      const session = named.length > 0 ? named : listener.recent.runningSession(now);
      const { since } = memory.intentNow(taste, { now, surface: 'radio' });
      // What was played for another purpose than now leads nowhere.
      const leading = since === null ? session : session.filter(({ at }) => at >= since);
      const tuning: Tuning = { seed, session, leads: leadsOf(taste, seed, leading) };
      const plan = planRadio(context, tuning, count);
      const slateId = memory.deps.newSlateId();
      const asking = { userId, ...unit };
      const { served } = await memory.serve({
        ...asking,
        arms: memory.armsOf(asking, 'radio', now),
        slateId,
        surface: 'radio',
        seed: slateId,
        context,
        plans: plan === null ? [] : [plan],
        artistGap: ARTIST_GAP,
        // Ten in a row may have two of an artist; a longer row more.
        maxPerArtist: Math.max(2, Math.ceil(count / 5)),
        timeZone,
        fallback: memory.fallbackOf(taste),
        notices: (cards) => [...noticesFor(memory, taste, cards === 0), ...shortNotice(cards, count)],
      });
      return served;
    });
  }

  #seed(seedItem: ItemId): number {
    const place = this.#memory.catalogue.find(seedItem);
    if (place === undefined)
      throw new EngineError('unknown_item', `there is no item "${seedItem}" to start a radio from`);
    return place;
  }
}

const planRadio = (context: PageContext, tuning: Tuning, count: number): ShelfPlan | null => {
  const { taste, now } = context;
  const { catalogue, listener } = taste;
  const type = radioType(taste.learned?.mainType ?? null, tuning, (place) => catalogue.id(place));
  const played = new Set(tuning.session.map((play) => play.place));
  const scored = radioScores(taste, tuning).filter(({ place }) => {
    if (place === tuning.seed || played.has(place) || itemTypeOf(catalogue.id(place)) !== type) return false;
    if (listener.items.at(place, SKIPS) > 2 * listener.playsOf(place) + 1) return false;
    if (!listener.served.wasHandedOut(place, now)) return taste.isServable(place);
    taste.leaveOut('just_handed_out', place);
    return false;
  });
  const title = tuning.seed === null ? 'Your radio' : `${catalogue.titleOf(tuning.seed)} radio`;
  // One card alone may be explored; in a row the first two say where it is going.
  const exploreFrom = Math.min(2, count - 1);
  const words = { shelf: 'radio', title, source: 'session', asked: count, exploreFrom, fewest: 1 } as const;
  return planShelf(context, words, scored, (place) => claimOf(context, tuning, place));
};

/** The kind to play: that of the seed or of the session, an artist's radio being of their works. */
const radioType = (main: string | null, tuning: Tuning, idOf: (place: number) => ItemId): string | null => {
  const lead = tuning.leads[0];
  return lead === undefined ? main : itemTypeOf(idOf(lead.place));
};

/** The lead nearest to the card that something true can be said of. */
const claimOf = (context: PageContext, { leads }: Tuning, place: number): Claim | null => {
  const { taste, facts } = context;
  const nearest = nearestLead(context, leads, place);
  if (nearest !== null && nearest !== place) {
    const item = taste.catalogue.id(nearest);
    const playedAt = facts.listener.sessionPlayAt(item);
    if (playedAt !== null) return { kind: 'session_like', item, playedAt };
    const plays = facts.listener.playsOf(item);
    if (plays > 0) return { kind: 'because_played', item, plays };
  }
  return becausePlayed(context, place) ?? popularClaim(context, place);
};

const nearestLead = ({ taste: { learned } }: PageContext, leads: readonly Lead[], place: number): number | null => {
  let nearest: number | null = null;
  let most = 0;
  for (const lead of leads) {
    if (lead.weight <= 0) continue;
    const best = learned?.mostSimilar(lead.place) ?? null;
    const at = best?.places.indexOf(place) ?? -1;
    const part = at < 0 ? 0 : lead.weight * best!.scores[at]!;
    if (part > most) {
      most = part;
      nearest = lead.place;
    }
  }
  return nearest;
};

const shortNotice = (cards: number, count: number): readonly string[] =>
  cards === 0 || cards >= count
    ? []
    : [`Only ${cards} of ${count}: the rest was played in this session or handed out a moment ago.`];
