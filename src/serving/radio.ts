/** Radio: what comes next, from a seed or from the running session. A skip turns the next answer away from what was skipped. */

import { EngineError, type EpochMs, type ItemId, type ItemType, type UserId } from '#domain';
import type { Claim } from '#policy';
import { maxPerArtistUnder } from './acting-arms.ts';
import type { ServedSlate } from './answers.ts';
import type { Catalogue } from './catalogue.ts';
import { SKIPS } from './item-counts.ts';
import type { ServingMemory } from './memory.ts';
import { noticesFor, shortNotice } from './notices.ts';
import type { RadioRequest } from './serving.ts';
import { becausePlayed } from './shelves/discovery.ts';
import { popularClaim } from './shelves/popular.ts';
import type { PageContext, ScoredPlace, ShelfPlan } from './shelves/shelf-plan.ts';
import { planShelf } from './shelves/shelf-plan.ts';
import type { Taste } from './taste.ts';
import { type Lead, leadsOf, radioScores, type Tuning } from './tuning.ts';

const COUNT = 10;
/** Cards between two of one artist, while there is a choice. */
const ARTIST_GAP = 2;

const AGAIN_NOTICE = 'There is little that goes on from here, so some of what was handed out lately comes again.';

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
      const lead = leadOf(taste, seed);
      const tuning: Tuning = { seed, session, leads: leadsOf(taste, lead, leading) };
      const asking = { userId, ...unit };
      const arms = memory.armsOf(asking, 'radio', now);
      const maxPerArtist = mostOfArtist(count);
      const { plan, again } = planRadio(context, tuning, { count, most: maxPerArtistUnder(arms, maxPerArtist) });
      const slateId = memory.deps.newSlateId();
      const { served } = await memory.serve({
        ...asking,
        arms,
        slateId,
        surface: 'radio',
        seed: slateId,
        context,
        plans: plan === null ? [] : [plan],
        artistGap: ARTIST_GAP,
        maxPerArtist,
        timeZone,
        fallback: memory.fallbackOf(taste),
        notices: (cards) => noticesOf(memory, taste, { seed, lead, again, cards, count }),
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

/** Ten in a row may have two of an artist; a longer row more. */
const mostOfArtist = (count: number): number => Math.max(2, Math.ceil(count / 5));

/** What stands for the seed: where nobody plays such things as one, the artist of an album or a show; null where nobody does. */
const leadOf = ({ learned, catalogue }: Taste, seed: number | null): number | null => {
  if (seed === null || learned === null || learned.isServable(seed)) return seed;
  const artist = catalogue.artist(seed);
  return catalogue.worksOf(artist).some((work) => learned.isServable(work)) ? artist : null;
};

const noticesOf = (
  memory: ServingMemory,
  taste: Taste,
  row: { seed: number | null; lead: number | null; again: number; cards: number; count: number },
): readonly string[] => {
  // Radio plays what was played before: here that is no reason.
  const { already_played: _, ...leftOut } = taste.leftOut();
  const { seed, lead, again, cards, count } = row;
  return [
    ...noticesFor(memory, taste, cards === 0, leftOut),
    ...(seed !== null && lead === null ? [`Nothing here is known to go with "${taste.catalogue.titleOf(seed)}".`] : []),
    ...(again > 0 ? [AGAIN_NOTICE] : []),
    ...shortNotice(cards, count, leftOut),
  ];
};

interface RowSize {
  readonly count: number;
  /** Cards of one artist. */
  readonly most: number;
}

interface RadioPlan {
  readonly plan: ShelfPlan | null;
  /** Cards that were handed out lately. */
  readonly again: number;
}

const planRadio = (context: PageContext, tuning: Tuning, size: RowSize): RadioPlan => {
  const { catalogue } = context.taste;
  const { row, again } = rowOf(context, tuning, size);
  const title = tuning.seed === null ? 'Your radio' : `${catalogue.titleOf(tuning.seed)} radio`;
  // One card alone may be explored; in a row the first two say where it is going.
  const exploreFrom = Math.min(2, size.count - 1);
  const words = { shelf: 'radio', title, source: 'session', asked: size.count, exploreFrom, fewest: 1 } as const;
  return { plan: planShelf(context, words, row, (place) => claimOf(context, tuning, place)), again };
};

/** What goes on from here; for want of that, what was handed out lately comes again, below it and the longest ago first. */
const rowOf = (
  { taste, now }: PageContext,
  tuning: Tuning,
  size: RowSize,
): { readonly row: readonly ScoredPlace[]; readonly again: number } => {
  const { listener, catalogue } = taste;
  const fresh: ScoredPlace[] = [];
  const handedOut: (ScoredPlace & { readonly at: EpochMs })[] = [];
  for (const scored of fitting(taste, tuning)) {
    const at = listener.served.handedOutAt(scored.place, now);
    if (at === undefined) fresh.push(scored);
    else handedOut.push({ ...scored, at });
  }
  const filled = inOneRow(fresh, size, catalogue).length;
  const again: ScoredPlace[] = [];
  if (filled < size.count) {
    fresh.sort((a, b) => b.score - a.score || a.place - b.place);
    handedOut.sort((a, b) => a.at - b.at || b.score - a.score || a.place - b.place);
    again.push(...inOneRow([...fresh, ...handedOut], size, catalogue).slice(filled));
  }
  const placed = new Set(again.map(({ place }) => place));
  for (const { place } of handedOut) if (!placed.has(place)) taste.leaveOut('just_handed_out', place);
  if (again.length === 0) return { row: fresh, again: 0 };
  const row = inOneRow(fresh, size, catalogue);
  const lowest = row.at(-1)?.score ?? 0;
  return { row: [...row, ...again.map((scored, n) => ({ ...scored, score: lowest - n - 1 }))], again: again.length };
};

/** The first that can stand in one row. */
const inOneRow = (
  scored: readonly ScoredPlace[],
  { count, most }: RowSize,
  catalogue: Catalogue,
): readonly ScoredPlace[] => {
  const ofArtist = new Map<number, number>();
  const row: ScoredPlace[] = [];
  for (const each of scored) {
    if (row.length === count) break;
    const artist = catalogue.artist(each.place);
    const before = ofArtist.get(artist) ?? 0;
    if (artist >= 0 && before === most) continue;
    ofArtist.set(artist, before + 1);
    row.push(each);
  }
  return row;
};

/** Of the kind to play, not played in the session, and not turned away. */
const fitting = (taste: Taste, tuning: Tuning): readonly ScoredPlace[] => {
  const { listener, catalogue } = taste;
  const type = radioType(taste, tuning);
  const played = new Set(tuning.session.map((play) => play.place));
  const reasonAgainst = (place: number): string | null => {
    if (played.has(place)) return 'played_in_session';
    return listener.items.at(place, SKIPS) > 2 * listener.playsOf(place) + 1 ? 'skipped_often' : null;
  };
  return radioScores(taste, tuning).filter(({ place }) => {
    if (place === tuning.seed || catalogue.type(place) !== type) return false;
    const reason = reasonAgainst(place);
    if (reason !== null) taste.leaveOut(reason, place);
    return reason === null && taste.isServable(place);
  });
};

/** The kind to play: that of the seed or of the session, an artist's radio being of their works; the main one where people play no such thing. */
const radioType = ({ learned, catalogue }: Taste, { leads }: Tuning): ItemType | null => {
  const lead = leads[0]?.place;
  return lead !== undefined && learned?.isServable(lead) ? catalogue.type(lead) : (learned?.mainType ?? null);
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
