/** Events for the fuzz test: good ones of every kind with the oddest values that are allowed, and bad ones. */

import fc from 'fast-check';
import { ACTIONS, EARLIEST_EVENT_MS, INTENTS, ITEM_TYPES, SURFACES } from '#domain';

export type Json = Readonly<Record<string, unknown>>;

/** Whole Unicode text, control characters and emoji among it, no halves of surrogate pairs. */
const text = (maxLength: number) => fc.string({ unit: 'binary', maxLength: Math.floor(maxLength / 2) });
const shortText = text(60);
const unit = fc.double({ min: 0, max: 1, noNaN: true });
const count = fc.oneof(fc.nat(100), fc.constantFrom(0, 4_294_967_295));
const opaque = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 10 })
  .filter((each) => /^[^\s\p{Cc}]+$/u.test(each));
const itemId = fc.tuple(fc.constantFrom(...ITEM_TYPES), opaque).map(([type, name]) => `${type}:${name}`);

/** Unknown fields that a client may add: any JSON, never a name that the schemas know. */
const unknownFields = fc.dictionary(
  fc.stringMatching(/^x_[a-z]{1,6}$/),
  fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }),
  { maxKeys: 3 },
);

const at = fc.oneof(
  fc.integer({ min: EARLIEST_EVENT_MS, max: Date.UTC(2026, 0, 1) }),
  fc
    .date({ min: new Date(EARLIEST_EVENT_MS), max: new Date('2026-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
);

const optional = <T>(fields: Record<string, fc.Arbitrary<T>>) => fc.record(fields, { requiredKeys: [] });

/** The fields beside type, ids and time, for each kind that clients send. */
const KINDS: Readonly<Record<string, fc.Arbitrary<Json>>> = {
  play: fc
    .tuple(
      fc.record({ item_id: itemId }),
      optional<unknown>({ ms_played: count, duration_ms: count, skipped: fc.boolean(), shelf: shortText }),
    )
    .map(([needed, rest]) => ({ ...needed, ...rest })),
  impression: fc.record({ item_id: itemId, slate_id: text(200).filter((id) => id !== ''), slot: count }),
  tally: fc.record({ item_id: itemId, plays: fc.integer({ min: 1, max: 4_294_967_295 }) }),
  action: fc.record({
    action: fc.constantFrom(...ACTIONS),
    item_id: itemId,
    value: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), shortText),
  }),
  search: fc.record({
    search_id: fc.constant('s'),
    step: fc.constantFrom('key', 'results'),
    query: shortText,
    results: fc.array(itemId, { maxLength: 5 }),
  }),
  dialogue: fc.record({
    dialogue_id: fc.constant('d'),
    turn: count,
    speaker: fc.constantFrom('user', 'system'),
    utterance: shortText,
  }),
  survey: fc.record({
    satisfaction: fc.integer({ min: 1, max: 5 }),
    intents: fc.uniqueArray(fc.constantFrom(...INTENTS)),
  }),
  assignment: fc.record({ experiment: fc.constant('e'), arm: fc.constant('a'), exposed: fc.boolean() }),
  editor: fc.record({
    pool_id: fc.constant('p'),
    change: fc.constantFrom('put', 'remove'),
    title: shortText,
    items: fc.array(itemId, { maxLength: 5 }),
  }),
  slate: fc.record({
    slate_id: fc.uuid(),
    surface: fc.constantFrom(...SURFACES),
    context: fc.record({
      daypart: fc.constant('morning'),
      local_hour: fc.nat(23),
      local_weekday: fc.integer({ min: 1, max: 7 }),
      intents: fc.constant({}),
    }),
    policy: shortText,
    model: shortText,
    seed: shortText,
    exploration: unit,
    log_propensity: fc.double({ max: 0, noNaN: true, noDefaultInfinity: true }),
    fallback: fc.option(shortText),
    shelves: fc.constant([]),
    cards: fc.constant([]),
    candidates: fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }),
    filtered: fc.dictionary(
      shortText.filter((key) => key !== '__proto__'),
      count,
      { maxKeys: 3 },
    ),
  }),
};

const body = fc
  .constantFrom(...Object.keys(KINDS))
  .chain((type) => fc.tuple(fc.constant({ type }), KINDS[type]!, unknownFields, at))
  .map(([type, fields, extra, when]) => ({ ...extra, ...fields, ...type, at: when }));

/** Valid but for its ids, which the test gives so that it can find each event again. */
export const goodBody: fc.Arbitrary<Json> = body;

/** What no intake may take: each differs from a good event in one thing at least. */
export const badEntry: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue().filter((value) => typeof value !== 'object' || value === null || Array.isArray(value)),
  body.map((good) => ({ ...good, event_id: 'b', user_id: '' })),
  body.map((good) => ({ ...good, event_id: 'x'.repeat(201), user_id: 'bad' })),
  body.map((good) => ({ ...good, event_id: 7, user_id: 'bad' })),
  body.map((good) => ({ ...good, user_id: 'bad' })),
  body.map((good) => ({ ...good, event_id: 'b', user_id: 'bad', at: 'yesterday' })),
  body.map((good) => ({ ...good, event_id: 'b', user_id: 'bad', at: 1e300 })),
  body.map((good) => ({ ...good, event_id: 'b', user_id: 'bad', at: -1 })),
  body.map((good) => ({ ...good, event_id: 'b', user_id: 'bad', type: '__proto__' })),
  body.map((good) => ({ ...good, event_id: 'b', user_id: 'bad', type: 'constructor' })),
  body.map((good) => ({ ...good, event_id: 'b', user_id: '\ud800' })),
  body.map((good) => ({ ...good, event_id: 'b', user_id: 'bad', device: 'toaster' })),
  body.map((good) =>
    JSON.parse(`{"__proto__":{"polluted":true},${JSON.stringify({ ...good, event_id: 'b', user_id: 'bad' }).slice(1)}`),
  ),
  body.map((good) => ({ ...good, event_id: 'b', user_id: 'bad', x_deep: JSON.parse('['.repeat(60) + ']'.repeat(60)) })),
);
