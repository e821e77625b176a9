/** A reference policy at work: requests in, slates out, each with its decision as the log keeps it. */

import { daypartOf, type EventId, type EventOf, type SlateId } from '#domain';
import type { Rng } from '#math';
import { rootRng } from '../frame.ts';
import type { Life } from '../life.ts';
import type { WorldFrame } from '../listener.ts';
import { mainGenre } from '../observed.ts';
import type { ServiceNotes } from '../session.ts';
import type { Card, Slate, SlateRequest } from '../slate.ts';
import { Charts } from './candidates.ts';
import { knowingPolicies } from './oracle.ts';
import type { Choosing, Picks, Policy } from './policy.ts';
import type { PolicyName } from './policy-names.ts';
import { observingPolicies } from './reference.ts';
import { GROUPS, ServiceMemory } from './service-memory.ts';

const CARDS_A_ROW = 6;

const groupOf = (life: Life): number => {
  const genre = mainGenre(life.observed);
  return genre === -1 ? GROUPS - 1 : genre;
};

/** Its random numbers are made when they are asked for: most policies draw none. */
class Decision implements Choosing {
  readonly request: SlateRequest;
  readonly frame: WorldFrame;
  readonly service: ServiceMemory;
  readonly group: number;
  readonly #makeRng: () => Rng;
  #rng: Rng | undefined;

  constructor(given: Omit<Choosing, 'rng'>, makeRng: () => Rng) {
    this.request = given.request;
    this.frame = given.frame;
    this.service = given.service;
    this.group = given.group;
    this.#makeRng = makeRng;
  }

  get rng(): Rng {
    this.#rng ??= this.#makeRng();
    return this.#rng;
  }
}

export class ReferenceService {
  readonly memory: ServiceMemory;
  readonly name: PolicyName;
  readonly policy: Policy;
  readonly #frame: WorldFrame;
  readonly #charts: Charts;
  readonly #rng: Rng;

  constructor(name: PolicyName, frame: WorldFrame, seed: string | number) {
    this.#frame = frame;
    this.#charts = new Charts(frame);
    this.#rng = rootRng(seed);
    this.memory = new ServiceMemory(frame.catalogue.tracks.length);
    this.name = name;
    this.policy = { ...observingPolicies(this.#charts), ...knowingPolicies(frame) }[name];
  }

  notesOf(life: Life): ServiceNotes {
    return { memory: this.memory, group: groupOf(life) };
  }

  answer(request: SlateRequest): Slate {
    const { memory, listener } = request.life;
    const eventId = `e${++memory.events}`;
    const slateId = `${listener.userId}:${eventId}`;
    const given = { request, frame: this.#frame, service: this.memory, group: groupOf(request.life) };
    const picks = this.policy.choose(new Decision(given, () => this.#rng.derive('slate', slateId)));
    const cards = this.#cardsOf(picks);
    return { slateId, cards, tracks: picks.tracks, event: this.#eventOf(request, eventId, slateId, picks, cards) };
  }

  /** Ends a day with what all shards together counted. */
  endDay(counted: Uint32Array): void {
    this.memory.endDay(counted);
    this.#charts.renew();
  }

  restore(state: readonly (readonly [number, number])[]): void {
    this.memory.restore(state);
    this.#charts.renew();
  }

  #cardsOf({ tracks, scores, propensities, explored }: Picks): Card[] {
    const { name } = this;
    const shelves = shelvesOf(tracks.length);
    return tracks.map((track, n) => {
      const row = Math.floor(n / CARDS_A_ROW);
      return {
        shelf: shelves[row]!.shelf,
        row,
        slot: n % CARDS_A_ROW,
        itemId: this.#frame.catalogue.tracks[track]!.id,
        score: scores[n]!,
        propensity: propensities[n]!,
        explored: explored[n]!,
        source: 'popular',
        stage: name,
        claim: null,
      };
    });
  }

  #eventOf(
    request: SlateRequest,
    eventId: string,
    slateId: string,
    picks: Picks,
    cards: readonly Card[],
  ): EventOf<'slate'> {
    const { listener } = request.life;
    let logPropensity = 0;
    // Most are certain, and the logarithm of one is zero.
    for (const propensity of picks.propensities) if (propensity !== 1) logPropensity += Math.log(propensity);
    return {
      kind: 'slate',
      eventId: eventId as EventId,
      userId: listener.userId,
      at: request.at,
      receivedAt: request.at,
      timeZone: listener.zone.timeZone,
      sessionId: request.sessionId,
      device: request.device,
      slateId: slateId as SlateId,
      surface: request.surface,
      context: {
        daypart: daypartOf(request.hour),
        localHour: request.hour,
        localWeekday: request.weekday,
        intents: {},
      },
      policy: `reference/${this.name}`,
      model: 'none',
      seed: slateId,
      exploration: this.policy.exploration,
      logPropensity: Math.min(0, logPropensity),
      fallback: null,
      shelves: shelvesOf(cards.length),
      cards: cards as Card[],
      candidates: null,
      filtered: {},
      extra: {},
    };
  }
}

type Shelves = EventOf<'slate'>['shelves'];

/** By number of rows: every page of so many has the same ones. */
const PAGES: Shelves[] = [];

const shelvesOf = (cards: number): Shelves => {
  const rows = Math.ceil(cards / CARDS_A_ROW);
  PAGES[rows] ??= Array.from({ length: rows }, (_, row) => ({
    shelf: `row_${row + 1}`,
    need: 'something to play',
    title: `Row ${row + 1}`,
    asked: CARDS_A_ROW,
  }));
  return PAGES[rows];
};
