/**
 * What was really seen: a card counts when at least half of it is in view for a second without a break. It is reported
 * once per card and page view: when it leaves the view, when the page is left or hidden, or after ten seconds.
 */

import type { Place, Seen } from './wire-event.ts';

export const SEEN_FRACTION = 0.5;
export const SEEN_MS = 1000;
const REPORT_AFTER_MS = 10_000;

interface Watch {
  readonly itemId: string;
  readonly place: Place;
  /** Null while less than half is in view. */
  since: number | null;
  /** Within the running stretch of view. */
  maxFraction: number;
  reported: boolean;
}

export interface Impressions {
  /** The share of the card that is in view has changed to `fraction`. */
  change(itemId: string, place: Place, fraction: number, now: number): void;
  /** Reports what has been in view long enough. To be called about once a second. */
  tick(now: number): void;
  /** The page is hidden or left: reports all that counts, and begins anew. */
  leave(now: number): void;
}

export const createImpressions = (report: (seen: Seen) => void): Impressions => {
  const watched = new Map<string, Watch>();
  const keyOf = (itemId: string, place: Place) => `${place.slateId} ${place.shelf} ${itemId}`;

  const close = (watch: Watch, now: number) => {
    const visibleMs = watch.since === null ? 0 : now - watch.since;
    watch.since = null;
    if (watch.reported || visibleMs < SEEN_MS) return;
    watch.reported = true;
    report({ itemId: watch.itemId, place: watch.place, visibleMs, maxVisibleFraction: watch.maxFraction });
  };

  const watchOf = (itemId: string, place: Place): Watch => {
    const key = keyOf(itemId, place);
    const known = watched.get(key);
    if (known) return known;
    const made: Watch = { itemId, place, since: null, maxFraction: 0, reported: false };
    watched.set(key, made);
    return made;
  };

  return {
    change(itemId, place, fraction, now) {
      const watch = watchOf(itemId, place);
      if (fraction < SEEN_FRACTION) return close(watch, now);
      if (watch.since === null) {
        watch.since = now;
        watch.maxFraction = 0;
      }
      watch.maxFraction = Math.max(watch.maxFraction, fraction);
    },
    tick(now) {
      for (const watch of watched.values()) {
        if (watch.since !== null && !watch.reported && now - watch.since >= REPORT_AFTER_MS) close(watch, now);
      }
    },
    leave(now) {
      for (const watch of watched.values()) close(watch, now);
      watched.clear();
    },
  };
};
