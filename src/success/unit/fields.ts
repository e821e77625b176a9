/**
 * What a definition can read, once: records and their fields with type, meaning and words allowed. The type checker,
 * the reader of unit files, the columns of the warehouse and the reference page are all made of this.
 */

import { ACTIONS, DEVICES, INTENTS, ITEM_TYPES, SURFACES } from '#domain';

export type ScalarType = 'number' | 'bool' | 'string';

export interface Field {
  readonly type: ScalarType | 'strings' | 'intents';
  /** It may be missing; what reads it is then unknown. */
  readonly optional: boolean;
  readonly doc: string;
  /** The words it can hold, where they are a closed list. */
  readonly words?: readonly string[];
}

const field =
  <Type extends Field['type'], Optional extends boolean>(type: Type, optional: Optional) =>
  (doc: string, words?: readonly string[]): Field & { readonly type: Type; readonly optional: Optional } => ({
    type,
    optional,
    doc,
    ...(words && { words }),
  });
const number = field('number', false);
const text = field('string', false);
const maybeNumber = field('number', true);
const maybeText = field('string', true);
const maybeBool = field('bool', true);

export const SKIP_KINDS = ['sampling', 'rejection', 'satiation', 'context_switch'] as const;
/** Those of `#units`, which lies beside this module; a test of jobs holds them equal, as it does the kinds of skips. */
export const DOWNSTREAM_ACTS = [
  'listen',
  'repeat',
  'album_play',
  'open_page',
  'save',
  'follow',
  'playlist_add',
  'share',
  'search',
] as const;
export const JOURNEY_STAGES = [
  'unaware',
  'exposed',
  'sampled',
  'engaged',
  'adopted',
  'habitual',
  'saturated',
  'dormant',
  're_engaged',
  'lost',
] as const;
export const SEARCH_STEPS = ['key', 'results', 'click', 'clear'] as const;
export const END_REASONS = [
  'sleep_timer',
  'trackdone',
  'endplay',
  'logout',
  'idle_timeout',
  'context_switch',
  'app_background',
  'device_lost',
  'trackerror',
  'asr_failed',
  'other',
  'open',
] as const;

/** Of every event: who it is, and when. */
const EVENT = {
  event_id: text('id of the event; evidence names it'),
  at: number('milliseconds since the unit began'),
  day: number('local days since the day the unit began: 0 is that day'),
};

export const RECORDS = {
  unit: {
    surface: maybeText('where it happened', SURFACES),
    device: maybeText('on what', DEVICES),
    intent: maybeText('the most probable intent', INTENTS),
    intents: field('intents', true)('probability of each intent: unit.intents["sleep"]', INTENTS),
    local_hour: maybeNumber('hour of the listener’s own clock when it began, 0 to 23'),
    local_weekday: maybeNumber('weekday of that clock: 1 is Monday, 7 is Sunday'),
    duration_ms: maybeNumber('from its beginning to its end'),
    end_reason: maybeText('why it ended', END_REASONS),
    resumed: maybeBool('it takes up what the session before left unfinished'),
    shelf: maybeText('impression: the shelf the card stood on'),
    slot: maybeNumber('impression: slot on that shelf, from 0'),
    row: maybeNumber('impression: row of that shelf on the page, from 0'),
    examined: maybeBool('impression: at least half of it was visible for at least a second'),
    attention_ms: maybeNumber('impression: visible part times visible time'),
    explored: maybeBool('impression, play: chosen by exploration'),
    familiar: maybeBool('impression, play: the listener had played this artist before'),
  },
  item: {
    item_id: maybeText('what the unit is about: playlist, show, track'),
    type: maybeText('its type', ITEM_TYPES),
    tags: field('strings', false)('its tags; a missing list is empty'),
    age_days: maybeNumber('days since it was published'),
    duration_ms: maybeNumber('its length'),
  },
  play: {
    ...EVENT,
    item_id: text('what was played'),
    artist_id: maybeText('by whom'),
    ms_played: maybeNumber('how long it was heard, milliseconds'),
    duration_ms: maybeNumber('how long the item is'),
    skipped: maybeBool('the listener went on before the end'),
    skip_kind: maybeText('the most probable meaning of the skip', SKIP_KINDS),
    user_initiated: maybeBool('the listener chose it'),
    reason_start: maybeText('why it began, in the client’s words'),
    reason_end: maybeText('why it ended, in the client’s words'),
    source: maybeText('where it came from'),
    new_artist: maybeBool('the first play of this artist in a year'),
    new_item: maybeBool('the first play of this item ever'),
    explored: maybeBool('chosen by exploration'),
    shuffle: maybeBool('in shuffled order'),
    offline: maybeBool('without a connection'),
    seeks: maybeNumber('jumps inside the item'),
    slate_id: maybeText('slate it came from'),
    shelf: maybeText('shelf of that slate'),
    slot: maybeNumber('slot on that shelf, from 0'),
  },
  action: {
    ...EVENT,
    action: text('what was done', ACTIONS),
    item_id: maybeText('to what'),
    artist_id: maybeText('by whom that is'),
    surface: maybeText('where', SURFACES),
    dwell_ms: maybeNumber('open_page: how long until the next event'),
    shelf: maybeText('shelf of the slate it came from'),
    slot: maybeNumber('slot on that shelf, from 0'),
  },
  impression: {
    ...EVENT,
    item_id: text('the card’s item'),
    shelf: maybeText('shelf it stood on'),
    slot: maybeNumber('slot on that shelf, from 0'),
    row: maybeNumber('row of that shelf, from 0'),
    visible_ms: maybeNumber('how long it was in view'),
    max_visible_fraction: maybeNumber('largest part of it in view, 0 to 1'),
    scroll_depth: maybeNumber('how far down the page, 0 to 1'),
    examined: maybeBool('at least half of it was visible for at least a second'),
  },
  search: {
    ...EVENT,
    search_id: maybeText('search the step belongs to'),
    step: text('key: a letter typed; results: a list shown; click; clear', SEARCH_STEPS),
    query: maybeText('what had been typed'),
    query_length: maybeNumber('its characters'),
    results: maybeNumber('results: how many were shown'),
    item_id: maybeText('click: on what'),
    position: maybeNumber('click: place in the list, from 0'),
  },
  turn: {
    ...EVENT,
    turn: number('its number in the dialogue, from 0'),
    speaker: text('who spoke', ['user', 'system']),
    act: maybeText('what was meant, e.g. play, stop, confirm'),
    confidence: maybeNumber('of the recognition, 0 to 1'),
    repair: maybeBool('it corrects or repeats what was said before'),
    item_id: maybeText('what it is about'),
  },
  session: {
    ...EVENT,
    duration_ms: maybeNumber('from its beginning to its end'),
    surface: maybeText('where', SURFACES),
    device: maybeText('on what', DEVICES),
    intent: maybeText('its most probable intent', INTENTS),
  },
  act: {
    ...EVENT,
    act: text(
      'what followed the card: the card’s item, its artist or album listened to, opened, kept',
      DOWNSTREAM_ACTS,
    ),
    item_id: maybeText('to what it was done'),
    last_touch: maybeBool('no later impression of it lies between'),
    credit: maybeNumber('the card’s share of it by slot, 0 to 1: all cards it followed share one act'),
  },
  stage: {
    ...EVENT,
    stage: text('the stage that began', JOURNEY_STAGES),
  },
  past: {
    at: number('when it began, milliseconds before this unit: negative'),
    duration_ms: maybeNumber('from its beginning to its end'),
    listened_ms: maybeNumber('how long was listened in it'),
    plays: maybeNumber('plays in it'),
    skips: maybeNumber('skips in it'),
    actions: maybeNumber('actions in it'),
    surface: maybeText('where', SURFACES),
    intent: maybeText('its most probable intent', INTENTS),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Field>>>>;

export type RecordName = keyof typeof RECORDS;
export type EventRecord = Exclude<RecordName, 'unit' | 'item' | 'past'>;

/** Lists of events inside the unit, and under `later.` most of them after it. */
export const EVENT_LISTS = {
  plays: 'play',
  actions: 'action',
  impressions: 'impression',
  searches: 'search',
  turns: 'turn',
  sessions: 'session',
  downstream: 'act',
  stages: 'stage',
} as const satisfies Readonly<Record<string, EventRecord>>;
export type EventListName = keyof typeof EVENT_LISTS;
export const EVENT_LIST_NAMES = Object.keys(EVENT_LISTS) as readonly EventListName[];

/** Lists that are what became of the unit, up to the horizon: nothing of them is later still. */
export const OUTCOME_LISTS = ['downstream', 'stages'] as const satisfies readonly EventListName[];
export type LaterListName = Exclude<EventListName, (typeof OUTCOME_LISTS)[number]>;
export const isLaterList = (name: string): name is LaterListName =>
  Object.hasOwn(EVENT_LISTS, name) && !(OUTCOME_LISTS as readonly string[]).includes(name);
export const LATER_LIST_NAMES: readonly LaterListName[] = EVENT_LIST_NAMES.filter(isLaterList);

/** How a definition names a list. */
export type ListPath = EventListName | `later.${LaterListName}` | 'usual.units';

export const UNIT_KINDS = ['impression', 'play', 'search', 'session', 'list', 'dialogue', 'journey'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** A unit reads the first events of each list, in order of `at`: what an open unit holds is bounded. */
export const MAX_EVENTS = 5000;

/** Fields of a record; every one as it is declared above. */
export const fieldsOf = (record: RecordName): Readonly<Record<string, Field>> => RECORDS[record];
