/** Events and truths as lines of NDJSON. The frequent kinds are written by hand: a general writer takes ten times as long. */

import type { EventOf, ListenerEvent } from '#domain';
import type { Card } from './slate.ts';
import type { TruthSink } from './truth.ts';
import { toWireEvent } from './wire.ts';

/** The event on the wire as one JSON line without line end; ids and names are the world’s own and need no escapes. */
export const eventLine = (event: ListenerEvent): string => {
  switch (event.kind) {
    case 'play':
      return playLine(event);
    case 'impression':
      return impressionLine(event);
    case 'slate':
      return isOwnSlate(event) ? slateLine(event) : JSON.stringify(toWireEvent(event));
    default:
      return JSON.stringify(toWireEvent(event));
  }
};

type Based = Pick<EventOf<'play'>, 'eventId' | 'userId' | 'at' | 'utcOffsetMin' | 'timeZone' | 'sessionId' | 'device'>;

const baseOf = (kind: string, event: Based): string =>
  `{"type":"${kind}","event_id":"${event.eventId}","user_id":"${event.userId}","at":${event.at}${whereabouts(event)}`;

/** The last piece of text that was made, for what stays the same from line to line. */
const remembering = <Fields extends object>(
  write: (fields: Fields) => string,
  isSame: (a: Fields, b: Fields) => boolean,
): ((fields: Fields) => string) => {
  let last: Fields | undefined;
  let text = '';
  return (fields) => {
    if (last === undefined || !isSame(last, fields)) {
      text = write(fields);
      last = fields;
    }
    return text;
  };
};

/** The same for all of a session. */
const whereabouts = remembering<Omit<Based, 'eventId' | 'userId' | 'at'>>(
  ({ utcOffsetMin, timeZone, sessionId, device }) =>
    `,"utc_offset_min":${utcOffsetMin},"time_zone":"${timeZone}","session_id":"${sessionId}","device":"${device}"`,
  (a, b) =>
    a.sessionId === b.sessionId &&
    a.device === b.device &&
    a.utcOffsetMin === b.utcOffsetMin &&
    a.timeZone === b.timeZone,
);

const playLine = (event: EventOf<'play'>): string => {
  const from =
    event.slateId === undefined ? '' : `,"slate_id":"${event.slateId}","shelf":"${event.shelf}","slot":${event.slot}`;
  return (
    `${baseOf('play', event)},"item_id":"${event.itemId}","ms_played":${event.msPlayed},"duration_ms":${event.durationMs},` +
    `"reason_start":"${event.reasonStart}","reason_end":"${event.reasonEnd}","skipped":${event.skipped},"source":"${event.source}"` +
    `${from},"shuffle":${event.shuffle},"user_initiated":${event.userInitiated}}`
  );
};

const impressionLine = (event: EventOf<'impression'>): string =>
  `${baseOf('impression', event)},"slate_id":"${event.slateId}","shelf":"${event.shelf}","slot":${event.slot},` +
  `"item_id":"${event.itemId}","visible_ms":${event.visibleMs},"max_visible_fraction":${event.maxVisibleFraction}}`;

const isOwnSlate = (event: EventOf<'slate'>): boolean => event.policy.startsWith('reference/');

const slateLine = (event: EventOf<'slate'>): string => {
  const { context } = event;
  return (
    `{"type":"slate","event_id":"${event.eventId}","user_id":"${event.userId}","at":${event.at},"time_zone":"${event.timeZone}",` +
    `"session_id":"${event.sessionId}","device":"${event.device}","slate_id":"${event.slateId}","surface":"${event.surface}",` +
    `"context":{"daypart":"${context.daypart}","local_hour":${context.localHour},"local_weekday":${context.localWeekday},"intents":{}},` +
    `"policy":"${event.policy}","model":"${event.model}","seed":"${event.seed}","exploration":${event.exploration},` +
    `"log_propensity":${event.logPropensity},"fallback":null,"shelves":${shelvesOf(event.shelves)},` +
    `"cards":[${cardsOf(event.cards)}],"candidates":null,"filtered":{}}`
  );
};

const shelvesOf = remembering<EventOf<'slate'>['shelves']>(
  (shelves) => JSON.stringify(shelves),
  (a, b) => a === b,
);

const cardsOf = (cards: readonly Card[]): string => {
  let text = '';
  for (let n = 0; n < cards.length; n++) {
    const card = cards[n]!;
    text += `${headAt(n)(card)}${card.itemId}","score":${card.score},"propensity":${card.propensity}${(card.explored ? exploredTail : tail)(card)}`;
  }
  return text;
};

/** By number of the card: pages of one policy have the same places. */
const heads: ((card: Card) => string)[] = [];

const headAt = (n: number): ((card: Card) => string) => {
  heads[n] ??= remembering<Card>(
    ({ shelf, row, slot }) => `${n === 0 ? '' : ','}{"shelf":"${shelf}","row":${row},"slot":${slot},"item_id":"`,
    (a, b) => a.shelf === b.shelf && a.row === b.row && a.slot === b.slot,
  );
  return heads[n];
};

const tailOf = (isExplored: boolean) =>
  remembering<Card>(
    ({ source, stage }) => `,"explored":${isExplored},"source":"${source}","stage":"${stage}","claim":null}`,
    (a, b) => a.source === b.source && a.stage === b.stage,
  );
const tail = tailOf(false);
const exploredTail = tailOf(true);

/** A sink that writes each truth as a line whose `oracle` field names its kind. */
export const truthLines = (write: (line: string) => void): TruthSink => ({
  play: ({ userId, eventId, utility, intent, skipClass }) =>
    write(
      `{"oracle":"play","user_id":"${userId}","event_id":"${eventId}","utility":${utility},"intent":"${intent}","skip_class":"${skipClass}"}`,
    ),
  session: ({ userId, sessionId, intent, utility, companions, interactions }) =>
    write(
      `{"oracle":"session","user_id":"${userId}","session_id":"${sessionId}","intent":"${intent}","utility":${utility},"companions":${companions},"interactions":${interactions}}`,
    ),
  examination: ({ userId, slateId, items }) =>
    write(
      `{"oracle":"examination","user_id":"${userId}","slate_id":"${slateId}","items":[${items.map((item) => `"${item}"`).join(',')}]}`,
    ),
  day: ({ userId, day, returns, effect, came }) =>
    write(`{"oracle":"day","user_id":"${userId}","day":${day},"returns":${returns},"effect":${effect},"came":${came}}`),
});
