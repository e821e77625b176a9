/** One unit as it is read: a row of the warehouse or a line of a file. Keys are the wire's, as definitions write them. */

import type { EpochMs } from '#domain';
import type { EVENT_LISTS, EventListName, LaterListName, RECORDS, RecordName, UnitKind } from './fields.ts';

type Held<Of> = Of extends { readonly type: infer Type }
  ? Type extends 'number'
    ? number
    : Type extends 'bool'
      ? boolean
      : Type extends 'strings'
        ? readonly string[]
        : Type extends 'intents'
          ? Readonly<Record<string, number>>
          : string
  : never;
type Known<R> = { readonly [Name in keyof R as R[Name] extends { optional: false } ? Name : never]: Held<R[Name]> };
type Missing<R> = {
  readonly [Name in keyof R as R[Name] extends { optional: true } ? Name : never]?: Held<R[Name]> | null;
};

/** A record of the unit; what is missing or null is unknown. */
export type RecordOf<Name extends RecordName> = Known<(typeof RECORDS)[Name]> & Missing<(typeof RECORDS)[Name]>;

export type EventLists = {
  readonly [Name in EventListName]: readonly RecordOf<(typeof EVENT_LISTS)[Name]>[];
};

export type LaterLists = Pick<EventLists, LaterListName>;

/** Lists are in order of (at, event_id), each event once, at most `MAX_EVENTS` each. */
export interface Unit extends EventLists {
  readonly unit_id: string;
  readonly kind: UnitKind;
  readonly user_id: string;
  readonly start: EpochMs;
  /** Up to when this listener's events are known; with the horizon it tells whether the outcome is mature. */
  readonly observed_until: EpochMs;
  readonly unit: RecordOf<'unit'>;
  readonly item: RecordOf<'item'>;
  readonly later: LaterLists;
  readonly usual: { readonly units: readonly RecordOf<'past'>[] };
}
