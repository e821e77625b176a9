/** The overview from its answer: what is in here, in numbers and series. */

import type { Overview } from '#api';
import { ago, shortCount, unsnake } from '../../words.ts';

const MOST_SERIES = 5;
export const REST = 'others';

export interface DayCount {
  readonly day: Date;
  readonly kind: string;
  readonly events: number;
}

export interface DaysView {
  /** Most events first; `others` last, where there are more kinds than can be told apart. */
  readonly kinds: readonly string[];
  readonly days: readonly DayCount[];
}

const totals = (rows: Overview['per_day']): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const { kind, events } of rows) sums.set(kind, (sums.get(kind) ?? 0) + events);
  return sums;
};

/** Events by day, the kinds with few events taken together. */
export const viewDays = (rows: Overview['per_day']): DaysView => {
  const ordered = [...totals(rows)].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([kind]) => kind);
  const own = new Set(ordered.length > MOST_SERIES + 1 ? ordered.slice(0, MOST_SERIES) : ordered);
  const kinds = own.size < ordered.length ? [...own, REST] : ordered;
  const sums = new Map<string, number>();
  for (const { day, kind, events } of rows) {
    const key = `${day} ${own.has(kind) ? kind : REST}`;
    sums.set(key, (sums.get(key) ?? 0) + events);
  }
  const days = [...sums].map(([key, events]) => {
    const [day = '', kind = ''] = key.split(' ');
    return { day: new Date(`${day}T00:00:00Z`), kind, events };
  });
  return { kinds, days };
};

export const daysWords = ({ kinds, days }: DaysView): string => {
  const events = days.reduce((sum, each) => sum + each.events, 0);
  const distinct = new Set(days.map(({ day }) => day.getTime())).size;
  return `${shortCount(events)} events on ${shortCount(distinct)} days, by kind: ${kinds.map((kind) => unsnake(kind).toLowerCase()).join(', ')}. Days in UTC.`;
};

/** Name, number and a word on it, of the figures on top. */
export const figures = (overview: Overview, now: number): readonly (readonly [string, string, string])[] => {
  // Catalogue items go through the same intake, but are not events.
  const kinds = overview.events.filter(({ kind }) => kind !== 'item');
  const events = kinds.reduce((sum, { rows }) => sum + rows, 0);
  const { lag_records, last_event_at, warehouse } = overview.freshness;
  return [
    ['Listeners', shortCount(overview.listeners), 'with events of their own'],
    ['Catalogue', shortCount(overview.items), 'items'],
    ['Events', shortCount(events), last_event_at === null ? 'none yet' : `last ${ago(last_event_at, now)}`],
    [
      'On their way',
      shortCount(lag_records),
      warehouse === 'ok' ? 'acknowledged, not yet in the warehouse' : 'the warehouse is away; intake goes on',
    ],
    [
      'Dead letters',
      shortCount(overview.dead_letters),
      overview.dead_letters === 0 ? 'all could be read' : 'kept with their reasons',
    ],
  ];
};

const BASIS = {
  collaborative: 'learns from listeners together',
  content_only: 'rests on what the items are',
  popularity_only: 'rests on what is played most',
} as const;

export const modelWords = (model: NonNullable<Overview['model']>, now: number): string =>
  `Learned ${ago(model.trained_at, now)} in ${model.seconds.toFixed(1)} s from ${shortCount(model.interactions)} pairs of listener and item, over ${shortCount(model.items)} items and ${shortCount(model.users)} listeners; ${BASIS[model.basis]}.`;
