/** The weekly list from its answer: the closest first, and when the next one comes. */

import type { Card, Slate } from '#api';

const CLOSEST = 5;
const DAY_MS = 86_400_000;
/** A list stands from Monday 06:00 of the listener's own time. */
const MONDAY = 1;
const HOUR = 6;

export interface WeeklyView {
  readonly closest: readonly Card[];
  readonly further: readonly Card[];
  /** Why the list is short or empty, in words. */
  readonly short: readonly string[];
}

export const viewWeekly = (slate: Slate, hidden: ReadonlySet<string>): WeeklyView => {
  const cards = slate.shelves.flatMap((shelf) => shelf.cards);
  const shown = cards.filter((card) => !hidden.has(card.item.item_id));
  return {
    closest: shown.filter((card) => card.slot < CLOSEST),
    further: shown.filter((card) => card.slot >= CLOSEST),
    short: slate.shelves.flatMap((shelf) => shelf.short_because ?? []),
  };
};

/** Monday 06:00 on the local wall clock that begins the week of `local`, a Date read in the machine's time zone. */
export const weekStart = (local: Date): Date => {
  const sinceMonday = (local.getDay() + 7 - MONDAY) % 7;
  const start = new Date(local.getFullYear(), local.getMonth(), local.getDate() - sinceMonday, HOUR);
  return start.getTime() <= local.getTime()
    ? start
    : new Date(start.getFullYear(), start.getMonth(), start.getDate() - 7, HOUR);
};

/** `Monday 9 December`, and how many days until the next list: 0 is today. */
export const weekWords = (now: Date): { readonly since: string; readonly daysLeft: number } => {
  const start = weekStart(now);
  const next = new Date(start.getFullYear(), start.getMonth(), start.getDate() + 7, HOUR);
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return {
    since: start.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }),
    daysLeft: Math.round((midnight(next) - midnight(now)) / DAY_MS),
  };
};
