/** Local time of many moments, and what time zones are called. */

import { DAYPARTS, daypartOf, type EpochMs, MINUTE_MS, type Place, utcOffsetAt } from '#domain';

/** More than the zone database has; beyond, all are forgotten: any letter case is a name, and events may name anything. */
const MAX_NAMES = 1000;

export class LocalClock {
  /** The zone database's own name of each name met; null where it has none. */
  readonly #names = new Map<string, string | null>();

  /** Whether this is a zone of the zone database. */
  knows(timeZone: string): boolean {
    return this.#nameOf(timeZone) !== null;
  }

  /** Whether both are names of one zone: in another letter case, or of another time. */
  isSame(timeZone: string, other: string | undefined): boolean {
    if (other === undefined || timeZone === other) return timeZone === other;
    const name = this.#nameOf(timeZone);
    return name !== null && name === this.#nameOf(other);
  }

  /** Minutes east of UTC. */
  offsetAt(at: EpochMs, place: Place): number {
    return utcOffsetAt(at, place);
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
    return new Date(at + utcOffsetAt(at, place) * MINUTE_MS);
  }

  #nameOf(timeZone: string): string | null {
    let name = this.#names.get(timeZone);
    if (name === undefined) {
      name = nameInDatabase(timeZone);
      if (this.#names.size >= MAX_NAMES) this.#names.clear();
      this.#names.set(timeZone, name);
    }
    return name;
  }
}

const nameInDatabase = (timeZone: string): string | null => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
};
