/** The world's spoken word: shows that publish on their days, and their episodes. */

import { DAY_MS, type EpochMs, HOUR_MS, type ItemId, itemId } from '#domain';
import type { Rng } from '#math';
import type { Namer } from './names.ts';
import { clamp, pick } from './weighted-draw.ts';

export interface Episode {
  readonly id: ItemId;
  readonly title: string;
  readonly durationMs: number;
  readonly releasedAt: EpochMs;
}

export interface Show {
  readonly id: ItemId;
  readonly name: string;
  readonly topic: string;
  /** Oldest first. */
  readonly episodes: readonly Episode[];
}

const TOPICS = [
  'news',
  'science',
  'history',
  'comedy',
  'technology',
  'football',
  'books',
  'true stories',
  'food',
  'music',
];
/** Days between two episodes; the first topic is daily. */
const PACES = [1, 7, 7, 3, 7, 2, 14, 7, 7, 7];
/** Episodes there are at the end at least; of a longer stretch they begin with it. */
const HISTORY_DAYS = 120;

export const createShows = (options: {
  readonly prefix: string;
  readonly shows: number;
  readonly start: EpochMs;
  readonly until: EpochMs;
  readonly rng: Rng;
  readonly namer: Namer;
}): readonly Show[] => {
  const rng = options.rng.derive('shows');
  return Array.from({ length: options.shows }, (_, n): Show => {
    const opaque = `${options.prefix}-${String(n + 1).padStart(2, '0')}`;
    const topic = n % TOPICS.length;
    const typicalMinutes = pick(PACES, topic) === 1 ? 18 : 25 + rng.int(45);
    const pace = pick(PACES, topic) * DAY_MS;
    const episodes: Episode[] = [];
    const first = Math.min(options.start, options.until - HISTORY_DAYS * DAY_MS) + rng.int(24) * HOUR_MS;
    for (let at = first; at < options.until; at += pace) {
      episodes.push({
        id: itemId('episode', `${opaque}-${String(episodes.length + 1).padStart(3, '0')}`),
        title: `${episodes.length + 1}: ${options.namer.title(rng)}`,
        durationMs: Math.round(60_000 * clamp(typicalMinutes * Math.exp(0.2 * rng.normal()), 4, 180)),
        releasedAt: at,
      });
    }
    return { id: itemId('show', opaque), name: options.namer.show(rng), topic: pick(TOPICS, topic), episodes };
  });
};
