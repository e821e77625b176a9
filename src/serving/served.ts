/** What a listener was served lately, as far as later answers rest on it. */

import { DAY_MS, type EpochMs, type EventOf, HOUR_MS, type ItemId, type SlateId } from '#domain';
import type { Catalogue } from './catalogue.ts';
import { PlaceTimes } from './place-times.ts';
import { shelfKind } from './shelf-kinds.ts';

/** New things shown and not yet rejected or forgotten: a rejection counts if the card was shown so recently. */
const SHOWN_MS = DAY_MS;
/** Radio does not hand the same thing out again for so long. */
const HANDED_OUT_MS = 4 * HOUR_MS;
const WEEKLY_MS = 36 * DAY_MS;
/** A listener who crosses time zones keeps the week's list: weeks that begin within a day of one another are one. */
const TRAVEL_MS = 26 * HOUR_MS;
const FOUR_WEEKS_MS = 28 * DAY_MS + TRAVEL_MS;

export interface WeeklyList {
  readonly week: EpochMs;
  readonly slateId: SlateId;
  readonly at: EpochMs;
  readonly places: readonly number[];
}

export class Served {
  /** When each explored or new thing was shown last. */
  readonly #newThings = new PlaceTimes();
  readonly #handedOut = new PlaceTimes();
  #weekly: WeeklyList[] = [];

  note(slate: EventOf<'slate'>, catalogue: Catalogue): void {
    const isRadio = slate.surface === 'radio';
    // Cards of a shelf follow each other.
    let shelf = '';
    let isDiscovery = false;
    for (const card of slate.cards) {
      if (card.shelf !== shelf) {
        shelf = card.shelf;
        isDiscovery = shelfKind(shelf).character === 'discovery';
      }
      if (!card.explored && !isDiscovery && !isRadio) continue;
      const place = catalogue.place(card.itemId as ItemId);
      if (card.explored || isDiscovery) this.#newThings.note(place, slate.at, slate.at - SHOWN_MS);
      if (isRadio) this.#handedOut.note(place, slate.at, slate.at - HANDED_OUT_MS);
    }
    const week = slate.extra['week_start'];
    if (slate.surface === 'weekly_discovery' && typeof week === 'number') this.#noteWeekly(slate, week, catalogue);
  }

  /** Whether this was shown as something new within the day before. */
  wasNewThing(place: number, at: EpochMs): boolean {
    const shown = this.#newThings.at(place);
    return shown !== undefined && shown <= at && at - shown <= SHOWN_MS;
  }

  /** When radio last handed it out; undefined when that is too long ago to matter. */
  handedOutAt(place: number, now: EpochMs): EpochMs | undefined {
    const at = this.#handedOut.at(place);
    return at !== undefined && now - at <= HANDED_OUT_MS ? at : undefined;
  }

  /** The lists made for this week, oldest first. */
  weeklyOf(week: EpochMs): readonly WeeklyList[] {
    return this.#weekly.filter((list) => Math.abs(list.week - week) <= TRAVEL_MS);
  }

  /** Everything on the lists of the four weeks before. */
  weeklyBefore(week: EpochMs): ReadonlySet<number> {
    const before = this.#weekly.filter((list) => list.week < week - TRAVEL_MS);
    return new Set(before.filter((list) => week - list.week <= FOUR_WEEKS_MS).flatMap((list) => list.places));
  }

  #noteWeekly(slate: EventOf<'slate'>, week: EpochMs, catalogue: Catalogue): void {
    // An empty list is none: another one is looked for when it is asked for again.
    if (slate.cards.length === 0 || this.#weekly.some((list) => list.slateId === slate.slateId)) return;
    const places = slate.cards.map((card) => catalogue.place(card.itemId as ItemId));
    this.#weekly.push({ week, slateId: slate.slateId as SlateId, at: slate.at, places });
    this.#weekly.sort((a, b) => a.at - b.at);
    const newest = this.#weekly.at(-1)!.week;
    this.#weekly = this.#weekly.filter((list) => newest - list.week <= WEEKLY_MS);
  }
}
