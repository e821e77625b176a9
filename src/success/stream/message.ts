/** What a stream says of units, in any order but one: a unit's own events may be late, repeated and out of order. */

import type { EpochMs } from '#domain';
import type { EventListName, ListPath } from '../unit/fields.ts';
import type { EventLists, RecordOf, Unit } from '../unit/unit.ts';

export type StreamMessage =
  /** A unit begins, or more is known of it: later fields stand over earlier ones. */
  | {
      readonly type: 'unit';
      readonly unit_id: string;
      readonly kind: Unit['kind'];
      readonly user_id: string;
      readonly start: EpochMs;
      readonly unit?: RecordOf<'unit'>;
      readonly item?: Partial<RecordOf<'item'>>;
      readonly usual?: Unit['usual'];
      /** Where this listener's events break off, when that is before the watermark. */
      readonly observed_until?: EpochMs;
    }
  /** An event inside the unit, or after it in a list under `later.`. */
  | {
      readonly type: 'event';
      readonly unit_id: string;
      readonly list: Exclude<ListPath, 'usual.units'>;
      readonly event: EventLists[EventListName][number];
    }
  /** Nothing that happened before this time will come any more, but what is late. */
  | { readonly type: 'watermark'; readonly at: EpochMs };
