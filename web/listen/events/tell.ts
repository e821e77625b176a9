/** Tells the engine, as this browser tab: fills in who, when and where, and hands over to the outbox. */

import { call } from '../../client.ts';
import { say } from '../../components/toasts.tsx';
import { toProblem } from '../../problem.ts';
import { timeZone } from '../../queries.ts';
import { uuid } from '../../uuid.ts';
import { createOutbox } from './outbox.ts';
import { type Session, sessionAt } from './session.ts';
import {
  actionEvent,
  type EventContext,
  impressionEvent,
  type Place,
  type Played,
  playEvent,
  type Reaction,
  type Seen,
  type Surface,
} from './wire-event.ts';

const PLACE = 'ritornello.session';

const outbox = createOutbox({
  post: (events, outlive) => call('postEvents', { body: events, keepalive: outlive }),
  later: (ms, run) => window.setTimeout(run, ms),
  refused: (reason) => say(`This was not taken: ${reason}`),
  mayPass: (error) => {
    const { status } = toProblem(error);
    return status === null || status >= 500 || status === 429;
  },
});

const keptSession = (userId: string): Session | null => {
  const kept = sessionStorage.getItem(`${PLACE}.${userId}`);
  return kept === null ? null : (JSON.parse(kept) as Session);
};

/** The running session of a listener in this tab, carried on to now. */
export const sessionId = (userId: string): string => {
  const session = sessionAt(keptSession(userId), Date.now(), uuid);
  sessionStorage.setItem(`${PLACE}.${userId}`, JSON.stringify(session));
  return session.id;
};

const context = (userId: string): EventContext => ({
  userId,
  sessionId: sessionId(userId),
  timeZone: timeZone(),
  utcOffsetMin: -new Date().getTimezoneOffset(),
  device: window.matchMedia('(pointer: coarse) and (max-width: 48rem)').matches ? 'mobile' : 'web',
  at: Date.now(),
  eventId: uuid(),
});

export interface Where {
  readonly place: Place | null;
  readonly surface: Surface | null;
}

/** Resolves when the engine has acknowledged it. */
export const tellReaction = (userId: string, reaction: Reaction, itemId: string, where: Where): Promise<void> =>
  outbox.send(actionEvent(context(userId), reaction, itemId, where));

/** For what nobody waits for. */
export const noteReaction = (userId: string, reaction: Reaction, itemId: string, where: Where): void =>
  outbox.gather(actionEvent(context(userId), reaction, itemId, where));

export const tellPlay = (userId: string, played: Played): Promise<void> =>
  outbox.send(playEvent(context(userId), played));

export const noteSeen = (userId: string, seen: Seen): void => outbox.gather(impressionEvent(context(userId), seen));

export const leaveOutbox = (): void => outbox.leave();

/** Nothing that waits is told any more. */
export const forgetOutbox = (): void => outbox.forget();
