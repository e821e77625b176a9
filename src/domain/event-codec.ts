/**
 * Wire event ⇄ domain event ⇄ stored row. Wire and rows are snake_case, code is camelCase; the change happens here only.
 *
 * The row is what the journal keeps and the warehouse inserts as it stands: one flat JSON object, times as
 * `YYYY-MM-DD hh:mm:ss.SSS` in UTC, nested lists as JSON text.
 */

import type { z } from 'zod';
import type { CamelCased } from './camel-case.ts';
import { toCamel, toSnake } from './camel-case.ts';
import { fromCardColumns, toCardColumns } from './card-columns.ts';
import type { EpochMs } from './clock.ts';
import type { FieldError } from './errors.ts';
import { EARLIEST_EVENT_MS, EVENT_KINDS, EVENT_SCHEMAS, type EventKind } from './event-schema.ts';
import type { EventId, UserId } from './ids.ts';

interface EventBase<Kind extends EventKind> {
  readonly kind: Kind;
  readonly eventId: EventId;
  readonly userId: UserId;
  readonly at: EpochMs;
  /** When the server took it in. */
  readonly receivedAt: EpochMs;
  /** Fields the schema does not know, as they came. */
  readonly extra: Readonly<Record<string, unknown>>;
}

type Fields<Kind extends EventKind> = Omit<
  CamelCased<z.output<(typeof EVENT_SCHEMAS)[Kind]>>,
  'eventId' | 'userId' | 'at'
>;

export type EventOf<Kind extends EventKind> = EventBase<Kind> & Fields<Kind>;
export type ListenerEvent = { [Kind in EventKind]: EventOf<Kind> }[EventKind];

export type ParsedEvent =
  | { readonly ok: true; readonly event: ListenerEvent }
  | { readonly ok: false; readonly fields: readonly FieldError[] };

/** How far ahead of the server's clock an event may be. */
const MAX_AHEAD_MS = 24 * 3_600_000;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isKind = (value: unknown): value is EventKind => EVENT_KINDS.includes(value as EventKind);

const refuse = (field: string, reason: string): ParsedEvent => ({ ok: false, fields: [{ field, reason }] });

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60));

const fieldErrors = (error: z.ZodError): FieldError[] =>
  error.issues.map((issue) => ({ field: issue.path.join('.'), reason: issue.message }));

/** Reads one wire event; `type` names the kind. Never throws: a bad event comes back as fields and reasons. */
export const parseEvent = (wire: unknown, receivedAt: EpochMs): ParsedEvent => {
  if (!isRecord(wire)) return refuse('', `expected an object, got ${show(wire)}`);
  const { type, ...body } = wire;
  if (!isKind(type)) return refuse('type', `unknown type ${show(type)}: expected ${EVENT_KINDS.join(', ')}`);
  const schema = EVENT_SCHEMAS[type];
  const parsed = schema.safeParse(body);
  if (!parsed.success) return { ok: false, fields: fieldErrors(parsed.error) };

  const at = typeof parsed.data.at === 'number' ? parsed.data.at : Date.parse(parsed.data.at);
  if (at < EARLIEST_EVENT_MS) return refuse('at', `${show(wire['at'])} lies before the year 2000`);
  if (at > receivedAt + MAX_AHEAD_MS) return refuse('at', `${show(wire['at'])} lies more than a day ahead`);
  const extra: Record<string, unknown> = isRecord(body['extra']) ? { ...body['extra'] } : {};
  for (const key of Object.keys(body)) {
    if (!Object.hasOwn(schema.shape, key) && key !== 'extra') extra[key] = body[key];
  }
  // Written into the fresh object: spreading it into another one would cost three times what the schema does.
  const event = toCamel<object>(parsed.data) as Record<string, unknown>;
  event['kind'] = type;
  event['at'] = at;
  event['receivedAt'] = receivedAt;
  event['extra'] = extra;
  return { ok: true, event: event as unknown as ListenerEvent };
};

/** `2026-11-24 06:00:00.000`: the only form chDB reads as DateTime64 without loss. */
export const toTimestamp = (at: EpochMs): string => new Date(at).toISOString().replace('T', ' ').slice(0, 23);

export const fromTimestamp = (text: string): EpochMs => Date.parse(`${text.replace(' ', 'T')}Z`);

/** Columns that hold nested values as JSON text; so do the cards of a slate, in columns of their own. */
const JSON_COLUMNS: Readonly<Partial<Record<EventKind, readonly string[]>>> = {
  slate: ['context', 'shelves', 'candidates', 'filtered'],
};

/** Columns whose null is an answer (nothing was missing), not an unknown field. */
const NULL_SAYS_SOMETHING: Readonly<Partial<Record<EventKind, readonly string[]>>> = { slate: ['fallback'] };

/** The event as one row of the table of its kind, a JSON line without line end. */
export const toRow = (event: ListenerEvent): string => {
  const { kind, at, receivedAt, extra } = event;
  const row = toSnake(kind === 'slate' ? { ...event, cards: undefined } : event) as Record<string, unknown>;
  // Not a column; JSON leaves out what is undefined.
  row['kind'] = undefined;
  for (const column of JSON_COLUMNS[kind] ?? []) row[column] = JSON.stringify(row[column] ?? null);
  if (kind === 'slate') row['cards'] = JSON.stringify(toCardColumns(event.cards));
  row['at'] = toTimestamp(at);
  row['received_at'] = toTimestamp(receivedAt);
  row['extra'] = JSON.stringify(extra);
  return JSON.stringify(row);
};

/** The event a row was made of; rows come from our own tables and are trusted. Other null columns are unknown fields. */
export const fromRow = (kind: EventKind, row: Readonly<Record<string, unknown>>): ListenerEvent => {
  const known: Record<string, unknown> = {};
  for (const column in row) {
    const value = row[column];
    if (value === null && !NULL_SAYS_SOMETHING[kind]?.includes(column)) continue;
    if (kind === 'slate' && column === 'cards') continue;
    known[column] = JSON_COLUMNS[kind]?.includes(column) ? JSON.parse(value as string) : value;
  }
  // Written into the fresh object, as above: logs of a year are read.
  const event = toCamel(known) as Record<string, unknown>;
  const { extra, cards } = row;
  if (kind === 'slate') event['cards'] = fromCardColumns(JSON.parse(cards as string));
  event['kind'] = kind;
  event['at'] = fromTimestamp(row['at'] as string);
  event['receivedAt'] = fromTimestamp(row['received_at'] as string);
  event['extra'] = typeof extra === 'string' && extra !== '{}' ? JSON.parse(extra) : {};
  return event as unknown as ListenerEvent;
};
