/** Local time of many moments: asking the zone database for each play of a history would take most of a refill. */

import { DAYPARTS, daypartOf, type EpochMs, HOUR_MS, isTimeZone, MINUTE_MS, type Place, utcOffsetAt } from '#domain';

/** Offsets change a few times a year; a block with the same offset at both ends is taken to have it throughout. */
const BLOCK_MS = 24 * HOUR_MS;
const MAX_BLOCKS = 100_000;
/** More than the zone database has; made-up names beyond are looked up each time. */
const MAX_ZONES = 1000;

export class LocalClock {
  /** Offset of a zone's block in minutes; NaN when it changes within the block. */
  readonly #blocks = new Map<string, Map<number, number>>();
  readonly #zones = new Map<string, boolean>();

  /** Whether this is a zone of the zone database; events may name anything. */
  knows(timeZone: string): boolean {
    let known = this.#zones.get(timeZone);
    if (known === undefined) {
      known = isTimeZone(timeZone);
      if (this.#zones.size < MAX_ZONES) this.#zones.set(timeZone, known);
    }
    return known;
  }

  offsetAt(at: EpochMs, place: Place): number {
    if (place.timeZone === undefined) return place.utcOffsetMin ?? 0;
    const block = Math.floor(at / BLOCK_MS);
    let blocks = this.#blocks.get(place.timeZone);
    if (blocks === undefined || blocks.size > MAX_BLOCKS) {
      blocks = new Map();
      this.#blocks.set(place.timeZone, blocks);
    }
    let offset = blocks.get(block);
    if (offset === undefined) {
      const first = utcOffsetAt(block * BLOCK_MS, place);
      offset = first === utcOffsetAt((block + 1) * BLOCK_MS, place) ? first : Number.NaN;
      blocks.set(block, offset);
    }
    return Number.isNaN(offset) ? utcOffsetAt(at, place) : offset;
  }

  /** Index into `DAYPARTS`. */
  daypartAt(at: EpochMs, place: Place): number {
    return DAYPARTS.indexOf(daypartOf(this.#local(at, place).getUTCHours()));
  }

  /** Local month as year · 12 + month, month 0–11. */
  monthAt(at: EpochMs, place: Place): number {
    const local = this.#local(at, place);
    return local.getUTCFullYear() * 12 + local.getUTCMonth();
  }

  #local(at: EpochMs, place: Place): Date {
    return new Date(at + this.offsetAt(at, place) * MINUTE_MS);
  }
}
