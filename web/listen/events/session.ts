/** The listening session of this browser tab: it goes on until nothing has happened for half an hour. */

export const SESSION_GAP_MS = 30 * 60_000;

export interface Session {
  readonly id: string;
  readonly lastAt: number;
}

/** The session that something at `now` belongs to. */
export const sessionAt = (previous: Session | null, now: number, newId: () => string): Session =>
  previous !== null && now - previous.lastAt < SESSION_GAP_MS
    ? { id: previous.id, lastAt: Math.max(now, previous.lastAt) }
    : { id: newId(), lastAt: now };
