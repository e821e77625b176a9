/**
 * The wire form of each event kind, one schema each: snake_case, unknown fields kept by the codec in `extra`.
 * A field that is absent is unknown; nothing is filled with an invented value.
 */

import { z } from 'zod';
import { ITEM_ID_PATTERN, MAX_ID_LENGTH } from './ids.ts';
import { isTimeZone } from './local-time.ts';
import { ACTIONS, CANDIDATE_SOURCES, DAYPARTS, DEVICES, INTENTS, PLAY_SOURCES, SURFACES } from './vocabulary.ts';

/** 2000-01-01: nothing in the public export formats is older. */
export const EARLIEST_EVENT_MS = 946_684_800_000;

const id = z.string().min(1).max(MAX_ID_LENGTH);
const text = z.string().max(1000);
const count = z.number().int().nonnegative().max(4_294_967_295);
const duration = count;
const unitInterval = z.number().min(0).max(1);
const item = z.string().regex(ITEM_ID_PATTERN, 'expected type:opaque, e.g. track:3n3Ppam7vgaVa1iaRUc9Lp');

/** Epoch milliseconds, or an ISO 8601 time with an offset. */
const moment = z.union([z.number().int().min(EARLIEST_EVENT_MS), z.iso.datetime({ offset: true })]);

const base = {
  /** Made by the client, unique for the user: a repeated id never counts twice. */
  event_id: id,
  user_id: id,
  /** When it happened; for a play, when it started. */
  at: moment,
  /** Minutes east of UTC where the user was. */
  utc_offset_min: z.number().int().min(-840).max(840).optional(),
  /** IANA name, e.g. Europe/Berlin; without it local time rests on the offset. */
  time_zone: z.string().max(64).refine(isTimeZone, 'expected an IANA name, e.g. Europe/Berlin').optional(),
  session_id: id.optional(),
  device: z.enum(DEVICES).optional(),
  app: text.optional(),
};

/** What a card says of itself; the claim is checked against the user's data when the slate is served. */
const claim = z.object({
  kind: z.string().max(64),
  /** Facts the claim rests on: ids, counts and times, by name. */
  evidence: z.record(z.string(), z.union([z.string(), z.number()])),
});

const card = z.object({
  shelf: z.string().max(64),
  /** 0-based row of the shelf and slot in it. */
  row: count,
  slot: count,
  item_id: item,
  score: z.number(),
  /** Probability of this item at this slot given all slots before it. */
  propensity: unitInterval,
  explored: z.boolean(),
  source: z.enum(CANDIDATE_SOURCES),
  /** Model or rule that gave the score, e.g. als. */
  stage: z.string().max(64),
  claim: claim.nullable(),
});

export const slateSchema = z.object({
  ...base,
  slate_id: id,
  surface: z.enum(SURFACES),
  context: z.object({
    daypart: z.enum(DAYPARTS),
    local_hour: count.max(23),
    local_weekday: count.min(1).max(7),
    intents: z.partialRecord(z.enum(INTENTS), unitInterval),
  }),
  policy: text,
  model: text,
  /** Seed of every draw of the slate: with the candidates it gives the identical slate again. */
  seed: text,
  /** Share of slots meant for exploration in this slate. */
  exploration: unitInterval,
  /** Natural logarithm of the product of all slot propensities. */
  log_propensity: z.number().max(0),
  /** Why something less than the full pipeline answered, e.g. content_only; null if nothing was missing. */
  fallback: text.nullable(),
  shelves: z.array(z.object({ shelf: z.string().max(64), need: text, title: text, asked: count })).max(50),
  cards: z.array(card).max(1000),
  /** Everything the policy chose from, as the policy read it. */
  candidates: z.unknown(),
  /** What was left out before the policy, by reason. */
  filtered: z.record(z.string(), count),
});

export const impressionSchema = z.object({
  ...base,
  slate_id: id,
  shelf: z.string().max(64).optional(),
  slot: count.optional(),
  item_id: item,
  visible_ms: duration.optional(),
  max_visible_fraction: unitInterval.optional(),
  scroll_depth: unitInterval.optional(),
});

export const playSchema = z.object({
  ...base,
  item_id: item,
  ms_played: duration.optional(),
  duration_ms: duration.optional(),
  reason_start: text.optional(),
  reason_end: text.optional(),
  skipped: z.boolean().optional(),
  source: z.enum(PLAY_SOURCES).optional(),
  slate_id: id.optional(),
  shelf: z.string().max(64).optional(),
  slot: count.optional(),
  shuffle: z.boolean().optional(),
  offline: z.boolean().optional(),
  user_initiated: z.boolean().optional(),
  seeks: count.optional(),
});

/** How often a user played an item, when the single plays are not known; `at` is when the count was taken. */
export const tallySchema = z.object({ ...base, item_id: item, plays: count.min(1) });

export const actionSchema = z.object({
  ...base,
  action: z.enum(ACTIONS),
  item_id: item.optional(),
  surface: z.enum(SURFACES).optional(),
  slate_id: id.optional(),
  shelf: z.string().max(64).optional(),
  slot: count.optional(),
  /** Of `tune`: what is turned and how far, e.g. exploration 0.2. */
  setting: text.optional(),
  value: z.union([z.number(), z.string().max(1000)]).optional(),
});

export const searchSchema = z.object({
  ...base,
  search_id: id,
  step: z.enum(['key', 'results', 'click', 'clear']),
  query: text.optional(),
  results: z.array(item).max(200).optional(),
  item_id: item.optional(),
  position: count.optional(),
});

export const dialogueSchema = z.object({
  ...base,
  dialogue_id: id,
  turn: count,
  speaker: z.enum(['user', 'system']),
  utterance: z.string().max(4000).optional(),
  act: text.optional(),
  confidence: unitInterval.optional(),
  repair: z.boolean().optional(),
  item_id: item.optional(),
});

export const surveySchema = z.object({
  ...base,
  satisfaction: z.number().int().min(1).max(5).optional(),
  intents: z.array(z.enum(INTENTS)).max(INTENTS.length).optional(),
  surface: z.enum(SURFACES).optional(),
  /** Probability with which this user was asked here. */
  probability_shown: z.number().gt(0).max(1).optional(),
});

export const assignmentSchema = z.object({ ...base, experiment: id, arm: id, exposed: z.boolean() });

/** A change of an editorial pool; `user_id` is the editor. */
export const editorSchema = z.object({
  ...base,
  pool_id: id,
  change: z.enum(['put', 'remove']),
  title: text.optional(),
  purpose: text.optional(),
  items: z.array(item).max(10_000).optional(),
});

export const EVENT_SCHEMAS = {
  slate: slateSchema,
  impression: impressionSchema,
  play: playSchema,
  tally: tallySchema,
  action: actionSchema,
  search: searchSchema,
  dialogue: dialogueSchema,
  survey: surveySchema,
  assignment: assignmentSchema,
  editor: editorSchema,
} as const;

export type EventKind = keyof typeof EVENT_SCHEMAS;
export const EVENT_KINDS = Object.keys(EVENT_SCHEMAS) as readonly EventKind[];
