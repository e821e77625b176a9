/**
 * Worked examples: `given` is a unit in short, `expect` its outcome. Short means: durations may be written as 8m, ids
 * and items are numbered, and `{ times: 40, every: 30s, … }` stands for forty events.
 */

import { isMap, isSeq, type Node } from 'yaml';
import { type Example, LABELS, type Label } from '../definition.ts';
import { oneOf, unknownWord } from '../language/nearest.ts';
import { EVENT_LIST_NAMES, EVENT_LISTS, RECORDS } from '../unit/fields.ts';
import { isJson, type Json } from '../unit/read-record.ts';
import { type Entry, entriesOf, report, type Source, type Span, spanOf } from './document.ts';
import { durationMs } from './duration.ts';

export interface ReadExamples {
  readonly examples: readonly Example[];
  readonly spans: readonly Span[];
}

export const readExamples = (source: Source, node: Node | null): ReadExamples => {
  const examples: Example[] = [];
  const spans: Span[] = [];
  if (node === null) return { examples, spans };
  if (!isSeq(node)) {
    report(source, 'field', spanOf(node), 'examples is a list of { given, expect }');
    return { examples, spans };
  }
  for (const item of node.items as readonly Node[]) {
    const example = readExample(source, item, examples.length + 1);
    if (example === undefined) continue;
    examples.push(example);
    spans.push(spanOf(item));
  }
  return { examples, spans };
};

const KEYS = ['title', 'given', 'expect'];

const readExample = (source: Source, node: Node, number: number): Example | undefined => {
  if (!isMap(node)) {
    report(source, 'field', spanOf(node), 'an example is { given: …, expect: … }');
    return undefined;
  }
  const entries = new Map(entriesOf(node).map((entry) => [entry.key, entry]));
  for (const { key, keySpan } of entries.values()) {
    if (!KEYS.includes(key)) report(source, 'field', keySpan, unknownWord('field of an example', key, KEYS));
  }
  const given = entries.get('given')?.value;
  const expect = entries.get('expect');
  if (!isMap(given) || expect === undefined || !isMap(expect.value)) {
    report(source, 'field', spanOf(node), 'an example needs given, a unit in short, and expect, its outcome');
    return undefined;
  }
  const title = entries.get('title')?.value;
  return {
    title: title ? String(title.toJSON()) : `example ${number}`,
    given: given.toJSON() as Json,
    expect: readExpected(source, expect.value === null ? [] : entriesOf(expect.value)),
  };
};

const readExpected = (source: Source, entries: readonly Entry[]): Example['expect'] => {
  const expected: Record<string, unknown> = {};
  for (const { key, keySpan, value, valueSpan } of entries) {
    const read = value?.toJSON() as unknown;
    const wrong = wrongExpectation(key, read);
    if (wrong === undefined) expected[key] = read ?? null;
    else report(source, 'example', wrong.startsWith('unknown field') ? keySpan : valueSpan, wrong);
  }
  return expected;
};

const wrongExpectation = (key: string, value: unknown): string | undefined => {
  switch (key) {
    case 'label':
      return LABELS.includes(value as Label) ? undefined : `a label is ${oneOf(LABELS)}`;
    case 'value':
    case 'effort':
      return value === undefined || value === null || typeof value === 'number'
        ? undefined
        : `${key} is a number, or null for unknown`;
    case 'mature':
      return typeof value === 'boolean' ? undefined : 'mature is true or false';
    default:
      return unknownWord('field of expect', key, ['label', 'value', 'effort', 'mature']).replace(
        'unknown field',
        'unknown field',
      );
  }
};

/** The unit that a short form stands for, as JSON that `readUnit` takes. */
export const expandGiven = (given: Json, kind: string): Json => {
  const lists = (json: Json): Json =>
    Object.fromEntries(
      Object.entries(json).map(([key, value]) =>
        (EVENT_LIST_NAMES as readonly string[]).includes(key) && Array.isArray(value)
          ? [key, expandEvents(key as keyof typeof EVENT_LISTS, value)]
          : [key, withDurations(value)],
      ),
    );
  const later = given['later'];
  return {
    unit_id: 'example',
    user_id: 'someone',
    kind,
    ...lists(given),
    ...(isJson(later) && { later: withPrefix(lists(later)) }),
  };
};

/** Ids of what came later are other ids. */
const withPrefix = (lists: Json): Json =>
  Object.fromEntries(
    Object.entries(lists).map(([key, events]) => [
      key,
      Array.isArray(events)
        ? events.map((event: unknown) => (isJson(event) ? { ...event, event_id: `later-${event['event_id']}` } : event))
        : events,
    ]),
  );

const expandEvents = (list: keyof typeof EVENT_LISTS, events: readonly unknown[]): readonly unknown[] => {
  const made: unknown[] = [];
  for (const event of events) {
    if (!isJson(event)) {
      made.push(event);
      continue;
    }
    const { times, every, ...rest } = withDurations(event) as Json;
    const count = typeof times === 'number' ? times : 1;
    const at = typeof rest['at'] === 'number' ? rest['at'] : 0;
    for (let n = 0; n < count; n++) {
      made.push({ ...numbered(list, made.length + 1), ...rest, at: at + n * (typeof every === 'number' ? every : 0) });
    }
  }
  return made;
};

const numbered = (list: keyof typeof EVENT_LISTS, number: number): Json => ({
  event_id: `${EVENT_LISTS[list]}-${number}`,
  ...(list === 'plays' && { item_id: `track:${number}` }),
  ...(list === 'impressions' && { item_id: `track:${number}` }),
  ...(list === 'turns' && { turn: number - 1 }),
});

const NUMBERS: ReadonlySet<string> = new Set(
  Object.values(RECORDS).flatMap((record) =>
    Object.entries(record).flatMap(([name, field]) => (field.type === 'number' ? [name] : [])),
  ),
);
const isLength = (key: string): boolean =>
  key === 'at' || key === 'every' || key === 'ms_played' || (key.endsWith('_ms') && NUMBERS.has(key));

/** `at: 8m` → `at: 480000`, at any depth. */
const withDurations = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withDurations);
  if (!isJson(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const ms = isLength(key) && typeof each === 'string' ? signedMs(each) : undefined;
      return [key, ms ?? withDurations(each)];
    }),
  );
};

/** Earlier units begin before this one: `at: -3d`. */
const signedMs = (written: string): number | undefined => {
  const ms = durationMs(written.replace(/^-/, ''));
  return ms === undefined ? (written.trim() === '0' ? 0 : undefined) : written.startsWith('-') ? -ms : ms;
};
