/** Whether a card was looked at, as far as what the client saw of the viewport can tell. */

/** The convention of viewable impressions: at least half of the card for at least a second. */
export const EXAMINED_FRACTION = 0.5;
export const EXAMINED_MS = 1000;

export interface Sight {
  readonly visibleMs?: number | undefined;
  readonly maxVisibleFraction?: number | undefined;
}

/** Undefined when the client tells neither how long nor how much: unknown is not unseen. */
export const isExamined = ({ visibleMs, maxVisibleFraction }: Sight): boolean | undefined => {
  if (visibleMs === undefined) return undefined;
  return visibleMs >= EXAMINED_MS && (maxVisibleFraction ?? 1) >= EXAMINED_FRACTION;
};

/**
 * Graded attention in milliseconds: visible part times visible time, from above, because clients send the largest part
 * and not its course. [Lagun2014] weigh the middle of the viewport more; that needs card positions, which are not sent.
 */
export const attentionMs = ({ visibleMs, maxVisibleFraction }: Sight): number | undefined =>
  visibleMs === undefined ? undefined : visibleMs * (maxVisibleFraction ?? 1);
