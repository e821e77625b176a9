/** A unit before it is told: where it begins and ends, what belongs inside, and what is known of the session around. */

import type { EpochMs, ListenerEvent } from '#domain';
import type { EventLists } from '#success';
import type { ToldSession } from './timeline.ts';

export interface Cut {
  readonly id: string;
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly inside: readonly ListenerEvent[];
  /** What is after it; by default everything after its end. */
  readonly later?: (event: ListenerEvent) => boolean;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly itemId?: string | undefined;
  /** What the item is, where the catalogue does not say. */
  readonly itemType?: string | undefined;
  /** What became of it; times and days are counted when it is told. */
  readonly downstream?: readonly Told<'downstream'>[];
  readonly stages?: readonly Told<'stages'>[];
}

/** A record with its time, not yet counted from the beginning of the unit. */
type Told<Name extends keyof EventLists> = Omit<EventLists[Name][number], 'at' | 'day'> & { readonly at: EpochMs };

/** How long after a search, a dialogue or a card what is played still comes from it. */
export const LEADS_TO_MS = 30 * 60_000;

export const sessionFields = (session: ToldSession | undefined): Readonly<Record<string, unknown>> =>
  session === undefined
    ? {}
    : {
        ...(session.surface !== '' && { surface: session.surface }),
        ...(session.device !== '' && { device: session.device }),
        intent: session.intent,
        intents: session.intents,
        local_hour: session.local.hour,
        local_weekday: session.local.weekday,
      };
