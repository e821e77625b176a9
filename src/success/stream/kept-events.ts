/**
 * Events of one list of an open unit: the first `MAX_EVENTS` in order of (at, event_id), each once, with the fields
 * that the definition reads and no others. What comes late is put in its place.
 */

import { compareEvents, type Ordered } from '../unit/event-order.ts';
import { MAX_EVENTS } from '../unit/fields.ts';

export class KeptEvents {
  readonly #events: Ordered[] = [];
  readonly #ids = new Set<string>();
  readonly #fields: readonly string[];
  readonly #horizonMs: number;

  constructor(fields: readonly string[], horizonMs: number) {
    this.#fields = fields;
    this.#horizonMs = horizonMs;
  }

  /** Puts the event where it belongs. One that is here already, lies past the horizon or behind a full list is let go. */
  add(event: Ordered): void {
    if (event.at > this.#horizonMs || this.#ids.has(event.event_id)) return;
    const place = this.#placeOf(event);
    if (place >= MAX_EVENTS) return;
    this.#events.splice(place, 0, this.#narrow(event));
    this.#ids.add(event.event_id);
    if (this.#events.length > MAX_EVENTS) this.#ids.delete(this.#events.pop()!.event_id);
  }

  get events(): readonly Ordered[] {
    return this.#events;
  }

  /** Most events come in order: the search begins at the end. */
  #placeOf(event: Ordered): number {
    let place = this.#events.length;
    while (place > 0 && compareEvents(event, this.#events[place - 1]!) < 0) place--;
    return place;
  }

  #narrow(event: Ordered): Ordered {
    const kept: Record<string, unknown> = { at: event.at, event_id: event.event_id };
    for (const field of this.#fields) kept[field] = (event as unknown as Record<string, unknown>)[field];
    return kept as unknown as Ordered;
  }
}
