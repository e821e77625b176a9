/** What happens to everyone at once: a hit, a holiday. */

import { DAY_MS } from '#domain';
import type { WorldFrame } from './listener.ts';
import { pick } from './weighted-draw.ts';

export const isHoliday = ({ shocks }: WorldFrame, worldDay: number): boolean =>
  shocks.some(({ kind, day, days }) => kind === 'holiday' && worldDay >= day && worldDay < day + days);

/** Share of a day’s listens that a hit has on top. */
const HIT_SHARE = 0.05;

/** Listens that a running hit adds to its track that day, as everybody hears of it elsewhere. */
export const hitListens = (frame: WorldFrame, worldDay: number, listens: Uint32Array): Uint32Array => {
  const running = frame.shocks.filter(
    ({ kind, day, days }) => kind === 'hit' && worldDay >= day && worldDay < day + days,
  );
  if (running.length === 0) return listens;
  let sum = 0;
  for (const count of listens) sum += count;
  const added = listens.slice();
  for (const { day } of running) {
    const track = hitTrack(frame, day);
    if (track !== null) added[track]! += Math.round(HIT_SHARE * sum);
  }
  return added;
};

/** The best made of what came out in the month before. */
export const hitTrack = ({ catalogue, start }: WorldFrame, worldDay: number): number | null => {
  const at = start + worldDay * DAY_MS;
  let best: number | null = null;
  for (const index of catalogue.newest) {
    const { releasedAt, quality } = pick(catalogue.tracks, index);
    if (releasedAt > at || releasedAt < at - 30 * DAY_MS) continue;
    if (best === null || quality > pick(catalogue.tracks, best).quality) best = index;
  }
  return best;
};
